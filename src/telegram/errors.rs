//! What Telegram objects to, and what follows. Its texts drift from teloxide's list, so they are matched loosely.

use teloxide::{ApiError, RequestError};

/// What a failed call means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The message already is like that.
    NotModified,
    /// The message isn't there, or can't be changed any more.
    TargetGone,
    /// The person blocked the bot, deleted the account, or never pressed Start.
    ChatClosed,
    /// Not before so many seconds.
    Later(u32),
    /// Telegram will never take it.
    Refused(String),
    /// It certainly didn't get there.
    NotSent,
    /// Nobody knows whether it got there.
    Unsure,
}

/// Reads an error.
pub fn read(failure: &RequestError) -> Objection {
    match failure {
        RequestError::RetryAfter(seconds) => Objection::Later(seconds.seconds()),
        RequestError::Api(objection) => read_api(objection),
        RequestError::MigrateToChatId(_) => Objection::Refused("the group moved".to_owned()),
        RequestError::Network(failure) if failure.is_connect() => Objection::NotSent,
        // The request may have been carried out before the answer was lost or spoilt.
        RequestError::Network(_) | RequestError::InvalidJson { .. } => Objection::Unsure,
        RequestError::Io(_) => Objection::NotSent,
    }
}

fn read_api(objection: &ApiError) -> Objection {
    let text = objection.to_string();
    let lower = text.to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
    if says(&["not modified"]) {
        Objection::NotModified
    } else if says(&[
        "blocked",
        "deactivated",
        "can't initiate",
        "chat not found",
        "bot was kicked",
        "forbidden",
    ]) {
        Objection::ChatClosed
    } else if says(&[
        "to edit not found",
        "to delete not found",
        "can't be edited",
        // It is a picture, or a text, where the other was thought to be.
        "no text in the message to edit",
        "can't be deleted",
        "message_id_invalid",
    ]) {
        Objection::TargetGone
    } else if lower.starts_with("bad request") || says(&["too long", "parse entities", "empty"]) {
        Objection::Refused(text)
    } else if says(&["internal", "gateway", "unavailable", "timeout", "timed out", "restart"]) {
        // 5xx: the request may have been carried out.
        Objection::Unsure
    } else {
        Objection::Refused(text)
    }
}

/// An error's text for the log: addresses hold the token, and raw answers hold what people wrote.
pub fn without_secrets(failure: &RequestError) -> String {
    match failure {
        RequestError::Network(failure) if failure.is_timeout() => "no answer in time".to_owned(),
        RequestError::Network(failure) if failure.is_connect() => "no connection".to_owned(),
        RequestError::Network(_) => "the connection was cut".to_owned(),
        RequestError::InvalidJson { .. } => "an answer that can't be read".to_owned(),
        RequestError::Io(_) => "a file couldn't be read".to_owned(),
        RequestError::Api(_) | RequestError::RetryAfter(_) | RequestError::MigrateToChatId(_) => failure.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "Bad Request: message is not modified: specified new message content",
        Objection::NotModified
    )]
    #[case("Forbidden: bot was blocked by the user", Objection::ChatClosed)]
    #[case("Forbidden: user is deactivated", Objection::ChatClosed)]
    #[case("Bad Request: chat not found", Objection::ChatClosed)]
    #[case("Bad Request: message to edit not found", Objection::TargetGone)]
    #[case("Internal Server Error", Objection::Unsure)]
    #[case("Bad Gateway", Objection::Unsure)]
    fn telegrams_words_are_matched_loosely(#[case] said: &str, #[case] meant: Objection) {
        assert_eq!(read_api(&ApiError::Unknown(said.to_owned())), meant);
    }

    #[test]
    fn what_telegram_will_never_take_is_refused_with_its_reason() {
        let reply = ApiError::Unknown("Bad Request: reply markup is too long".to_owned());
        assert!(matches!(read_api(&reply), Objection::Refused(reason) if reason.contains("reply markup")));
    }
}
