//! Digits at rest: a salted hash that takes a few milliseconds, so that a stolen database doesn't simply tell them.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

/// KiB of memory, rounds and threads: some five milliseconds, since a turn waits for it under the write lock.
const COST: (u32, u32, u32) = (4096, 1, 1);

/// The hash to be kept.
pub fn hash(digits: &str) -> anyhow::Result<String> {
    let (memory, rounds, threads) = COST;
    let params = Params::new(memory, rounds, threads, None).map_err(|it| anyhow::anyhow!("argon2: {it}"))?;
    let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(digits.as_bytes());
    Ok(hashed.map_err(|it| anyhow::anyhow!("argon2: {it}"))?.to_string())
}

/// Whether these digits are those of the hash; a hash that can't be read is nobody's.
pub fn matches(digits: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(digits.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p14_digits_are_known_by_their_hash_alone() {
        let (one, other) = (hash("0712").unwrap(), hash("0712").unwrap());
        assert_ne!(one, other, "each hash has its own salt");
        assert!(!one.contains("0712"));
        assert!(matches("0712", &one) && matches("0712", &other));
        assert!(!matches("0713", &one));
        assert!(!matches("", "") && !matches("0712", "nonsense"));
    }
}
