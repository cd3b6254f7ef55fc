//! Paper: rows and words become printed documents. It knows no feature: whoever prints says every word.
//!
//! A print takes seconds of a processor and tens of megabytes, so the journal has it done by a child process: its own
//! program with the hidden command `typeset`, an [`Order`] at its input and a PDF (PDF/A-2b, A4) at its output.

mod qr;
pub mod slips;
mod typeset;
pub mod xlsx;

use anyhow::Context as _;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

pub use typeset::typeset;

/// What is printed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Order {
    /// The day that the document is made, by the school's calendar.
    pub made: NaiveDate,
    /// Its title, as a reader of PDF shows it.
    pub title: String,
    /// Its language: `ru`.
    pub language: String,
    /// What stands in it.
    pub sheet: Sheet,
}

/// The printed documents that there are.
#[derive(Clone, Serialize, Deserialize)]
pub enum Sheet {
    /// Tear-off slips with links and codes.
    Slips(slips::Slips),
}

/// Where documents are printed: the program that does it.
#[derive(Clone, Debug)]
pub struct Press {
    program: PathBuf,
}

impl Press {
    /// A press that starts this program: the journal's own.
    pub fn new(program: PathBuf) -> Self {
        Self { program }
    }

    /// Prints a document. What is in it goes through pipes only: codes and names touch no disk and no log.
    pub async fn print(&self, order: &Order) -> anyhow::Result<Vec<u8>> {
        let order = serde_json::to_vec(order).context("writing an order")?;
        let mut child = Command::new(&self.program)
            .arg("typeset")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("starting the program that prints")?;
        let (mut input, mut output) = (
            child.stdin.take().context("the press has no input")?,
            child.stdout.take().context("the press has no output")?,
        );
        let mut pdf = Vec::new();
        let write = async move {
            input.write_all(&order).await?;
            input.shutdown().await
        };
        let (written, read) = tokio::join!(write, output.read_to_end(&mut pdf));
        let status = child.wait().await.context("waiting for the press")?;
        anyhow::ensure!(status.success(), "the press ended with {status}");
        written.context("giving the press its order")?;
        read.context("reading what the press printed")?;
        Ok(pdf)
    }
}
