//! What one server process tells the others that share a PostgreSQL database: which buckets a commit changed.
//!
//! A notice is a hint, never content. It leaves with the commit of the transaction that it was given to, so nobody
//! is told of what did not happen. SQLite's file has one server; there is nobody to tell.

use super::{Connection, Place, Result};
use sqlx::postgres::PgListener;

/// What PostgreSQL calls the conversation.
const CHANNEL: &str = "lantoa";
/// PostgreSQL takes less than 8000 bytes.
const MOST_BYTES: usize = 7900;

/// Something that another process tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// These names were announced.
    Names(Vec<String>),
    /// The line was down for a while: anything may have happened.
    Missed,
}

/// Tells the other processes, once the transaction is committed. `own` is the name of this process.
///
/// # Errors
/// If the database fails.
pub async fn tell(
    tx: &mut Connection,
    own: &str,
    names: impl IntoIterator<Item = impl AsRef<str>>,
) -> Result<()> {
    if tx.backend_name() != "PostgreSQL" {
        return Ok(());
    }
    for payload in payloads(own, names) {
        sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(payload).execute(&mut *tx).await?;
    }
    Ok(())
}

/// The name of the process in the first line, then a name a line; as many as are needed.
fn payloads(own: &str, names: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    let mut payloads: Vec<String> = Vec::new();
    for name in names {
        let name = name.as_ref();
        match payloads.last_mut() {
            Some(payload) if payload.len() + 1 + name.len() <= MOST_BYTES => {
                payload.push('\n');
                payload.push_str(name);
            }
            _ => payloads.push(format!("{own}\n{name}")),
        }
    }
    payloads
}

/// The line on which the other processes are heard.
#[derive(Debug)]
pub struct Line {
    listener: PgListener,
    own: String,
}

impl Line {
    /// Listens from now on; `None` where there are no other processes.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn open(place: &Place, own: &str) -> Result<Option<Self>> {
        let Place::Url(url) = place else { return Ok(None) };
        let mut listener = PgListener::connect(url).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Self { listener, own: own.to_owned() }))
    }

    /// What another process tells next. A line that was cut is opened again by the next call.
    ///
    /// # Errors
    /// If the database cannot be reached; asking again tries again.
    pub async fn next(&mut self) -> Result<Notice> {
        loop {
            let Some(heard) = self.listener.try_recv().await? else { return Ok(Notice::Missed) };
            let mut lines = heard.payload().split('\n');
            if lines.next() != Some(&self.own) {
                return Ok(Notice::Names(lines.map(str::to_owned).collect()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_one_payload_go_into_the_next_and_none_is_lost() {
        let names: Vec<String> = (0..700).map(|n| format!("area:XP-{n:05}")).collect();
        let payloads = payloads("own", &names);
        assert!(payloads.len() > 1 && payloads.iter().all(|payload| payload.len() < 8000));
        let read: Vec<&str> = payloads.iter().flat_map(|payload| payload.split('\n').skip(1)).collect();
        assert_eq!(read, names);
    }
}
