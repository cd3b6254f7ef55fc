//! A chart on request: how long it takes to become pixels, of the heaviest that there are.
//!
//! `cargo bench --bench charts`. The first picture of a process reads the fonts too; it is told apart.

use std::time::{Duration, Instant};
use zhurnal::charts::{Bar, Bars, Calendar, Course, Day, Group, Hue, Month, Point, Row, Spreads, Stack, Stacks, Tone};
use zhurnal::chat::Drawing;

/// What a chart may take.
const LIMIT: Duration = Duration::from_millis(60);
/// How often each is drawn.
const TIMES: usize = 40;

/// Makes a chart.
type Drawn = fn() -> Drawing;

fn main() -> anyhow::Result<()> {
    let begun = Instant::now();
    zhurnal::charts::png(&course(6).draw(Tone::Light))?;
    println!("the first, with the fonts: {:.1} ms", millis(begun.elapsed()));
    let mut kept = true;
    let charts: [(&str, Drawn); 6] = [
        ("a subject, 20 marks", || course(20).draw(Tone::Light)),
        ("a subject, 200 marks", || course(200).draw(Tone::Dark)),
        ("15 subjects against the class", || spreads().draw(Tone::Light)),
        ("absences of a term", || calendar(3).draw(Tone::Light)),
        ("15 subjects of a class", || stacks(15).draw(Tone::Dark)),
        ("marks a lesson, 15 subjects", || bars().draw(Tone::Light)),
    ];
    for (name, chart) in charts {
        kept &= measured(name, chart)?;
    }
    anyhow::ensure!(kept, "a chart takes over {} ms", LIMIT.as_millis());
    Ok(())
}

/// Draws a chart again and again; whether its median is within the limit.
fn measured(name: &str, chart: fn() -> Drawing) -> anyhow::Result<bool> {
    let mut took = Vec::new();
    let mut size = 0;
    for _ in 0..TIMES {
        let begun = Instant::now();
        size = zhurnal::charts::png(&chart())?.len();
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    let (median, last) = (took[TIMES / 2], took[TIMES * 95 / 100]);
    println!(
        "{name}: median {:.1} ms, 95 of 100 within {:.1} ms, {} KiB",
        millis(median),
        millis(last),
        size / 1024
    );
    Ok(median <= LIMIT)
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

fn course(n: usize) -> Course {
    let points = (0..n).map(|idx| Point {
        at: [500, 400, 300, 400, 500, 200][idx % 6],
        said: "4".to_owned(),
        is_heavy: idx % 5 == 4,
        average: (idx > 1).then(|| 400 + i64::try_from(idx).unwrap_or_default() % 40),
        begins: (idx % 9 == 0).then(|| "ноябрь".to_owned()),
    });
    Course {
        title: "Алгебра · Волкова Анна, 7А · II четверть".to_owned(),
        points: points.collect(),
        bounds: vec![(450, "5 — от 4,50".to_owned()), (350, "4 — от 3,50".to_owned())],
        last: "4,43".to_owned(),
        names: ["отметка", "отметка с весом больше 1", "средний балл"].map(str::to_owned),
        note: "Отметки слева направо.".to_owned(),
    }
}

fn spreads() -> Spreads {
    let rows = (0..15).map(|idx| Row {
        name: format!("{idx} Литературное чтение"),
        own: Some(380 + idx * 7),
        many: Some((340 + idx, 400, 440)),
        said: "4,43".to_owned(),
    });
    Spreads {
        title: "Графики · Анна, 7А".to_owned(),
        rows: rows.collect(),
        names: ["средний", "середина класса", "половина класса"].map(str::to_owned),
        note: "Средний балл с весом.".to_owned(),
    }
}

fn calendar(months: usize) -> Calendar {
    let days = (0..30).map(|idx| match idx % 7 {
        5 | 6 => Day::Off,
        3 => Day::Said(Hue::Sky, "б5".to_owned()),
        _ => Day::Clear,
    });
    let month = Month {
        name: "ноябрь".to_owned(),
        begins: 3,
        days: days.collect(),
    };
    Calendar {
        title: "Пропуски · Анна, 7А".to_owned(),
        months: vec![month; months],
        weekdays: ["пн", "вт", "ср", "чт", "пт", "сб", "вс"].map(str::to_owned),
        legend: vec![(Hue::Sky, "б".to_owned(), "болезнь".to_owned()); 4],
        note: "Цифра — сколько уроков.".to_owned(),
    }
}

fn stacks(n: usize) -> Stacks {
    let part = |hue, n, said: &str| (hue, n, said.to_owned());
    let row = Stack {
        name: "Литература".to_owned(),
        parts: vec![
            part(Hue::Blue, 40, "5"),
            part(Hue::Sky, 60, "4"),
            part(Hue::Orange, 20, "3"),
            part(Hue::Vermillion, 3, "2"),
        ],
        said: "4,12".to_owned(),
    };
    Stacks {
        title: "Отметки · 7А".to_owned(),
        rows: vec![row; n],
        full: None,
        legend: vec![(Hue::Blue, "5".to_owned(), "40 отметок".to_owned()); 4],
        note: "Слева направо 5, 4, 3, 2.".to_owned(),
    }
}

fn bars() -> Bars {
    let bar = Bar {
        name: "Литература".to_owned(),
        n: 380,
        said: "3,80".to_owned(),
    };
    Bars {
        groups: vec![Group {
            above: String::new(),
            title: "Отметок на урок · 7А".to_owned(),
            bars: vec![bar; 15],
        }],
        full: 600,
        line: Some((400, "нужно от 4".to_owned())),
        note: "Сколько отметок на урок.".to_owned(),
    }
}
