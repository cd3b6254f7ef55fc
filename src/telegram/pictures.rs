//! Pictures of screens: pixels are made when a picture is shown, outside of any transaction, and not again while the same
//! drawing is asked for: the messenger has it already, under a name of its own.
//!
//! What is kept is which drawing has which name. A drawing is known by what is in it, so that a mark that comes makes
//! another one. It is in memory only: after a restart each picture is drawn once more.

use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use teloxide::RequestError;
use teloxide::types::{FileId, InputFile};

use super::errors::{Objection, read};
use crate::charts;
use crate::chat::Drawing;

/// So many are known: a school's charts of an evening. A name has about a hundred letters.
const KNOWN: usize = 4_000;

type Key = [u8; 32];

/// Pictures that the messenger has.
#[derive(Default)]
pub struct Pictures(Mutex<Known>);

#[derive(Default)]
struct Known {
    names: HashMap<Key, String>,
    /// The oldest first.
    order: VecDeque<Key>,
}

impl Pictures {
    /// Sends a drawing by `call`, which gives back the messenger's name for it: by that name where it is known, else as
    /// pixels.
    pub async fn sent<T, F>(&self, drawing: &Drawing, call: impl Fn(InputFile) -> F) -> Result<T, RequestError>
    where
        F: Future<Output = Result<(T, Option<String>), RequestError>>,
    {
        let key: Key = Sha256::digest(drawing.0.as_bytes()).into();
        let known = self.with(|it| it.names.get(&key).cloned());
        if let Some(name) = known {
            match call(InputFile::file_id(FileId(name))).await {
                // The messenger doesn't have it any more.
                Err(failure) if matches!(read(&failure), Objection::Refused(_)) => {}
                done => return done.map(|(done, _)| done),
            }
        }
        let pixels = charts::draw(drawing.clone()).await.map_err(|failure| as_io(&failure))?;
        let (done, name) = call(InputFile::memory(pixels).file_name("chart.png")).await?;
        if let Some(name) = name {
            self.with(|it| it.keep(key, name));
        }
        Ok(done)
    }

    fn with<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Known {
    fn keep(&mut self, key: Key, name: String) {
        if self.names.insert(key, name).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > KNOWN
            && let Some(oldest) = self.order.pop_front()
        {
            self.names.remove(&oldest);
        }
    }
}

/// A picture that can't be drawn is a file that can't be read.
fn as_io(failure: &anyhow::Error) -> RequestError {
    RequestError::Io(Arc::new(std::io::Error::other(format!("{failure:#}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_pictures_are_forgotten() {
        let mut known = Known::default();
        let key = |n: usize| -> Key { Sha256::digest(n.to_be_bytes()).into() };
        for n in 0..KNOWN + 3 {
            known.keep(key(n), n.to_string());
            known.keep(key(n), n.to_string());
        }
        assert_eq!(known.names.len(), KNOWN);
        assert_eq!(known.names.get(&key(2)), None);
        assert_eq!(known.names.get(&key(3)).map(String::as_str), Some("3"));
    }
}
