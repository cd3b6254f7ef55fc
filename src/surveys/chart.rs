//! The results as pictures.

use super::screens::Results;
use super::screens::results::{Counted, average, is_few, share};
use super::{BREAK_DOWN_FROM, Kind, Survey, Tally};
use crate::charts::{self, Bar, Bars, Group, Tone};
use crate::chat::Document;
use crate::words::{Locale, dates, plain};

/// Rows of a chart by class that are still read on a phone.
const ROWS: usize = 60;
/// The bar of everybody, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// What is drawn: each question with its options; open ones are words, which have no bars. A bar that reaches the edge is
/// everybody who answered the question that most answered.
pub fn of(locale: Locale, survey: &Survey, results: &Results, (day, time): (&str, &str)) -> Bars {
    let closed = results.questions.iter().filter(|it| it.question.kind != Kind::Open);
    let group = |it: &Counted| Group {
        above: String::new(),
        title: it.question.text.clone(),
        bars: it
            .question
            .options
            .iter()
            .zip(&it.tally.counts)
            .map(|(option, n)| Bar {
                name: option.clone(),
                n: *n,
                said: share(locale, *n, it.tally.voters),
            })
            .collect(),
    };
    let key = if survey.named {
        "surveys.chart.note"
    } else {
        "surveys.chart.note_anonymous"
    };
    Bars {
        line: None,
        full: closed.clone().map(|it| it.tally.voters).max().unwrap_or_default(),
        groups: closed.map(group).collect(),
        note: plain!(locale, key, answered = results.answered(locale), day = day, time = time),
    }
}

/// Class by class: an option with a row a class, of a scale the averages. A class with few answers stays out; `None`
/// where one class is left at most, or more rows than anybody reads.
pub fn by_class(
    locale: Locale,
    results: &Results,
    classes: &[(String, Vec<Tally>)],
    (day, time): (&str, &str),
) -> Option<Bars> {
    let enough: Vec<&(String, Vec<Tally>)> = classes.iter().filter(|it| !is_few(&it.1)).collect();
    let mut groups = Vec::new();
    for (idx, it) in results.questions.iter().enumerate() {
        let rows = enough
            .iter()
            .filter_map(|(class, parts)| Some((class, parts.get(idx)?)));
        match it.question.kind {
            Kind::Open => {}
            Kind::Scale => groups.push(averages(locale, it, rows)),
            Kind::One | Kind::Several => groups.extend(shares(locale, it, &rows.collect::<Vec<_>>())),
        }
    }
    let n_rows: usize = groups.iter().map(|it| it.bars.len()).sum();
    (enough.len() > 1 && (1..=ROWS).contains(&n_rows)).then(|| Bars {
        groups,
        full: WHOLE,
        line: None,
        note: plain!(
            locale,
            "surveys.chart.note_classes",
            n = BREAK_DOWN_FROM,
            day = day,
            time = time
        ),
    })
}

fn averages<'c>(locale: Locale, it: &Counted, rows: impl Iterator<Item = (&'c String, &'c Tally)>) -> Group {
    let highest = it.question.options.iter().filter_map(|it| it.parse::<i64>().ok()).max();
    let bar = |(class, tally): (&String, &Tally)| {
        let mean = average(&it.question, tally).unwrap_or_default();
        Bar {
            name: class.clone(),
            n: mean * WHOLE / (100 * highest.unwrap_or(1).max(1)),
            said: dates::hundredths(locale, mean),
        }
    };
    Group {
        above: plain!(locale, "surveys.chart.averages"),
        title: it.question.text.clone(),
        bars: rows.map(bar).collect(),
    }
}

/// An option each; the question stands above the first.
fn shares(locale: Locale, it: &Counted, rows: &[(&String, &Tally)]) -> Vec<Group> {
    let group = |(idx, option): (usize, &String)| Group {
        above: if idx == 0 {
            it.question.text.clone()
        } else {
            String::new()
        },
        title: option.clone(),
        bars: rows
            .iter()
            .map(|(class, tally)| {
                let n = tally.counts.get(idx).copied().unwrap_or_default();
                Bar {
                    name: (*class).clone(),
                    n: n * WHOLE / tally.voters.max(1),
                    said: share(locale, n, tally.voters),
                }
            })
            .collect(),
    };
    it.question.options.iter().enumerate().map(group).collect()
}

/// A chart as a file; `None` where there is nothing to draw.
pub async fn picture(locale: Locale, chart: Bars) -> anyhow::Result<Option<Document>> {
    if chart.groups.is_empty() {
        return Ok(None);
    }
    Ok(Some(Document {
        name: plain!(locale, "surveys.chart.file"),
        bytes: charts::draw(chart.draw(Tone::Light)).await?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::QuestionId;
    use crate::surveys::Question;

    fn results(kind: Kind, options: &[&str]) -> Results {
        Results {
            questions: vec![Counted {
                question: Question {
                    id: QuestionId(1),
                    kind,
                    text: "?".to_owned(),
                    options: options.iter().map(|it| (*it).to_owned()).collect(),
                },
                tally: Tally::default(),
            }],
            asked: 0,
            by_family: false,
        }
    }

    fn class(name: &str, counts: &[i64]) -> (String, Vec<Tally>) {
        let tally = Tally {
            counts: counts.to_vec(),
            voters: counts.iter().sum(),
        };
        (name.to_owned(), vec![tally])
    }

    fn rows(group: &Group) -> Vec<(&str, i64, &str)> {
        let bars = group.bars.iter();
        bars.map(|it| (it.name.as_str(), it.n, it.said.as_str())).collect()
    }

    #[test]
    fn p7_a_chart_by_class_leaves_out_those_with_few_answers() {
        let drawn = |results: &Results, classes: &[_]| by_class(Locale::Ru, results, classes, ("", ""));
        let two = results(Kind::One, &["a", "b"]);
        let classes = [class("5", &[5, 0]), class("6", &[1, 3]), class("7", &[3, 9])];
        let chart = drawn(&two, &classes).unwrap();
        assert_eq!(chart.groups[0].above, "?");
        assert_eq!(chart.groups[1].above, "");
        assert_eq!(
            rows(&chart.groups[0]),
            [("5", 10_000, "5 (100 %)"), ("7", 2_500, "3 (25 %)")]
        );
        assert_eq!(rows(&chart.groups[1]), [("5", 0, "0 (0 %)"), ("7", 7_500, "9 (75 %)")]);
        assert!(drawn(&two, &classes[..2]).is_none(), "one class is no comparison");
        let scale = results(Kind::Scale, &["1", "2", "3", "4", "5"]);
        let classes = [class("5", &[0, 0, 0, 0, 5]), class("6", &[5, 0, 0, 0, 5])];
        let chart = drawn(&scale, &classes).unwrap();
        assert_eq!(rows(&chart.groups[0]), [("5", 10_000, "5,00"), ("6", 6_000, "3,00")]);
        let many: Vec<_> = (0..31).map(|_| class("5", &[5, 0])).collect();
        assert!(drawn(&two, &many).is_none(), "nobody reads so many rows");
        assert!(drawn(&results(Kind::Open, &[]), &classes).is_none());
    }
}
