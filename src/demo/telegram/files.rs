//! Files that lie with Telegram: uploads, their ids, and what pictures must be.

use std::sync::Arc;

use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    params::{Params, Upload},
    refusal::Refusal,
    state::State,
    wire,
};

const UPLOAD_LIMIT: usize = 50 << 20;
const DOWNLOAD_LIMIT: usize = 20 << 20;
const PHOTO_LIMIT: usize = 10 << 20;
/// Width and height of a picture together.
const SIDES_LIMIT: u32 = 10_000;

/// One file, shared by all messages that show it.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) id: String,
    pub(super) kind: FileKind,
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) bytes: Bytes,
}

/// What a file may be sent as; an id of one kind doesn't serve for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Photo { width: u32, height: u32 },
    Document,
    Voice,
}

/// As what a call sends a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Photo,
    Document,
    Voice,
}

impl Stored {
    /// Where it is downloaded from.
    pub(super) fn path(&self) -> String {
        let (folder, ending) = match self.kind {
            FileKind::Photo { .. } => ("photos", "jpg"),
            FileKind::Voice => ("voice", "oga"),
            FileKind::Document => ("documents", self.name.rsplit_once('.').map_or("bin", |it| it.1)),
        };
        let plain = ending.chars().all(|c| c.is_ascii_alphanumeric());
        format!("{folder}/{}.{}", self.id, if plain { ending } else { "bin" })
    }

    /// An id that is the same for everyone and can't be used for sending.
    pub(super) fn unique_id(&self) -> String {
        format!("u{}", self.id)
    }
}

impl State {
    /// Keeps a file under a new id.
    pub(super) fn store(&mut self, kind: FileKind, name: &str, mime: &str, bytes: Bytes) -> Arc<Stored> {
        self.last_file += 1;
        let letter = match kind {
            FileKind::Photo { .. } => "AgAC",
            FileKind::Document => "BQAC",
            FileKind::Voice => "AwAC",
        };
        let stored = Arc::new(Stored {
            id: format!("{letter}model{}", self.last_file),
            kind,
            name: name.to_owned(),
            mime: mime.to_owned(),
            bytes,
        });
        self.files.insert(stored.id.clone(), Arc::clone(&stored));
        stored
    }

    /// The file of a call: an upload under `key` itself or attached by name, or the id of one that is here already.
    pub(super) fn file_of(
        &mut self,
        params: &Params,
        key: &str,
        source: Option<&str>,
        wanted: Wanted,
    ) -> Result<Arc<Stored>, Refusal> {
        let missing = || Refusal::bad(format!("there is no {key} in the request"));
        let upload = match source {
            None => Some(params.uploads.get(key).ok_or_else(missing)?),
            Some(source) => match source.strip_prefix("attach://") {
                Some(name) => Some(params.uploads.get(name).ok_or_else(missing)?),
                None => None,
            },
        };
        match (upload, source) {
            (Some(upload), _) => self.upload(upload, wanted),
            (None, Some(id)) => self.known_file(id, wanted),
            (None, None) => Err(missing()),
        }
    }

    fn upload(&mut self, upload: &Upload, wanted: Wanted) -> Result<Arc<Stored>, Refusal> {
        let size = upload.bytes.len();
        if size == 0 {
            return Err(Refusal::bad("file must be non-empty"));
        }
        if size > UPLOAD_LIMIT {
            return Err(Refusal::new(413, "Request Entity Too Large"));
        }
        let kind = match wanted {
            Wanted::Photo => picture(&upload.bytes)?,
            Wanted::Document => FileKind::Document,
            Wanted::Voice => FileKind::Voice,
        };
        Ok(self.store(kind, &upload.name, &upload.mime, upload.bytes.clone()))
    }

    fn known_file(&self, id: &str, wanted: Wanted) -> Result<Arc<Stored>, Refusal> {
        if id.starts_with("http://") || id.starts_with("https://") {
            // The model fetches nothing from anywhere.
            return Err(Refusal::bad("failed to get HTTP URL content"));
        }
        let stored = self
            .files
            .get(id)
            .ok_or_else(|| Refusal::bad("wrong file identifier/HTTP URL specified"))?;
        let (is, name) = match stored.kind {
            FileKind::Photo { .. } => (Wanted::Photo, "Photo"),
            FileKind::Document => (Wanted::Document, "Document"),
            FileKind::Voice => (Wanted::Voice, "VoiceNote"),
        };
        if is == wanted {
            Ok(Arc::clone(stored))
        } else {
            let wanted = match wanted {
                Wanted::Photo => "Photo",
                Wanted::Document => "Document",
                Wanted::Voice => "VoiceNote",
            };
            Err(Refusal::bad(format!("can't use file of type {name} as {wanted}")))
        }
    }

    /// `getFile`
    pub(super) fn get_file(&self, params: &Params) -> Result<Value, Refusal> {
        let id = params.text("file_id").unwrap_or_default();
        let stored = self.files.get(id).ok_or_else(|| Refusal::bad("invalid file_id"))?;
        if stored.bytes.len() > DOWNLOAD_LIMIT {
            return Err(Refusal::bad("file is too big"));
        }
        let mut file = json!(wire::FileOut::of(stored));
        file["file_path"] = stored.path().into();
        Ok(file)
    }

    /// The file at a path that `getFile` gave.
    pub(super) fn file_at(&self, path: &str) -> Option<Arc<Stored>> {
        let name = path.rsplit_once('/')?.1;
        let id = name.split_once('.')?.0;
        self.files.get(id).filter(|it| it.path() == path).cloned()
    }
}

/// What Telegram asks of a picture: not too large, really a picture, not too wide or long.
fn picture(bytes: &[u8]) -> Result<FileKind, Refusal> {
    if bytes.len() > PHOTO_LIMIT {
        return Err(Refusal::bad(
            "file is too big for a photo; the maximum size is 10485760 bytes",
        ));
    }
    let (width, height) = sides(bytes).ok_or_else(|| Refusal::bad("IMAGE_PROCESS_FAILED"))?;
    let (short, long) = (width.min(height), width.max(height));
    if short == 0 || width.saturating_add(height) > SIDES_LIMIT || long > short.saturating_mul(20) {
        return Err(Refusal::bad("PHOTO_INVALID_DIMENSIONS"));
    }
    Ok(FileKind::Photo { width, height })
}

/// Width and height of a PNG or a JPEG, read from its head.
pub(super) fn sides(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
        return Some((number(16)?, number(20)?));
    }
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let short = |at: usize| bytes.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes);
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        // The frame headers SOF0–SOF15; C4, C8 and CC mean other things.
        if (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            return Some((short(at + 7)?.into(), short(at + 5)?.into()));
        }
        at += 2 + usize::from(short(at + 2)?);
    }
}
