//! SQL of the outbox and its receipts.

use chrono::{DateTime, Utc};

use super::{Letter, Verb};
use crate::chat::{Attached, Document, Screen};
use crate::db::{Conn, Tx, on};
use crate::ids::{FileId, LetterId};

/// A letter to be kept.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// By which messenger.
    pub transport: String,
    /// To which chat.
    pub chat: i64,
    /// Letters with one key are one letter.
    pub key: String,
    /// What it says.
    pub letter: Letter,
    /// The key of the former letter that it edits or deletes.
    pub about: Option<String>,
    /// Whether it can wait for the others: news of lessons go before it.
    pub urgency: Urgency,
    /// Not before.
    pub due_at: DateTime<Utc>,
}

/// What leaves first when not everything can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// A word to somebody: as soon as possible.
    Notice = 0,
    /// A word to many.
    Announcement = 1,
}

impl NewLetter {
    /// A message with a sound that is due now; whoever means another changes it.
    pub fn new((transport, chat): (String, i64), key: String, screen: Screen, now: DateTime<Utc>) -> Self {
        Self {
            transport,
            chat,
            key,
            letter: Letter {
                verb: Verb::Send,
                screen,
                document: None,
                enclosed: None,
                poll: None,
                silent: false,
            },
            about: None,
            urgency: Urgency::Notice,
            due_at: now,
        }
    }

    /// A former letter, by its key, says this from now on, without a sound.
    #[must_use]
    pub fn changing(mut self, former: String) -> Self {
        self.letter.verb = Verb::Edit;
        self.letter.silent = true;
        self.about = Some(former);
        self
    }

    /// A former letter, by its key, goes.
    #[must_use]
    pub fn removing(mut self, former: String) -> Self {
        self.letter.verb = Verb::Delete;
        self.letter.silent = true;
        self.about = Some(former);
        self
    }

    /// A word to many: what is more urgent goes before it.
    #[must_use]
    pub fn to_many(mut self) -> Self {
        self.urgency = Urgency::Announcement;
        self
    }
}

/// Files that the messenger has already, each as a silent letter of its own with words under it: captions are too short
/// for what is said, and what is said can be corrected.
pub fn enclosures(
    to: &(String, i64),
    key: &str,
    files: &[Attached],
    words: impl Fn(usize) -> Screen,
    now: DateTime<Utc>,
) -> Vec<NewLetter> {
    let numbered = files.iter().enumerate();
    numbered
        .map(|(i, file)| {
            let mut letter = NewLetter::new(to.clone(), enclosure(key, i), words(i + 1), now);
            letter.letter.enclosed = Some(file.clone());
            letter.letter.silent = true;
            letter
        })
        .collect()
}

/// The key of a letter's file.
pub fn enclosure(key: &str, i: usize) -> String {
    format!("{key}{}", enclosure_suffix(i))
}

/// What a file's key has more than that of its letter.
pub fn enclosure_suffix(i: usize) -> String {
    format!(":file:{i}")
}

/// Keeps a letter; a second one with the same key is dropped.
pub async fn post(tx: &mut Tx, new: NewLetter, now: DateTime<Utc>) -> anyhow::Result<()> {
    let letter = serde_json::to_string(&new.letter)?;
    tx.leave_letter();
    on!(tx, c => sqlx::query(
        "INSERT INTO outbox (transport, chat, key, letter, about_id, urgency, state, tries, due_at, created_at, floor_id, reason)
         VALUES ($1, $2, $3, $4, (SELECT id FROM outbox WHERE key = $5), $8, 'waiting', 0, $6, $7, 0, '')
         ON CONFLICT (key) DO NOTHING",
    )
    .bind(new.transport).bind(new.chat).bind(new.key).bind(letter).bind(new.about).bind(new.due_at).bind(now)
    .bind(new.urgency as i64).execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps many letters, hundreds a statement.
pub async fn post_many(tx: &mut Tx, letters: &[NewLetter], now: DateTime<Utc>) -> anyhow::Result<()> {
    let rows = letters
        .iter()
        .map(|it| Ok((it, serde_json::to_string(&it.letter)?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    if !rows.is_empty() {
        tx.leave_letter();
    }
    // SQLite takes 32,766 values.
    for chunk in rows.chunks(1_000) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new(
                "INSERT INTO outbox (transport, chat, key, letter, urgency, due_at, created_at, about_id, state, tries, floor_id, reason) ",
            );
            query.push_values(chunk, |mut row, (it, letter)| {
                row.push_bind(&it.transport).push_bind(it.chat).push_bind(&it.key).push_bind(letter)
                    .push_bind(it.urgency as i64).push_bind(it.due_at).push_bind(now)
                    .push("(SELECT id FROM outbox WHERE key = ").push_bind_unseparated(&it.about).push_unseparated(")")
                    .push("'waiting', 0, 0, ''");
            });
            query.push(" ON CONFLICT (key) DO NOTHING");
            query.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// The key of the letter that stands in a chat as this message.
pub async fn key_of(conn: &mut Conn, (transport, chat): (&str, i64), message: i64) -> anyhow::Result<Option<String>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT o.key FROM receipts r JOIN outbox o ON o.id = r.outbox_id
         WHERE r.message_id = $3 AND o.transport = $1 AND o.chat = $2 ORDER BY o.id LIMIT 1",
    ).bind(transport).bind(chat).bind(message).fetch_optional(c).await)?)
}

/// The letter of a key, sent or not, as it was posted.
pub async fn letter(conn: &mut Conn, key: &str) -> anyhow::Result<Option<Letter>> {
    let row: Option<String> = on!(conn, c => sqlx::query_scalar("SELECT letter FROM outbox WHERE key = $1")
        .bind(key).fetch_optional(c).await)?;
    Ok(row.map(|it| serde_json::from_str(&it)).transpose()?)
}

/// Letters whose key begins so don't leave, and go where they stand.
pub async fn remove(tx: &mut Tx, key: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    let found: Vec<(String, i64, String)> = on!(tx, c => sqlx::query_as(
        "SELECT transport, chat, key FROM outbox WHERE key LIKE $1 ORDER BY id",
    ).bind(format!("{key}%")).fetch_all(c).await)?;
    for (transport, chat, key) in found {
        take_back(tx, &transport, chat, &key).await?;
        let gone = NewLetter::new((transport, chat), format!("{key}:gone"), Screen::default(), now);
        post(tx, gone.removing(key), now).await?;
    }
    Ok(())
}

/// Whether there is a letter with this key, sent or not.
pub async fn is_kept(conn: &mut Conn, key: &str) -> anyhow::Result<bool> {
    let row: Option<LetterId> = on!(conn, c => sqlx::query_scalar("SELECT id FROM outbox WHERE key = $1")
        .bind(key).fetch_optional(c).await)?;
    Ok(row.is_some())
}

/// Keeps a file, so that whoever sends its letter has it: another instance, or this one after a restart.
pub async fn keep_file(tx: &mut Tx, document: &Document, now: DateTime<Utc>) -> anyhow::Result<FileId> {
    keep_file_for(tx, document, 1, now).await
}

/// The same of a file that so many letters bring: it goes with the last of them.
pub async fn keep_file_for(
    tx: &mut Tx,
    document: &Document,
    letters: usize,
    now: DateTime<Utc>,
) -> anyhow::Result<FileId> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO files (name, bytes, created_at, uses) VALUES ($1, $2, $3, $4) RETURNING id",
    ).bind(&document.name).bind(&document.bytes).bind(now).bind(i64::try_from(letters)?).fetch_one(c).await)?)
}

/// A file that is kept.
pub async fn file(conn: &mut Conn, id: FileId) -> anyhow::Result<Option<Document>> {
    let row: Option<(String, Vec<u8>)> = on!(conn, c => sqlx::query_as("SELECT name, bytes FROM files WHERE id = $1")
        .bind(id).fetch_optional(c).await)?;
    Ok(row.map(|(name, bytes)| Document { name, bytes }))
}

/// A letter needs its file no more. One that nobody needs goes: it may hold codes or the data of children.
pub async fn drop_file(tx: &mut Tx, id: FileId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE files SET uses = uses - 1 WHERE id = $1").bind(id).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query("DELETE FROM files WHERE id = $1 AND uses <= 0").bind(id).execute(c).await.map(drop))?;
    Ok(())
}

/// A letter of the outbox.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Which.
    pub id: LetterId,
    /// To which chat.
    pub chat: i64,
    /// JSON of the letter.
    pub letter: String,
    /// How often it was tried.
    pub tries: i64,
    /// The highest message id known when sending began.
    pub floor_id: i64,
    /// The message of the former letter, when it is about one.
    pub target_id: Option<i64>,
    /// The chat of the former letter.
    pub target_chat: Option<i64>,
    /// Whether it is about a former letter at all.
    pub about_id: Option<LetterId>,
}

macro_rules! letters {
    ($where:literal) => {
        concat!(
            "SELECT o.id, o.chat, o.letter, o.tries, o.floor_id, r.message_id AS target_id, f.chat AS target_chat,
                    o.about_id
             FROM outbox o LEFT JOIN outbox f ON f.id = o.about_id
             LEFT JOIN receipts r ON r.outbox_id = o.about_id WHERE ",
            $where
        )
    };
}

/// Letters that can leave now: due, the oldest unsent one of each chat, and not about one that is still to leave. What is
/// more urgent waits for none that is less so, and nothing waits for what isn't due yet.
pub async fn ready(conn: &mut Conn, transport: &str, now: DateTime<Utc>) -> anyhow::Result<Vec<Row>> {
    Ok(on!(conn, c => sqlx::query_as(letters!(
        "o.state = 'waiting' AND o.transport = $1 AND o.due_at <= $2
         AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.chat = o.chat AND e.state IN ('waiting', 'sending')
                         AND e.transport = o.transport AND e.id < o.id
                         AND (e.state = 'sending' OR e.urgency <= o.urgency AND e.due_at <= $2))
         AND (f.id IS NULL OR f.state NOT IN ('waiting', 'sending'))
         ORDER BY o.urgency, o.due_at, o.id LIMIT 100"
    )).bind(transport).bind(now).fetch_all(c).await)?)
}

/// Messages of a chat that are letters with a receipt, past a message id.
pub async fn receipts_past(conn: &mut Conn, (transport, chat): (&str, i64), floor: i64) -> anyhow::Result<Vec<i64>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT r.message_id FROM receipts r JOIN outbox o ON o.id = r.outbox_id
         WHERE r.message_id > $3 AND o.transport = $1 AND o.chat = $2",
    ).bind(transport).bind(chat).bind(floor).fetch_all(c).await)?)
}

/// Letters whose sending was begun and has no receipt.
pub async fn unsettled(conn: &mut Conn, transport: &str) -> anyhow::Result<Vec<Row>> {
    Ok(
        on!(conn, c => sqlx::query_as(letters!("o.state = 'sending' AND o.transport = $1 ORDER BY o.id"))
        .bind(transport).fetch_all(c).await)?,
    )
}

/// When the next letter is due.
pub async fn next_due(conn: &mut Conn, transport: &str, after: DateTime<Utc>) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT due_at FROM outbox WHERE state = 'waiting' AND transport = $1 AND due_at > $2 ORDER BY due_at LIMIT 1",
    ).bind(transport).bind(after).fetch_optional(c).await)?)
}

/// Sending begins; the highest known message id says where to look for the letter after a crash.
pub async fn begin(tx: &mut Tx, id: LetterId, floor: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE outbox SET state = 'sending', tries = tries + 1, floor_id = $2 WHERE id = $1")
        .bind(id).bind(floor).execute(c).await.map(drop))?;
    Ok(())
}

/// It arrived.
pub async fn receipt(tx: &mut Tx, id: LetterId, message: i64, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("INSERT INTO receipts (outbox_id, message_id, at) VALUES ($1, $2, $3) ON CONFLICT (outbox_id) DO NOTHING")
        .bind(id).bind(message).bind(now).execute(c).await.map(drop))?;
    set_state(tx, id, "sent", "").await
}

/// The poll that arrived with a letter has this name: votes speak of it.
pub async fn keep_poll(tx: &mut Tx, id: LetterId, poll: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE receipts SET poll_id = $2 WHERE outbox_id = $1")
        .bind(id).bind(poll).execute(c).await.map(drop))?;
    Ok(())
}

/// The key of the letter that brought a poll, with its chat; `None` before its receipt is kept.
pub async fn letter_of_poll(conn: &mut Conn, transport: &str, poll: &str) -> anyhow::Result<Option<(String, i64)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT o.key, o.chat FROM receipts r JOIN outbox o ON o.id = r.outbox_id WHERE r.poll_id = $1 AND o.transport = $2",
    ).bind(poll).bind(transport).fetch_optional(c).await)?)
}

/// A letter of days gone by: nobody carries it any more.
pub async fn left(tx: &mut Tx, key: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE outbox SET state = 'sent' WHERE key = $1").bind(key).execute(c).await.map(drop))?;
    Ok(())
}

/// A letter as it stands in a chat.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Standing {
    /// Which.
    pub id: LetterId,
    /// In which chat.
    pub chat: i64,
    /// JSON of the letter, or of the last one that changed it.
    pub letter: String,
    /// When it left.
    pub due_at: DateTime<Utc>,
}

/// The letters that stand in a messenger's chats, oldest first.
pub async fn standing(conn: &mut Conn, transport: &str) -> anyhow::Result<Vec<Standing>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT o.id, o.chat, o.due_at,
                COALESCE((SELECT e.letter FROM outbox e WHERE e.about_id = o.id AND e.state = 'sent'
                          ORDER BY e.id DESC LIMIT 1), o.letter) AS letter
         FROM outbox o WHERE o.transport = $1 AND o.state = 'sent' AND o.about_id IS NULL AND o.reason = ''
         ORDER BY o.due_at, o.id",
    ).bind(transport).fetch_all(c).await)?)
}

/// A messenger that begins anew has none of the messages that receipts speak of.
pub async fn forget_receipts(tx: &mut Tx) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM receipts").execute(c).await.map(drop))?;
    Ok(())
}

/// It waits again.
pub async fn wait(tx: &mut Tx, id: LetterId) -> anyhow::Result<()> {
    set_state(tx, id, "waiting", "").await
}

/// It is done with, though no new message is there.
pub async fn done(tx: &mut Tx, id: LetterId, reason: &str) -> anyhow::Result<()> {
    set_state(tx, id, "sent", reason).await
}

/// It will never arrive; the reason stays.
pub async fn fail(tx: &mut Tx, id: LetterId, reason: &str) -> anyhow::Result<()> {
    set_state(tx, id, "failed", reason).await
}

async fn set_state(tx: &mut Tx, id: LetterId, state: &str, reason: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE outbox SET state = $2, reason = $3 WHERE id = $1")
        .bind(id).bind(state).bind(reason).execute(c).await.map(drop))?;
    Ok(())
}

/// Letters of a chat that haven't begun to leave don't leave, by a pattern of their keys.
pub async fn take_back(tx: &mut Tx, transport: &str, chat: i64, keys: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE outbox SET state = 'sent', reason = 'taken back' WHERE transport = $1 AND chat = $2 AND state = 'waiting' AND key LIKE $3",
    ).bind(transport).bind(chat).bind(keys).execute(c).await.map(drop))?;
    Ok(())
}

/// Messages of a chat that arrived, by a pattern of their keys: the key, what it said at first, when it came.
pub async fn arrived(
    conn: &mut Conn,
    (transport, chat): (&str, i64),
    keys: &str,
) -> anyhow::Result<Vec<(String, Letter, DateTime<Utc>)>> {
    let rows: Vec<(String, String, DateTime<Utc>)> = on!(conn, c => sqlx::query_as(
        "SELECT o.key, o.letter, r.at FROM outbox o JOIN receipts r ON r.outbox_id = o.id
         WHERE o.transport = $1 AND o.chat = $2 AND o.state = 'sent' AND o.about_id IS NULL AND o.key LIKE $3
         ORDER BY o.id DESC",
    ).bind(transport).bind(chat).bind(keys).fetch_all(c).await)?;
    let mut letters = Vec::with_capacity(rows.len());
    for (key, letter, at) in rows {
        letters.push((key, serde_json::from_str(&letter)?, at));
    }
    Ok(letters)
}

/// The same over all chats.
pub async fn take_back_everywhere(tx: &mut Tx, keys: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE outbox SET state = 'sent', reason = 'taken back' WHERE state = 'waiting' AND key LIKE $1")
        .bind(keys).execute(c).await.map(drop))?;
    Ok(())
}

/// A letter goes for good, with its receipt: nothing says any more that it was sent to this chat. `false` while it is
/// being sent, or another one is that changes it.
pub async fn forget(tx: &mut Tx, key: &str) -> anyhow::Result<bool> {
    let busy: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM outbox o LEFT JOIN outbox e ON e.about_id = o.id
         WHERE o.key = $1 AND (o.state = 'sending' OR e.id IS NOT NULL)",
    ).bind(key).fetch_one(c).await)?;
    if busy > 0 {
        return Ok(false);
    }
    on!(tx, c => sqlx::query("DELETE FROM receipts WHERE outbox_id = (SELECT id FROM outbox WHERE key = $1)")
        .bind(key).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query("DELETE FROM outbox WHERE key = $1").bind(key).execute(c).await.map(drop))?;
    Ok(true)
}

/// How many letters still wait or are being sent.
pub async fn n_unsent(conn: &mut Conn) -> anyhow::Result<i64> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending')").fetch_one(c).await)?,
    )
}
