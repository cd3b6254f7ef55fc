//! Four digits at rest: only as a salted hash. They are few, so tries are what protects them, and the hash is made cheap
//! enough to be asked for within a turn.

use anyhow::Context as _;
use argon2::{Algorithm, Argon2, Params, Version};
use rand::RngExt as _;

use super::keypad::DIGITS;

const SALT: usize = 16;
const HASH: usize = 32;
/// Kibibytes and passes: about a millisecond.
const COST: (u32, u32) = (1024, 2);

/// As they are kept: salt and hash.
pub fn hash(digits: &str) -> anyhow::Result<String> {
    let salt: [u8; SALT] = rand::rng().random();
    Ok(format!("{}${}", hex(&salt), hex(&mix(digits, &salt)?)))
}

/// Whether these are the digits that are kept.
pub fn fit(kept: &str, digits: &str) -> anyhow::Result<bool> {
    let Some((salt, hash)) = kept.split_once('$') else {
        return Ok(false);
    };
    let salt = unhex(salt).context("reading a salt")?;
    Ok(hex(&mix(digits, &salt)?) == hash)
}

/// «0482»: a number as digits.
pub fn of_number(number: u16) -> String {
    format!("{:0width$}", number % 10_000, width = DIGITS)
}

fn mix(digits: &str, salt: &[u8]) -> anyhow::Result<[u8; HASH]> {
    let params = Params::new(COST.0, COST.1, 1, Some(HASH)).map_err(|it| anyhow::anyhow!("argon2: {it}"))?;
    let mut out = [0; HASH];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(digits.as_bytes(), salt, &mut out)
        .map_err(|it| anyhow::anyhow!("argon2: {it}"))?;
    Ok(out)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|it| it.to_digit(16)).collect::<Option<_>>()?;
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(high * 16 + low).ok(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_digits_fit_and_equal_ones_are_kept_differently() {
        let (one, other) = (hash("0482").unwrap(), hash("0482").unwrap());
        assert_ne!(one, other);
        assert!(!one.contains("0482"));
        assert!(fit(&one, "0482").unwrap() && fit(&other, "0482").unwrap());
        assert!(!fit(&one, "0483").unwrap());
        assert!(!fit("", "").unwrap(), "an invitation without digits opens by none");
    }

    #[test]
    fn any_number_is_four_digits() {
        assert_eq!([7, 9_999, 65_535].map(of_number), ["0007", "9999", "5535"]);
    }
}
