//! What is typed into the journal: tidied, measured, and looked at for the language (P12).

/// The longest topic, in characters.
pub const TOPIC_LIMIT: usize = 300;
/// The longest homework, in characters.
pub const HOMEWORK_LIMIT: usize = 1000;

/// A typed entry in one tidy piece: control characters gone, white space single, ends trimmed.
pub fn tidy(typed: &str) -> String {
    typed
        .split('\n')
        .map(|line| {
            line.split_whitespace()
                .map(|word| word.replace(char::is_control, ""))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// P12: an entry counts as Russian when at least half of its letters are Cyrillic. One without letters has nothing to object to.
pub fn is_russian(entry: &str) -> bool {
    let letters = entry.chars().filter(|it| it.is_alphabetic()).count();
    let cyrillic = entry.chars().filter(|it| ('\u{400}'..='\u{4ff}').contains(it)).count();
    cyrillic * 2 >= letters
}

/// A text on one line, its white space single.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text has more characters than its place allows; says how many it has.
pub fn too_long(entry: &str, limit: usize) -> Option<usize> {
    let length = entry.chars().count();
    (length > limit).then_some(length)
}
