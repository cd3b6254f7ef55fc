//! A survey typed in one message: the question, then its options, a line each. Every limit of the messenger is met here,
//! before anything is sent.

use crate::chat::limits;
use crate::words::UserError;
use crate::words::entries::one_line;
use crate::words::names::{search_key, shorten};

use super::Kind;

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// How the question is answered.
    pub kind: Kind,
    /// The question.
    pub question: String,
    /// The options.
    pub options: Vec<String>,
}

/// So much of an option is quoted in a refusal.
const QUOTED: usize = 30;

/// Reads a message.
pub fn read(text: &str) -> Result<Typed, UserError> {
    let mut lines = text.lines().map(one_line).filter(|it| !it.is_empty());
    let question = lines.next().ok_or_else(|| UserError::new("surveys.refused.empty"))?;
    let long = units(&question);
    if long > limits::POLL_QUESTION {
        let refusal = UserError::new("surveys.refused.question");
        return Err(refusal.with("n", long).with("limit", limits::POLL_QUESTION));
    }
    let options: Vec<String> = lines.map(|it| bare(&it)).filter(|it| !it.is_empty()).collect();
    if options.is_empty() {
        return Ok(Typed {
            kind: Kind::Open,
            question,
            options,
        });
    }
    if let [only] = options.as_slice() {
        return match scale(only) {
            Some(options) => Ok(Typed {
                kind: Kind::Scale,
                question,
                options,
            }),
            None => Err(UserError::new("surveys.refused.single")),
        };
    }
    if options.len() > limits::POLL_OPTIONS {
        let refusal = UserError::new("surveys.refused.crowd");
        return Err(refusal.with("n", options.len()).with("limit", limits::POLL_OPTIONS));
    }
    if let Some(long) = options.iter().find(|it| units(it) > limits::POLL_OPTION) {
        let refusal = UserError::new("surveys.refused.option");
        let refusal = refusal.with("option", shorten(long, QUOTED)).with("n", units(long));
        return Err(refusal.with("limit", limits::POLL_OPTION));
    }
    let same = |idx: &usize| {
        let key = search_key(&options[*idx]);
        options[..*idx].iter().any(|other| search_key(other) == key)
    };
    if let Some(idx) = (0..options.len()).find(same) {
        let refusal = UserError::new("surveys.refused.equal");
        return Err(refusal.with("option", shorten(&options[idx], QUOTED)));
    }
    Ok(Typed {
        kind: Kind::One,
        question,
        options,
    })
}

/// As the messenger counts.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// An option without the sign of a list that people put before it.
fn bare(option: &str) -> String {
    let signs = ["- ", "– ", "— ", "• ", "* "];
    let bare = signs.iter().find_map(|sign| option.strip_prefix(sign));
    bare.unwrap_or(option).to_owned()
}

/// «1–5»: each number is an option.
fn scale(text: &str) -> Option<Vec<String>> {
    let (from, to) = text.split_once(['-', '–', '—'])?;
    let (from, to): (u8, u8) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    let numbers: Vec<String> = (from..=to).map(|it| it.to_string()).collect();
    (2..=limits::POLL_OPTIONS).contains(&numbers.len()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn key(text: &str) -> &'static str {
        read(text).unwrap_err().key
    }

    fn listed(n: usize) -> String {
        let options: Vec<String> = (1..=n).map(|it| format!("option {it}")).collect();
        format!("Question?\n{}", options.join("\n"))
    }

    #[test]
    fn p7_one_message_is_a_question_with_its_options() {
        let typed = read(" Когда  собрание?\n\n- чт 26.11, 18:30\n• пт 27.11, 18:30 \nне смогу\n").unwrap();
        assert_eq!(typed.question, "Когда собрание?");
        assert_eq!(typed.options, ["чт 26.11, 18:30", "пт 27.11, 18:30", "не смогу"]);
        assert_eq!(typed.kind, Kind::One);
    }

    #[test]
    fn p7_a_question_alone_is_open_and_a_range_is_a_scale() {
        assert_eq!(read("Что улучшить?").unwrap().kind, Kind::Open);
        let scale = read("Как вам обеды?\n1–5").unwrap();
        assert_eq!((scale.kind, scale.options.join("")), (Kind::Scale, "12345".to_owned()));
        assert_eq!(key("Как вам обеды?\n1–50"), "surveys.refused.single");
    }

    #[rstest]
    #[case(" \n ", "surveys.refused.empty")]
    #[case("Придёте?\nда", "surveys.refused.single")]
    #[case("Придёте?\nда\nнет\nДА", "surveys.refused.equal")]
    #[case("Придёте?\nещё не знаю\nеще  не знаю", "surveys.refused.equal")]
    fn p7_what_no_poll_can_be_is_said_before_it_is_sent(#[case] text: &str, #[case] refused: &str) {
        assert_eq!(key(text), refused);
    }

    #[test]
    fn p7_the_messengers_limits_are_met_to_the_letter() {
        assert_eq!(read(&listed(10)).unwrap().options.len(), 10);
        assert_eq!(key(&listed(13)), "surveys.refused.crowd");
        assert!(read(&format!("{}\nда\nнет", "я".repeat(300))).is_ok());
        assert_eq!(
            key(&format!("{}\nда\nнет", "я".repeat(301))),
            "surveys.refused.question"
        );
        assert!(read(&format!("?\n{}\nнет", "я".repeat(100))).is_ok());
        assert_eq!(key(&format!("?\n{}\nнет", "я".repeat(200))), "surveys.refused.option");
        // A sign beyond the first plane counts twice.
        assert_eq!(key(&format!("?\n{}\nнет", "😀".repeat(51))), "surveys.refused.option");
    }

    proptest! {
        #[test]
        fn p7_whatever_is_typed_is_a_poll_that_the_messenger_takes_or_is_refused(text in "(?s).{0,400}") {
            if let Ok(typed) = read(&text)
                && typed.kind != Kind::Open
            {
                let poll = crate::chat::Poll {
                    question: typed.question,
                    options: typed.options,
                    anonymous: false,
                    multiple: false,
                };
                prop_assert_eq!(poll.faults(), Vec::<String>::new());
            }
        }
    }
}
