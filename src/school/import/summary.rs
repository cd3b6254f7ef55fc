//! What an import did, counted by kind and told in a few lines.

use crate::words::{self, Locale};

use super::compare::{Changes, Counts};

/// What was new, changed, left as it was, or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// By kind (its key under `import.kinds.` in the locales), in the workbook's order.
    pub kinds: Vec<(&'static str, Counts)>,
}

impl Summary {
    pub(super) fn of(changes: &Changes) -> Self {
        let kinds = vec![
            ("school", changes.school.counts.plus(changes.year.counts)),
            ("terms", changes.terms.counts),
            ("holidays", changes.holidays.counts),
            ("bells", changes.bells.counts),
            ("people", changes.people.counts),
            ("roles", changes.roles.counts),
            ("classes", changes.classes.counts),
            ("tutors", changes.tutors.counts),
            ("enrolments", changes.enrolments.counts),
            ("guardians", changes.guardians.counts),
            ("subjects", changes.subjects.counts),
            ("groups", changes.groups.counts.plus(changes.members.counts)),
            ("loads", changes.loads.counts),
            ("slots", changes.slots.counts),
            ("changes", changes.changes.counts),
        ];
        Self { kinds }
    }

    /// All kinds together.
    pub fn total(&self) -> Counts {
        self.kinds
            .iter()
            .fold(Counts::default(), |total, (_, counts)| total.plus(*counts))
    }

    /// A block for a terminal or a chat: the whole first, then the kinds in which something happened.
    pub fn text(&self, locale: Locale) -> String {
        let told = |key: &str, name: &str, counts: &Counts| {
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
        };
        let total = self.total();
        if total.new + total.changed + total.removed == 0 {
            return told("import.unchanged", "", &total);
        }
        let mut lines = vec![told("import.done", "", &total)];
        for (kind, counts) in &self.kinds {
            if counts.new + counts.changed + counts.removed > 0 {
                let name = words::text(locale, &format!("import.kinds.{kind}"), &[]);
                lines.push(told("import.kind", &name, counts));
            }
        }
        lines.join("\n")
    }
}
