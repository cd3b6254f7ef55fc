//! A room uses only rooms below it.

use super::none;
use super::source::{Source, is_inside, program};

/// The rooms from the ground up, as `lib.rs` has them; those of one line may know each other.
const FLOORS: [&[&str]; 26] = [
    &["clock", "config", "words", "ids"],
    &["chat"],
    &["db"],
    &["access"],
    &["charts", "delivery", "jobs", "paper"],
    &["telegram"],
    &["school"],
    &["people"],
    &["workbook"],
    &["timetable"],
    &["absences"],
    &["lessons"],
    &["grading"],
    &["progress"],
    &["control"],
    &["trail"],
    &["notices"],
    &["diary"],
    &["announcements"],
    &["surveys"],
    &["messages"],
    &["feedback"],
    &["trees"],
    &["app"],
    &["demo"],
    &["main", "lib"],
];

/// Each a capability: the type and the stores of those before it are free to it, the rest is their own.
const FEATURES: [&str; 16] = [
    "school",
    "people",
    "workbook",
    "timetable",
    "absences",
    "lessons",
    "grading",
    "progress",
    "control",
    "trail",
    "notices",
    "diary",
    "announcements",
    "surveys",
    "messages",
    "feedback",
];

/// Screens of another feature that are used: from where, what, and why.
const SHARED_SCREENS: [(&str, &str, &str); 6] = [
    ("trail", "lessons::screens", NAMES),
    ("progress", "lessons::screens", NAMES),
    ("control", "lessons::screens", NAMES),
    ("diary", "lessons::screens", NAMES),
    ("notices", "lessons::screens", NAMES),
    ("messages", "lessons::screens", NAMES),
];
const NAMES: &str = "a mark, a sign and a kind of work have one name everywhere";

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// A path from the crate's root, with where it stands: `lessons::store`.
type Named = (usize, String);

/// What a file names of the crate.
fn named(source: &Source) -> Vec<Named> {
    let mut found = Vec::new();
    for root in ["crate::", "zhurnal::"] {
        for (at, _) in source.code.match_indices(root) {
            if !is_inside(&source.code, at) {
                paths(&source.code, at + root.len(), "", &mut found);
            }
        }
    }
    // A chain of `super::` that leaves the room.
    for (at, _) in source.code.match_indices("super::") {
        if is_inside(&source.code, at) {
            continue;
        }
        let rest = &source.code[at..];
        let steps = rest.len() - rest.trim_start_matches("super::").len();
        if steps / "super::".len() >= source.module().len() {
            let mut left = Vec::new();
            paths(&source.code, at + steps, "", &mut left);
            left.retain(|(_, path)| floor(first(path)).is_some());
            found.extend(left);
        }
    }
    found
}

/// Reads a path, or every path of a group in braces.
fn paths(code: &str, at: usize, before: &str, found: &mut Vec<Named>) {
    let rest = &code[at..];
    if rest.starts_with('{') {
        let inside = at + 1..super::source::closing(code, at);
        let mut depth = 0;
        let mut begins = true;
        for (idx, letter) in code[inside.clone()].char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ if begins && !letter.is_whitespace() => {
                    begins = false;
                    paths(code, inside.start + idx, before, found);
                }
                _ => {}
            }
        }
        return;
    }
    let end = rest
        .find(|it: char| !it.is_alphanumeric() && it != '_')
        .unwrap_or(rest.len());
    let path = format!("{before}{}", &rest[..end]);
    if rest[end..].starts_with("::") && path.matches("::").count() < 2 {
        paths(code, at + end + 2, &format!("{path}::"), found);
    } else {
        found.push((at, path));
    }
}

fn first(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

fn leads_to(path: &str, target: &str) -> bool {
    path.strip_prefix(target)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn every_room_has_its_floor() {
    let broken: Vec<String> = program()
        .iter()
        .filter(|source| floor(source.room()).is_none())
        .map(|source| format!("src/{}", source.path))
        .collect();
    none("a room that is on no floor; put it where it stands", &broken);
}

#[test]
fn no_arrow_leads_upwards() {
    let (mut broken, mut n_arrows) = (Vec::new(), 0);
    for source in &program() {
        let Some(here) = floor(source.room()) else { continue };
        for (at, path) in named(source) {
            let Some(there) = floor(first(&path)) else { continue };
            n_arrows += 1;
            if there > here {
                broken.push(format!("{}: {} → {path}", source.place(at), source.room()));
            }
        }
    }
    assert!(n_arrows > 300, "paths aren't found any more");
    none("a room uses only rooms below it", &broken);
}

#[test]
fn delivery_and_jobs_know_no_feature() {
    let mut broken = Vec::new();
    for source in program().iter().filter(|it| matches!(it.room(), "delivery" | "jobs")) {
        for feature in FEATURES {
            let word = format!("{feature}::");
            let found = source.code.match_indices(&word);
            broken.extend(
                found
                    .filter(|(at, _)| !is_inside(&source.code, *at) || source.code[..*at].ends_with("crate::"))
                    .map(|(at, _)| source.place(at)),
            );
        }
    }
    none("the outbox and the jobs know no feature", &broken);
}

#[test]
fn features_meet_through_types_and_stores() {
    let mut broken = Vec::new();
    let mut needed = [false; SHARED_SCREENS.len()];
    for source in program().iter().filter(|it| FEATURES.contains(&it.room())) {
        for feature in FEATURES.into_iter().filter(|it| *it != source.room()) {
            for part in ["flow", "screens"] {
                // By whatever name it came: `crate::lessons::flow`, or `lessons::flow` after `use crate::lessons`.
                let path = format!("{feature}::{part}");
                let direct = source.code.match_indices(&path).map(|(at, _)| at);
                let grouped = named(source)
                    .into_iter()
                    .filter(|(_, named)| leads_to(named, &path))
                    .map(|(at, _)| at);
                for at in direct.chain(grouped) {
                    let known = SHARED_SCREENS
                        .iter()
                        .position(|(from, to, _)| *from == source.room() && *to == path);
                    match known {
                        Some(idx) => needed[idx] = true,
                        None => broken.push(format!("{}: {path}", source.place(at))),
                    }
                }
            }
        }
    }
    none("a feature uses no other's flow and screens", &broken);
    assert_eq!(needed, [true; SHARED_SCREENS.len()], "an exception that nothing needs");
}

#[test]
fn screens_lean_on_no_flow() {
    let mut broken = Vec::new();
    for source in program().iter().filter(|it| FEATURES.contains(&it.room())) {
        if source.module().get(1) == Some(&"screens") {
            let found = source.code.match_indices("flow::");
            broken.extend(found.map(|(at, _)| source.place(at)));
        }
    }
    none(
        "a screen shows a state and says what a press means; flows use screens",
        &broken,
    );
}

#[test]
fn rules_are_pure() {
    let mut broken = Vec::new();
    let pure = |path: &str| {
        let parts: Vec<&str> = path.split('/').collect();
        matches!(
            parts.as_slice(),
            ["access" | "words", ..]
                | [_, "screens.rs" | "screens", ..]
                | ["chat", "screen.rs" | "payload.rs" | "input.rs"]
        ) && !path.starts_with("demo/")
    };
    for source in program().iter().filter(|it| pure(&it.path)) {
        for effect in ["async fn", "tokio::", "crate::db", "std::fs", "std::net"] {
            broken.extend(
                source
                    .code
                    .match_indices(effect)
                    .map(|(at, _)| format!("{}: {effect}", source.place(at))),
            );
        }
    }
    none("rights, words and screens ask nobody and wait for nothing", &broken);
}

#[test]
fn paths_are_read_from_groups_too() {
    let code = "use crate::{a::{b, c::d}, e as f, g::{self}}; crate::h::i::j::k()";
    let mut found = Vec::new();
    for (at, root) in code.match_indices("crate::") {
        paths(code, at + root.len(), "", &mut found);
    }
    let names: Vec<&str> = found.iter().map(|(_, path)| path.as_str()).collect();
    assert_eq!(names, ["a::b", "a::c::d", "e", "g::self", "h::i::j"]);
}
