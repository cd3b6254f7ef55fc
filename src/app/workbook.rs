//! The school's workbook on the command line: loading it, trying it, writing an empty one.

use anyhow::Context as _;
use std::path::{Path, PathBuf};

use crate::clock::{Clock as _, SystemClock};
use crate::config::{ImportArgs, Settings};
use crate::school::import::{self, How, NewName, Outcome, Problems, Source};
use crate::words::{self, Locale};

use super::open;

/// Loads a workbook, or says what it would do.
pub async fn load(settings: &Settings, args: &ImportArgs) -> anyhow::Result<()> {
    let source = import::open(&args.file)?;
    let (db, ..) = open(settings).await?;
    let how = How {
        name: name_of(&args.file),
        new_name: match (args.rename, args.add_school) {
            (true, _) => NewName::Renamed,
            (false, true) => NewName::Another,
            (false, false) => NewName::Refused,
        },
        is_dry: args.dry_run,
        ..How::default()
    };
    let outcome = import::import_as(&db, source.clone(), &how, SystemClock.now()).await?;
    db.close().await;
    match outcome {
        Outcome::Done(summary) if args.dry_run => println!("{}", summary.forecast(Locale::Ru)),
        Outcome::Done(summary) => println!("{}", summary.text(Locale::Ru)),
        Outcome::Refused(problems) => {
            println!("{}", problems.text(Locale::Ru));
            if let Some(copy) = mark(&args.file, &source, &problems)? {
                let name = copy.display().to_string();
                println!("{}", words::text(Locale::Ru, "import.marked", &[("file", &name)]));
            }
            anyhow::bail!("nothing was loaded: mend the places listed above and load the file again");
        }
    }
    Ok(())
}

/// Writes an empty workbook where there is no file yet.
pub fn write_template(file: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(
        !file.exists(),
        "{} is there already: name a file that isn't",
        file.display()
    );
    let bytes = import::template(Locale::Ru)?;
    std::fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))?;
    let name = file.display().to_string();
    println!("{}", words::text(Locale::Ru, "import.template", &[("file", &name)]));
    Ok(())
}

/// Writes the copy with marks beside the workbook: `school.xlsx` → `school-marked.xlsx`.
fn mark(file: &Path, source: &Source, problems: &Problems) -> anyhow::Result<Option<PathBuf>> {
    let Some(bytes) = import::mark(source, problems, Locale::Ru)? else {
        return Ok(None);
    };
    let copy = beside(file);
    std::fs::write(&copy, bytes).with_context(|| format!("writing {}", copy.display()))?;
    Ok(Some(copy))
}

fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy();
    // A marked copy that is wrong still is marked anew, not marked twice.
    let stem = stem.strip_suffix("-marked").unwrap_or(&stem);
    file.with_file_name(format!("{stem}-marked.xlsx"))
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_copy_lies_beside_the_workbook() {
        let copy = |file: &str| beside(Path::new(file)).display().to_string();
        assert_eq!(copy("a/school.ods"), "a/school-marked.xlsx");
        assert_eq!(copy("a/school-marked.xlsx"), "a/school-marked.xlsx");
        assert_eq!(copy("a/csv"), "a/csv-marked.xlsx");
    }
}
