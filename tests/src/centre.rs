//! What the server holds, asked for over HTTP as any program of that person may: neither browser nor app stands
//! between a test and the truth.

use anyhow::{Context, Result, ensure};
use lantoa_shared::map::Map;
use lantoa_shared::op::Path;
use lantoa_shared::value::Value;
use lantoa_shared::wire::v1::{PROTOCOL, PullAnswer, PullRequest, RecordRow, RowKind};
use reqwest::StatusCode;
use serde_json::json;

use crate::server::Server;

/// A person's view of the centre.
pub struct Centre {
    http: reqwest::Client,
    start: String,
}

impl Centre {
    /// Signs in at the server itself, past whatever stands before it.
    pub async fn seen_by(server: &Server, account: &str, password: &str) -> Result<Self> {
        let http = reqwest::Client::builder().cookie_store(true).build()?;
        let centre = Self { http, start: server.page("") };
        let account = json!({ "account": account, "password": password });
        let answer =
            centre.http.post(format!("{}/api/v1/session", centre.start)).json(&account).send().await?;
        ensure!(answer.status().is_success(), "signing in: {}", answer.status());
        Ok(centre)
    }

    /// The record that fulfils the duty of this form and period; `None` as long as nothing of it arrived.
    pub async fn record(&self, form: &str, period: &str) -> Result<Option<RecordRow>> {
        let is_it = |row: &RecordRow| row.duty.form == form && row.duty.period.to_string() == period;
        self.row(RowKind::Record, is_it).await
    }

    /// The entry of a register whose field holds this text; `None` as long as nothing of it arrived.
    pub async fn entry(&self, field: &str, text: &str) -> Result<Option<RecordRow>> {
        let wanted = Value::Text(text.to_owned());
        let is_it = |row: &RecordRow| row.record.value(&Path::field(field)) == Some(&wanted);
        self.row(RowKind::Entry, is_it).await
    }

    /// The bytes of a file; `None` as long as it is not there.
    pub async fn file(&self, sha256: &str) -> Result<Option<Vec<u8>>> {
        let answer = self.http.get(format!("{}/api/v1/files/{sha256}", self.start)).send().await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        Ok(Some(answer.error_for_status()?.bytes().await?.to_vec()))
    }

    /// The last row of a kind that is wanted.
    async fn row(&self, kind: RowKind, is_it: impl Fn(&RecordRow) -> bool) -> Result<Option<RecordRow>> {
        let (mut cursors, mut epoch) = (Map::new(), String::new());
        let mut found = None;
        loop {
            let question =
                PullRequest { proto: PROTOCOL, epoch, cursors: cursors.clone(), device: None, most: None };
            let address = format!("{}/api/v1/sync/pull", self.start);
            let answer = self.http.post(address).json(&question).send().await?.error_for_status()?;
            let answer: PullAnswer = answer.json().await.context("the answer to a pull")?;
            let more = answer.buckets.iter().any(|bucket| bucket.more);
            for bucket in answer.buckets {
                cursors.insert(bucket.name, bucket.cursor);
                for row in bucket.rows.into_iter().filter(|row| row.kind == kind) {
                    let Some(body) = row.body else { continue };
                    let row: RecordRow = serde_json::from_value(body).context("a record")?;
                    if is_it(&row) {
                        found = Some(row);
                    }
                }
            }
            epoch = answer.epoch;
            if !more {
                return Ok(found);
            }
        }
    }
}
