//! Reads the source tree as a reviewer does: code apart from comments, texts and tests.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A file of `src/`.
pub struct Source {
    /// Its path under `src/`, with slashes.
    pub path: String,
    /// All of it.
    pub text: String,
    /// Its code: comments, the insides of texts, and tests are blank; every letter stands where it stood.
    pub code: String,
    /// Texts and letters in its code, without tests: where each begins, and what it says.
    pub texts: Vec<(usize, String)>,
    /// Whether all of it is a test.
    pub is_test: bool,
}

impl Source {
    /// The line of a place, for a message.
    pub fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// The place as a reader finds it.
    pub fn place(&self, at: usize) -> String {
        format!("src/{}:{}", self.path, self.line(at))
    }

    /// The room: the first part of the path.
    pub fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Its place in the tree of modules.
    pub fn module(&self) -> Vec<&str> {
        let path = self.path.trim_end_matches(".rs");
        path.trim_end_matches("/mod").split('/').collect()
    }
}

/// The root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of `src/`, tests among them.
pub fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&root().join("src"), &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "the source tree isn't where it was");
    let mut sources: Vec<Source> = paths.iter().map(|path| read(path)).collect();
    // A module of tests has its files beside or below the file that declares it.
    let tests: Vec<String> = sources.iter().flat_map(test_modules).collect();
    for source in &mut sources {
        let module = format!("{}/", source.module().join("/"));
        source.is_test = tests.iter().any(|test| module.starts_with(test));
        if source.is_test {
            source.code.clear();
            source.texts.clear();
        }
    }
    sources
}

/// The files of `src/` that aren't tests.
pub fn program() -> Vec<Source> {
    sources().into_iter().filter(|source| !source.is_test).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

fn read(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let under = path.strip_prefix(root().join("src")).unwrap();
    let path = under.to_str().unwrap().replace('\\', "/");
    let (code, texts) = parts(&text);
    let tests = test_ranges(&code);
    let texts = texts
        .into_iter()
        .filter(|(at, _)| !tests.iter().any(|range| range.contains(at)))
        .collect();
    Source {
        path,
        code: blank(&code, &tests),
        texts,
        text,
        is_test: false,
    }
}

/// Code with everything else blank, and the texts that stood in it.
fn parts(text: &str) -> (String, Vec<(usize, String)>) {
    let bytes = text.as_bytes();
    let mut gaps: Vec<Range<usize>> = Vec::new();
    let mut texts = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let end = if rest.starts_with("//") {
            let end = at + rest.find('\n').unwrap_or(rest.len());
            gaps.push(at..end);
            end
        } else if rest.starts_with("/*") {
            let end = at + comment_length(rest);
            gaps.push(at..end);
            end
        } else if let Some((opening, length)) = text_length(rest, at.checked_sub(1).map(|it| bytes[it])) {
            let end = at + length;
            let closing = end
                - if opening > 1 {
                    rest[..opening].matches('#').count() + 1
                } else {
                    1
                };
            texts.push((at, unescaped(&text[at + opening..closing])));
            gaps.push(at + opening..closing);
            end
        } else if let Some(length) = letter_length(rest) {
            texts.push((at, rest[1..length - 1].to_owned()));
            gaps.push(at + 1..at + length - 1);
            at + length
        } else {
            at + rest.chars().next().map_or(1, char::len_utf8)
        };
        at = end;
    }
    (blank(text, &gaps), texts)
}

fn comment_length(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// A text that begins here: how long its opening is, and all of it.
fn text_length(rest: &str, before: Option<u8>) -> Option<(usize, usize)> {
    if let Some(inside) = rest.strip_prefix('"') {
        let mut escaped = false;
        for (at, letter) in inside.char_indices() {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return Some((1, at + 2)),
                _ => {}
            }
        }
        return None;
    }
    if before.is_some_and(|it| it.is_ascii_alphanumeric() || it == b'_') {
        return None;
    }
    let hashes = rest.strip_prefix('r')?;
    let n_hashes = hashes.len() - hashes.trim_start_matches('#').len();
    hashes[n_hashes..].strip_prefix('"')?;
    let opening = n_hashes + 2;
    let closing = format!("\"{}", "#".repeat(n_hashes));
    let end = rest[opening..].find(&closing)?;
    Some((opening, opening + end + closing.len()))
}

/// A letter in quotes, which isn't a lifetime.
fn letter_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        let end = inside[2..].find('\'')?;
        return Some(end + 4);
    }
    let letter = inside.chars().next()?;
    inside[letter.len_utf8()..]
        .starts_with('\'')
        .then_some(letter.len_utf8() + 2)
}

/// What a text says; a line that goes on below is one line.
fn unescaped(written: &str) -> String {
    let mut said = String::new();
    let mut letters = written.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some('\n')) => while letters.next_if(|it| it.is_whitespace()).is_some() {},
            ('\\', Some(_)) => said.extend(letters.next()),
            _ => said.push(letter),
        }
    }
    said
}

fn blank(text: &str, gaps: &[Range<usize>]) -> String {
    let mut left = text.as_bytes().to_vec();
    for gap in gaps {
        for byte in &mut left[gap.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    String::from_utf8(left).unwrap()
}

/// Everything that `#[cfg(test)]` stands above.
fn test_ranges(code: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for (at, _) in code.match_indices("#[cfg(test)]") {
        let rest = &code[at..];
        let end = match rest.find(['{', ';']) {
            Some(brace) if rest[brace..].starts_with('{') => closing(code, at + brace),
            Some(semicolon) => at + semicolon,
            None => code.len(),
        };
        ranges.push(at..end);
    }
    ranges
}

/// Modules of tests that have files of their own.
fn test_modules(source: &Source) -> Vec<String> {
    let (code, _) = parts(&source.text);
    let mut modules = Vec::new();
    for (at, _) in code.match_indices("#[cfg(test)]") {
        let declared = code[at + "#[cfg(test)]".len()..].trim_start();
        let declared = declared.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        let name = declared.strip_prefix("mod ").and_then(|rest| rest.split_once(';'));
        if let Some((name, _)) = name.filter(|(name, _)| !name.contains('{')) {
            modules.push(format!("{}/{name}/", source.module().join("/")));
        }
    }
    modules
}

/// Where the bracket that opens here is closed; code only.
pub fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, letter) in code[open..].char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth -= 1;
                if depth == 0 {
                    return open + at;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// Whether the letter before this place belongs to the same word or path.
pub fn is_inside(code: &str, at: usize) -> bool {
    code[..at]
        .chars()
        .next_back()
        .is_some_and(|it| it.is_alphanumeric() || it == '_' || it == ':')
}

#[test]
fn comments_texts_letters_and_tests_are_told_from_code() {
    let text = "let a = \"x // \\\" y\"; // \"no\"\nlet b = r#\"q\"r\"#; 'w' 'life '\\'' /* /* */ \" */ end\n#[cfg(test)]\nmod tests { \"gone\" }\ntail";
    let (code, texts) = parts(text);
    let said: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(said, ["x // \" y", "q\"r", "w", "\\'", "gone"]);
    let left = blank(&code, &test_ranges(&code));
    let words: Vec<&str> = left.split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "let a = \" \"; let b = r#\" \"#; ' ' 'life ' ' end } tail"
    );
}
