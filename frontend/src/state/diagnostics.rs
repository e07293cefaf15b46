//! A text for whoever helps: how this device stands with the centre, and nothing of what anybody entered.

use super::engine::Engine;
use crate::{browser, store::StoreTrouble, sync};
use lantoa_shared::{map::Map, text::day};
use std::fmt::Write as _;

impl Engine {
    /// Versions, counts, verdicts, cursors, clock and last troubles. Names buckets and no person.
    pub async fn diagnostics(&self, version: &str) -> Result<String, StoreTrouble> {
        let (identity, contact) = (self.store.identity().await?, self.store.contact().await?);
        let (rows, kept) = (self.store.outbox().await?, self.store.kept().await?);
        let uploads = self.store.uploads().await?;
        let mut text = String::new();
        // Writing into a text cannot fail.
        let mut line = |name: &str, value: String| {
            let _ = writeln!(text, "{name}: {value}");
        };
        line("app", version.to_owned());
        line("at", day::show_moment(self.now()));
        line("device", start(&identity.device));
        line("epoch", start(&contact.epoch));
        line("last contact", contact.at.map(day::show_moment).unwrap_or_default());
        let Some(person) = identity.person else { return Ok(text) };
        line("clock ahead ms", contact.clock.ahead.to_string());
        line("round trip ms", contact.clock.round_trip.map(|it| it.to_string()).unwrap_or_default());
        line("shut out", contact.is_revoked.to_string());
        line("backup covers", contact.durable_seq.to_string());
        line("outbox", rows.len().to_string());
        line("outbox of others", rows.iter().filter(|row| row.person != person.id).count().to_string());
        line("kept for a backup", kept.len().to_string());
        line("files to go up", uploads.len().to_string());
        let mut verdicts: Map<String, usize> = Map::new();
        for row in &rows {
            let code = row.verdict.and_then(|verdict| serde_json::to_string(&verdict).ok());
            *verdicts.get_or_insert_with(code.unwrap_or_else(|| "none".to_owned()), || 0) += 1;
        }
        for (code, count) in &verdicts {
            line("verdict", format!("{code} × {count}"));
        }
        for (bucket, mark) in &self.store.marks().await? {
            // A person's own bucket bears the person's id.
            let bucket = bucket
                .split_once(':')
                .map_or(bucket.as_str(), |(kind, rest)| if kind == "user" { kind } else { rest });
            let flags = [(mark.is_renewing, " renewing"), (mark.is_partial, " partial")];
            let flags: String = flags.iter().filter(|(is_on, _)| *is_on).map(|(_, word)| *word).collect();
            line("bucket", format!("{bucket} at {} holds {}{flags}", mark.cursor, mark.holds.rows));
        }
        for (at, code) in sync::troubles() {
            line("trouble", format!("{} {code}", day::show_moment(at)));
        }
        line("browser", browser::window().navigator().user_agent().unwrap_or_default());
        Ok(text)
    }
}

/// Enough of an id to tell it from others, and not enough to use it.
fn start(id: &str) -> String {
    id.chars().take(8).collect()
}
