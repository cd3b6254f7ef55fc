//! What a button carries: a typed value in at most 64 bytes, which must be readable for ever.
//!
//! A payload is `1`, two letters of a [`Tag`], and the value packed by postcard in base64. Keyboards stay in chats for
//! years, so variants are only ever added at the end of their enums; a file of old payloads is decoded by a test.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::screen::limits;

/// The version that this code writes.
const VERSION: char = '1';

/// Whose value a payload holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A door on the living screen.
    Door,
    /// A door under a notice: it opens a fresh screen and leaves the notice as it was.
    NoticeDoor,
    /// An act of `people`.
    PeopleAct,
    /// A view of `people`.
    PeopleView,
    /// An act of `lessons`.
    LessonsAct,
    /// A view of `lessons`.
    LessonsView,
    /// A view of `diary`.
    DiaryView,
    /// An act of the lock.
    LockAct,
    /// A view of the lock.
    LockView,
    /// A view of `trail`.
    TrailView,
    /// An act on the way in.
    EntryAct,
    /// A view on the way in.
    EntryView,
    /// An act of giving access.
    PassesAct,
    /// A view of who has access.
    PassesView,
    /// An act about the workbook.
    WorkbookAct,
    /// A view about the workbook.
    WorkbookView,
    /// An act about announcements.
    AnnouncementsAct,
    /// A view of announcements.
    AnnouncementsView,
    /// An act of `surveys`.
    SurveysAct,
    /// A view of `surveys`.
    SurveysView,
    /// An act of letters to families.
    LettersAct,
    /// A view of letters to families.
    LettersView,
    /// An act of threads.
    ThreadsAct,
    /// A view of threads.
    ThreadsView,
    /// An act of suggestions to the school.
    FeedbackAct,
    /// A view of suggestions to the school.
    FeedbackView,
    /// An act about the rules of talk.
    RulesAct,
    /// A view of the rules of talk.
    RulesView,
    /// An act about absences.
    AbsencesAct,
    /// A view of absences.
    AbsencesView,
    /// An act about notices.
    NoticesAct,
    /// A view about notices.
    NoticesView,
    /// A view of `progress`.
    ProgressView,
    /// An act of `diary`.
    DiaryAct,
    /// An act of `control`.
    ControlAct,
    /// A view of `control`.
    ControlView,
}

impl Tag {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Door, "do"),
        (Self::NoticeDoor, "nd"),
        (Self::PeopleAct, "pa"),
        (Self::PeopleView, "pv"),
        (Self::LessonsAct, "la"),
        (Self::LessonsView, "lv"),
        (Self::DiaryView, "dv"),
        (Self::LockAct, "ka"),
        (Self::LockView, "kv"),
        (Self::TrailView, "tv"),
        (Self::EntryAct, "ea"),
        (Self::EntryView, "ev"),
        (Self::PassesAct, "xa"),
        (Self::PassesView, "xv"),
        (Self::WorkbookAct, "wa"),
        (Self::WorkbookView, "wv"),
        (Self::AnnouncementsAct, "na"),
        (Self::AnnouncementsView, "nv"),
        (Self::SurveysAct, "ya"),
        (Self::SurveysView, "yv"),
        (Self::LettersAct, "ma"),
        (Self::LettersView, "mv"),
        (Self::ThreadsAct, "ha"),
        (Self::ThreadsView, "hv"),
        (Self::FeedbackAct, "fa"),
        (Self::FeedbackView, "fv"),
        (Self::RulesAct, "ra"),
        (Self::RulesView, "rv"),
        (Self::AbsencesAct, "ba"),
        (Self::AbsencesView, "bv"),
        (Self::NoticesAct, "ta"),
        (Self::NoticesView, "tn"),
        (Self::ProgressView, "gv"),
        (Self::DiaryAct, "da"),
        (Self::ControlAct, "ca"),
        (Self::ControlView, "cv"),
    ];

    fn letters(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(tag, _)| *tag == self)
            .map_or("", |(_, letters)| letters)
    }
}

/// A value that a button can carry.
pub trait Pressable: Serialize + DeserializeOwned {
    /// Its tag.
    const TAG: Tag;
}

impl Pressable for super::Door {
    const TAG: Tag = Tag::Door;
}

/// An encoded value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Payload(String);

impl Payload {
    /// Encodes a value.
    pub fn of<P: Pressable>(value: &P) -> Self {
        Self::tagged(P::TAG, value)
    }

    /// Encodes a door that stands under a notice.
    pub fn notice_door(door: super::Door) -> Self {
        Self::tagged(Tag::NoticeDoor, &door)
    }

    fn tagged<P: Serialize>(tag: Tag, value: &P) -> Self {
        // Our values are plain enums of numbers: packing them can't fail. An empty body would decode to nothing.
        let packed = postcard::to_stdvec(value).unwrap_or_default();
        let mut encoded = format!("{VERSION}{}", tag.letters());
        URL_SAFE_NO_PAD.encode_string(packed, &mut encoded);
        debug_assert!(
            encoded.len() <= limits::PAYLOAD_BYTES,
            "a payload of {} bytes",
            encoded.len()
        );
        Self(encoded)
    }

    /// The text that goes to the messenger.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag and the packed bytes of what a messenger sent; `None` for anything that we never wrote.
    pub fn open(text: &str) -> Option<(Tag, Vec<u8>)> {
        let rest = text.strip_prefix(VERSION)?;
        let (letters, body) = rest.split_at_checked(2)?;
        let (tag, _) = Tag::ALL.iter().find(|(_, known)| *known == letters)?;
        Some((*tag, URL_SAFE_NO_PAD.decode(body).ok()?))
    }
}

/// Unpacks a value; bytes left over make it unknown.
pub fn unpack<P: DeserializeOwned>(packed: &[u8]) -> Option<P> {
    match postcard::take_from_bytes(packed) {
        Ok((value, [])) => Some(value),
        _ => None,
    }
}
