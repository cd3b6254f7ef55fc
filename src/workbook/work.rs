//! The heavy jobs of a workbook: it is fetched and checked, loaded, marked. Each ends in one transaction, which turns
//! the workbook's state and posts the letter that says how it went; done twice, the second time finds nothing to do.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::{Counts, Found, State, Workbook, flow, screens, store};
use crate::access::LoadSchool;
use crate::chat::{Document, Fetched, Screen, Transport};
use crate::db::{Db, Left, Tx, dialogue, transact};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{Account, SchoolId};
use crate::jobs::Job;
use crate::people;
use crate::school;
use crate::school::import::{self, Complaint, FILE_LIMIT, How, NewName, Outcome, Problems, Source, Summary};
use crate::words::{Locale, dates, plain};

/// The heavy job that fetches and checks a workbook.
pub const CHECK: &str = "check_workbook";
/// The heavy job that loads it.
pub const LOAD: &str = "load_workbook";
/// The heavy job that marks its copy.
pub const MARK: &str = "mark_workbook";
/// The quick job that forgets a workbook for which nobody said a word.
pub const FORGET: &str = "forget_workbook";

/// After so many failures the sender hears of it: a minute or so has passed.
const TRIES: i64 = 4;

/// Where the work is done.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The journal.
    pub db: &'a Db,
    /// Where files that people sent are.
    pub transport: &'a dyn Transport,
    /// The moment.
    pub now: DateTime<Utc>,
}

/// A workbook with the schools that its sender may load, now.
struct Opened {
    book: Workbook,
    account: Account,
    schools: Vec<(SchoolId, LoadSchool)>,
    locale: Locale,
}

/// How a check ended.
enum Verdict {
    Wrong(Problems),
    Right(Summary),
}

/// Does a heavy job. What fails again and again is told to the sender, and given up.
pub async fn labour(bench: Bench<'_>, job: &Job) -> anyhow::Result<Left> {
    let Some(opened) = open(bench, job.subject).await? else {
        return Ok(Left::default());
    };
    let state = opened.book.state;
    let done = match (job.kind.as_str(), state) {
        (CHECK, State::Checking) => check(bench, &opened).await,
        (LOAD, State::Loading) => load(bench, &opened).await,
        (MARK, State::Refused) => mark(bench, &opened, job).await,
        // It was dropped or done meanwhile.
        _ => return Ok(Left::default()),
    };
    match done {
        Err(failure) if job.tries >= TRIES => {
            tracing::error!(
                job.kind,
                job.id,
                error = format!("{failure:#}"),
                "a workbook was given up"
            );
            let failed = Workbook {
                state: State::Failed,
                ..opened.book.clone()
            };
            let screen = screens::book(opened.locale, &failed);
            end(bench, &opened, (state, State::Failed), screen, Kept::No).await
        }
        done => done,
    }
}

/// Nobody said a word in time: the data of children aren't kept for nothing.
pub async fn forget(tx: &mut Tx, id: i64) -> anyhow::Result<()> {
    let mut is_over = false;
    for state in [State::Checking, State::Checked, State::Refused] {
        is_over |= store::turn(tx, id, state, State::Forgotten).await?;
    }
    if is_over {
        store::drop_bytes(tx, id).await?;
    }
    Ok(())
}

/// The workbook; nothing when its sender lost the right to load it, which drops it.
async fn open(bench: Bench<'_>, id: i64) -> anyhow::Result<Option<Opened>> {
    let mut snapshot = bench.db.snapshot().await?;
    let Some(book) = store::workbook(&mut snapshot, id).await? else {
        return Ok(None);
    };
    let account = Account {
        transport: bench.transport.name(),
        id: book.from.1,
    };
    let actor = people::store::actor(&mut snapshot, account).await?;
    let locale = dialogue::chat(&mut snapshot, account).await?.locale;
    drop(snapshot);
    let mut schools: Vec<(SchoolId, LoadSchool)> = flow::proofs(&actor).collect();
    // Whoever waits for a word about one school has loaded it there.
    if book.state != State::Checking || book.is_renamed {
        schools.retain(|it| it.0 == book.school);
    }
    if schools.is_empty() {
        transact!(bench.db, tx => {
            store::turn(&mut tx, id, book.state, State::Dropped).await?;
            store::drop_bytes(&mut tx, id).await?;
        })?;
        return Ok(None);
    }
    Ok(Some(Opened {
        book,
        account,
        schools,
        locale,
    }))
}

async fn check(bench: Bench<'_>, opened: &Opened) -> anyhow::Result<Left> {
    let book = &opened.book;
    let kept = store::bytes(&mut *bench.db.snapshot().await?, book.id).await?;
    let bytes = match kept {
        Some(bytes) => bytes,
        None => match bench.transport.fetch(&book.file, FILE_LIMIT).await {
            Fetched::Here(bytes) => bytes,
            Fetched::TooLarge => {
                let verdict = Verdict::Wrong(Problems::of_file(Complaint::new("file_too_large")));
                return judged(bench, opened, (book.school, &[]), &verdict, false).await;
            }
            Fetched::Gone => anyhow::bail!("the messenger doesn't have the file any more"),
            Fetched::NotNow => anyhow::bail!("the messenger doesn't give the file now"),
        },
    };
    let (school, verdict) = try_schools(bench, opened, &bytes).await?;
    judged(bench, opened, (school, &bytes), &verdict, false).await
}

/// Compares the workbook with each school that it may be of; it is of the first that doesn't say it is another's.
async fn try_schools(bench: Bench<'_>, opened: &Opened, bytes: &[u8]) -> anyhow::Result<(SchoolId, Verdict)> {
    let mut verdict = None;
    for own in &opened.schools {
        let tried = import_as(bench, bytes, &how(&opened.book, *own)).await?;
        let is_anothers = matches!(&tried, Verdict::Wrong(problems)
            if problems.all().iter().any(|it| it.complaint.key == "school_not_yours"));
        if !is_anothers {
            return Ok((own.0, tried));
        }
        verdict = verdict.or(Some((own.0, tried)));
    }
    verdict.context("a workbook's sender loads no school")
}

async fn import_as(bench: Bench<'_>, bytes: &[u8], how: &How) -> anyhow::Result<Verdict> {
    let source = Source::File(bytes.to_vec());
    Ok(match import::import_as(bench.db, source, how, bench.now).await? {
        Outcome::Done(summary) => Verdict::Right(summary),
        Outcome::Refused(problems) => Verdict::Wrong(problems),
    })
}

/// A check: nothing is written.
fn how(book: &Workbook, (school, proof): (SchoolId, LoadSchool)) -> How {
    How {
        name: book.name.clone(),
        by: Some(proof.by()),
        only: Some(school),
        new_name: if book.is_renamed {
            NewName::Renamed
        } else {
            NewName::Refused
        },
        is_dry: true,
        agreed: None,
    }
}

/// Keeps what a check found and says it.
async fn judged(
    bench: Bench<'_>,
    opened: &Opened,
    (school, bytes): (SchoolId, &[u8]),
    verdict: &Verdict,
    is_again: bool,
) -> anyhow::Result<Left> {
    let found = found(verdict, opened.locale);
    let to = match verdict {
        Verdict::Wrong(_) => State::Refused,
        Verdict::Right(summary) if summary.total().is_idle() => State::Same,
        Verdict::Right(_) => State::Checked,
    };
    let book = Workbook {
        school,
        found: found.clone(),
        state: to,
        ..opened.book.clone()
    };
    let screen = if to == State::Checked {
        screens::checked(opened.locale, &book, is_again)
    } else {
        screens::book(opened.locale, &book)
    };
    let kept = if to == State::Same {
        Kept::No
    } else {
        Kept::Found(school, bytes, &found)
    };
    end(bench, opened, (opened.book.state, to), screen, kept).await
}

fn found(verdict: &Verdict, locale: Locale) -> Found {
    let n = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    match verdict {
        Verdict::Wrong(problems) => {
            let marked = problems.all().iter().filter(|it| it.place.sheet.is_some());
            Found {
                counts: Counts::default(),
                problems: n(problems.total()),
                marks: n(marked.count()),
                told: first_lines(problems.list().iter().map(|it| it.text(locale))),
                asks_renamed: problems.all().iter().any(|it| it.complaint.key == "school_renamed"),
            }
        }
        Verdict::Right(summary) => {
            let [added, changed, removed] = summary.written();
            Found {
                counts: Counts {
                    added,
                    changed,
                    removed,
                },
                told: summary.particulars(locale),
                ..Found::default()
            }
        }
    }
}

/// A line each, whatever stands in a cell; no more than a message lists.
fn first_lines(problems: impl Iterator<Item = String>) -> String {
    let lines = problems.take(screens::LISTED).map(|it| it.replace(['\n', '\r'], " "));
    lines.collect::<Vec<_>>().join("\n")
}

async fn load(bench: Bench<'_>, opened: &Opened) -> anyhow::Result<Left> {
    let book = &opened.book;
    let mut snapshot = bench.db.snapshot().await?;
    let bytes = store::bytes(&mut snapshot, book.id).await?;
    let school = school::store::school(&mut snapshot, book.school).await?;
    drop(snapshot);
    let bytes = bytes.context("a workbook that is to be loaded isn't kept")?;
    let zone = school.context("a workbook's school")?.zone;
    let own = *opened.schools.first().context("a workbook's sender loads no school")?;
    let Counts {
        added,
        changed,
        removed,
    } = book.found.counts;
    let how = How {
        is_dry: false,
        agreed: Some([added, changed, removed]),
        ..how(book, own)
    };
    // What was agreed to is what is written: whoever changed the school meanwhile changed what this would do.
    let verdict = import_as(bench, &bytes, &how).await?;
    match &verdict {
        Verdict::Right(summary) if summary.total().is_idle() => {
            let mut snapshot = bench.db.snapshot().await?;
            if !store::is_loaded(&mut snapshot, book.id, own.1).await? {
                // Somebody else has loaded the same while this file waited for a word.
                let (last, _) = store::loads(&mut snapshot, book.school, (0, 1)).await?;
                drop(snapshot);
                let screen = screens::same_meanwhile(opened.locale, book, last.first(), zone);
                return end(bench, opened, (State::Loading, State::Same), screen, Kept::No).await;
            }
        }
        Verdict::Right(summary) if how.agreed == Some(summary.written()) => {}
        Verdict::Right(_) | Verdict::Wrong(_) => {
            return judged(bench, opened, (book.school, &bytes), &verdict, true).await;
        }
    }
    // It was written now, or by this very job before a crash: the check's figures are its figures.
    let time = dates::time(dates::local(bench.now, zone).time());
    let screen = screens::loaded(opened.locale, book, &time);
    end(
        bench,
        opened,
        (State::Loading, State::Loaded),
        screen,
        Kept::Loaded(own.1),
    )
    .await
}

async fn mark(bench: Bench<'_>, opened: &Opened, job: &Job) -> anyhow::Result<Left> {
    let book = &opened.book;
    let bytes = store::bytes(&mut *bench.db.snapshot().await?, book.id).await?;
    let bytes = bytes.context("a workbook that is to be marked isn't kept")?;
    let problems = match try_schools(bench, opened, &bytes).await? {
        (_, Verdict::Wrong(problems)) => problems,
        // The journal has changed since, and nothing is wrong any more.
        (school, verdict) => return judged(bench, opened, (school, &bytes), &verdict, true).await,
    };
    let (locale, source) = (opened.locale, Source::File(bytes));
    let marked = tokio::task::spawn_blocking(move || import::mark(&source, &problems, locale)).await;
    let Some(bytes) = marked.context("marking a workbook")?? else {
        return Ok(Left::default());
    };
    let stem = book.name.rsplit_once('.').map_or(book.name.as_str(), |it| it.0);
    // A marked copy that is wrong still is marked anew, not marked twice.
    let suffix = plain!(locale, "workbook.marked_file", name = "");
    let stem = suffix
        .strip_suffix(".xlsx")
        .and_then(|it| stem.strip_suffix(it))
        .unwrap_or(stem);
    let document = Document {
        name: plain!(locale, "workbook.marked_file", name = stem),
        bytes,
    };
    let key = format!("workbook:{}:marks:{}", book.id, job.due_at.timestamp_micros());
    transact!(bench.db, tx => {
        let file = delivery::store::keep_file(&mut tx, &document, bench.now).await?;
        let mut letter = NewLetter::new(book.from.clone(), key.clone(), screens::marked(locale), bench.now);
        letter.letter.document = Some(file);
        delivery::store::post(&mut tx, letter, bench.now).await?;
        tx.left()
    })
}

/// What is kept of a workbook when a job ends.
#[derive(Clone, Copy)]
enum Kept<'a> {
    /// Nothing: nobody goes on from here.
    No,
    /// What a check found, with the bytes that it found it in.
    Found(SchoolId, &'a [u8], &'a Found),
    /// The bytes, as the last that were loaded; whoever loaded them signs for it.
    Loaded(LoadSchool),
}

/// The end of a job: its state turns, and its letter goes, in one transaction; a second time does nothing.
async fn end(
    bench: Bench<'_>,
    opened: &Opened,
    (from, to): (State, State),
    screen: Screen,
    kept: Kept<'_>,
) -> anyhow::Result<Left> {
    let book = &opened.book;
    transact!(bench.db, tx => {
        if store::turn(&mut tx, book.id, from, to).await? {
            match kept {
                Kept::No => store::drop_bytes(&mut tx, book.id).await?,
                Kept::Found(school, bytes, found) => {
                    store::set_found(&mut tx, book.id, (school, bytes), found).await?;
                }
                Kept::Loaded(proof) => {
                    store::drop_former(&mut tx, book.school, book.id).await?;
                    let object = format!("school:{}", book.school);
                    let line = ("workbook_loaded", object.as_str());
                    people::store::audit(&mut tx, bench.now, opened.account, Some(proof.by()), line).await?;
                }
            }
            // A second check has a letter of its own: it comes from another state.
            let turned = (from.code(), to.code());
            let key = format!("workbook:{}:{}-{}:{}", book.id, turned.0, turned.1, bench.now.timestamp_micros());
            let letter = NewLetter::new(book.from.clone(), key, screen.clone(), bench.now);
            delivery::store::post(&mut tx, letter, bench.now).await?;
        }
        tx.left()
    })
}
