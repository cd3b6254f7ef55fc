//! What an import did, counted by kind and told in a few lines.

use crate::words::{self, Locale};

use super::compare::{Changes, Counts};
use super::existing::Existing;
use super::parse::Parsed;
use super::problems::{LISTED, Problem};

/// What was new, changed, left as it was, or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// By kind (its key under `import.kinds.` in the locales), in the workbook's order.
    pub kinds: Vec<(&'static str, Counts)>,
    /// What somebody should look at; it stopped nothing.
    pub warnings: Vec<Problem>,
    /// People of the school whom the workbook doesn't mention; they stay.
    pub unmentioned: usize,
}

impl Summary {
    pub(super) fn of(changes: &Changes, parsed: &Parsed, existing: &Existing) -> Self {
        let kinds = vec![
            ("school", changes.school.counts.plus(changes.year.counts)),
            ("terms", changes.terms.counts),
            ("holidays", changes.holidays.counts),
            ("bells", changes.bells.counts.plus(changes.short_days.counts)),
            ("rooms", changes.rooms.counts),
            ("people", changes.people.counts),
            ("roles", changes.roles.counts),
            ("classes", changes.classes.counts),
            ("tutors", changes.tutors.counts),
            ("enrolments", changes.enrolments.counts),
            ("guardians", changes.guardians.counts),
            ("subjects", changes.subjects.counts),
            ("groups", changes.groups.counts.plus(changes.members.counts)),
            ("curriculum", changes.curriculum.counts),
            ("loads", changes.loads.counts),
            ("slots", changes.slots.counts),
            ("changes", changes.changes.counts),
            ("consent", changes.consent.counts),
        ];
        let told = &parsed.records.people;
        let unmentioned = existing.records.people.keys().filter(|code| !told.contains_key(*code));
        Self {
            kinds,
            warnings: parsed.warnings.clone(),
            unmentioned: unmentioned.count(),
        }
    }

    /// All kinds together.
    pub fn total(&self) -> Counts {
        self.kinds
            .iter()
            .fold(Counts::default(), |total, (_, counts)| total.plus(*counts))
    }

    /// New, changed and removed, as they are kept.
    pub fn written(&self) -> [i64; 3] {
        let total = self.total();
        [total.new, total.changed, total.removed].map(|number| i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A block for a terminal or a chat: the whole first, then the kinds in which something happened.
    pub fn text(&self, locale: Locale) -> String {
        let told = if self.total().is_idle() {
            "import.unchanged"
        } else {
            "import.done"
        };
        self.told(locale, told)
    }

    /// The same of a dry run.
    pub fn forecast(&self, locale: Locale) -> String {
        let told = if self.total().is_idle() {
            "import.unchanged"
        } else {
            "import.would"
        };
        self.told(locale, told)
    }

    fn told(&self, locale: Locale, whole: &str) -> String {
        let mut lines = vec![line(locale, whole, "", &self.total())];
        for (kind, counts) in self.kinds.iter().filter(|(_, counts)| !counts.is_idle()) {
            lines.push(line(locale, "import.kind", &name(locale, kind), counts));
        }
        lines.extend(self.remarks(locale));
        lines.join("\n")
    }

    /// The same for a chat, without the whole: what happens to which kinds, a line each, then what is to be looked at.
    pub fn particulars(&self, locale: Locale) -> String {
        let mut lines = Vec::new();
        for (kind, counts) in self.kinds.iter().filter(|(_, counts)| !counts.is_idle()) {
            let happens = [
                ("new", counts.new),
                ("changed", counts.changed),
                ("removed", counts.removed),
            ];
            let parts = happens.into_iter().filter(|(_, n)| *n > 0);
            let parts: Vec<String> = parts
                .map(|(what, n)| words::text(locale, &format!("import.brief.{what}"), &[("n", &n.to_string())]))
                .collect();
            lines.push(format!("{}: {}", name(locale, kind), parts.join(", ")));
        }
        lines.extend(self.remarks(locale));
        lines.join("\n")
    }

    /// Who isn't mentioned, and what somebody should look at.
    fn remarks(&self, locale: Locale) -> Vec<String> {
        let count = |key: &str, n: usize| words::count(locale, key, i64::try_from(n).unwrap_or(i64::MAX));
        let mut lines = Vec::new();
        if self.unmentioned > 0 {
            lines.push(count("import.unmentioned", self.unmentioned));
        }
        if !self.warnings.is_empty() {
            lines.push(count("import.look", self.warnings.len()));
            let listed = self.warnings.iter().take(LISTED);
            lines.extend(listed.map(|warning| warning.text(locale)));
            if self.warnings.len() > LISTED {
                lines.push(count("import.more", self.warnings.len() - LISTED));
            }
        }
        lines
    }
}

fn name(locale: Locale, kind: &str) -> String {
    words::text(locale, &format!("import.kinds.{kind}"), &[])
}

fn line(locale: Locale, key: &str, name: &str, counts: &Counts) -> String {
    let numbers = [counts.new, counts.changed, counts.removed, counts.same].map(|number| number.to_string());
    let [new, changed, removed, same] = &numbers;
    let args = [
        ("kind", name),
        ("new", new),
        ("changed", changed),
        ("removed", removed),
        ("same", same),
    ];
    words::text(locale, key, &args)
}
