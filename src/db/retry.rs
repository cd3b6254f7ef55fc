//! Which failures of a database pass by themselves, and the loop that repeats a transaction over them.

/// How often a transaction is repeated when it collides with another.
pub(crate) const ATTEMPTS: u32 = 5;

/// Whether the same work may succeed when it is done again: a collision, a busy file, a lost connection.
pub fn is_transient(failure: &anyhow::Error) -> bool {
    failure
        .chain()
        .filter_map(|cause| cause.downcast_ref::<sqlx::Error>())
        .any(|cause| match cause {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
            // 40001, 40P01: PostgreSQL's serialisation failure and deadlock; 57P0x, 08xxx: the server goes or is gone;
            // 5, 261, 517: SQLite's BUSY.
            sqlx::Error::Database(told) => told.code().is_some_and(|code| {
                matches!(
                    code.as_ref(),
                    "40001" | "40P01" | "57P01" | "57P02" | "57P03" | "53300" | "5" | "261" | "517"
                ) || code.starts_with("08")
            }),
            _ => false,
        })
}

/// Whether two transactions collided, so that it is worth repeating this one at once.
pub(crate) fn is_collision(failure: &anyhow::Error) -> bool {
    failure
        .chain()
        .filter_map(|cause| cause.downcast_ref::<sqlx::Error>())
        .any(|cause| {
            cause
                .as_database_error()
                .and_then(sqlx::error::DatabaseError::code)
                .is_some_and(|code| matches!(code.as_ref(), "40001" | "40P01"))
        })
}

/// Runs a body in a transaction and commits it, again while it collides with others.
///
/// `transact!(db, tx => { store::add(&mut tx, …).await?; value })`. The body must have no effect outside its transaction.
macro_rules! transact {
    ($db:expr, $tx:ident => $body:expr) => {{
        let mut attempt = 1;
        loop {
            let outcome: anyhow::Result<_> = async {
                let mut $tx = $db.begin().await?;
                let value = $body;
                $tx.commit().await?;
                Ok(value)
            }
            .await;
            match outcome {
                Err(failure) if attempt < $crate::db::retry::ATTEMPTS && $crate::db::retry::is_collision(&failure) => {
                    attempt += 1
                }
                outcome => break outcome,
            }
        }
    }};
}
pub(crate) use transact;
