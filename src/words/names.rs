//! Names of people: how they are ordered, shortened and told apart.

/// A person's name in its three parts; the patronymic may be empty.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FullName {
    /// Фамилия.
    pub surname: String,
    /// Имя.
    pub name: String,
    /// Отчество, empty where there is none.
    pub patronymic: String,
}

impl FullName {
    /// Surname and initials, for adults: «Смирнова Е. В.».
    pub fn adult(&self) -> String {
        let mut short = self.surname.clone();
        for part in [&self.name, &self.patronymic] {
            if let Some(initial) = part.chars().next() {
                // A no-break space: initials stay with each other and with the surname.
                short.push('\u{a0}');
                short.push(initial);
                short.push('.');
            }
        }
        short
    }

    /// Name and patronymic, for a greeting.
    pub fn greeting(&self) -> String {
        join(&[&self.name, &self.patronymic])
    }

    /// All three parts, for letters.
    pub fn whole(&self) -> String {
        join(&[&self.surname, &self.name, &self.patronymic])
    }

    /// Surname and name, for a pupil outside the grid.
    pub fn pupil(&self) -> String {
        join(&[&self.surname, &self.name])
    }
}

/// So much of a school's name stands beside a person's.
const SCHOOL: usize = 40;

/// «Анна (Учебная школа)», «Анна (7А, Учебная школа)»; the name alone where the school goes without saying.
pub fn in_school(name: &str, school: Option<&str>) -> String {
    let Some(school) = school else {
        return name.to_owned();
    };
    let school = shorten(school, SCHOOL);
    match name.strip_suffix(')') {
        Some(open) => format!("{open}, {school})"),
        None => format!("{name} ({school})"),
    }
}

/// A school's name before the first line of what comes from it.
pub fn of_school(school: &str) -> String {
    shorten(school, SCHOOL)
}

fn join(parts: &[&String]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key by which people are ordered: lower case, ё as е, since neither database orders Cyrillic alike.
pub fn sort_key(surname: &str, name: &str, patronymic: &str) -> String {
    format!("{surname} {name} {patronymic}")
        .to_lowercase()
        .replace('\u{451}', "\u{435}")
        .trim_end()
        .to_owned()
}

/// What was typed of a name, as [`sort_key`] has it: one kind of hyphen and of apostrophe, no odd spaces.
pub fn search_key(typed: &str) -> String {
    let plain: String = typed
        .chars()
        .map(|it| match it {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{60}' | '\u{b4}' => '\'',
            other => other,
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    sort_key(&words.join(" "), "", "")
}

/// The labels of a grid: «Иванов А.», as many letters of the name as tell namesakes apart, a number where even
/// full names are equal; cut to `width` characters, first by the initial of a surname that is the only one.
pub fn grid_labels(pupils: &[FullName], width: usize) -> Vec<String> {
    (0..pupils.len()).map(|idx| grid_label(pupils, idx, width)).collect()
}

/// The same for one of them.
pub fn grid_label(pupils: &[FullName], idx: usize, width: usize) -> String {
    let pupil = &pupils[idx];
    let namesakes: Vec<(usize, &FullName)> = pupils
        .iter()
        .enumerate()
        .filter(|(other, it)| *other != idx && it.surname == pupil.surname)
        .collect();
    let letters = (1..=pupil.name.chars().count()).find(|n| {
        namesakes
            .iter()
            .all(|(_, other)| prefix(&other.name, *n) != prefix(&pupil.name, *n))
    });
    let mut label = match letters {
        Some(n) if n == pupil.name.chars().count() => format!("{} {}", pupil.surname, pupil.name),
        Some(n) => format!("{} {}.", pupil.surname, prefix(&pupil.name, n)),
        None if namesakes.is_empty() => pupil.surname.clone(),
        None => {
            let nth = pupils[..idx]
                .iter()
                .filter(|it| it.surname == pupil.surname && it.name == pupil.name)
                .count()
                + 1;
            format!("{} {}{}", pupil.surname, prefix(&pupil.name, 1), nth)
        }
    };
    if label.chars().count() > width && namesakes.is_empty() {
        label.clone_from(&pupil.surname);
    }
    shorten(&label, width)
}

fn prefix(name: &str, letters: usize) -> String {
    name.chars().take(letters).collect()
}

/// A label within its column: what doesn't fit ends with «…».
pub fn shorten(label: &str, width: usize) -> String {
    if label.chars().count() <= width {
        return label.to_owned();
    }
    let mut short: String = label.chars().take(width.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}
