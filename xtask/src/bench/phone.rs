//! A phone as the server sees it: a signed-in session that pulls, pushes and asks for tables.
//!
//! It says itself which encoding it takes and undoes it only after the clock has stopped, so that
//! the bytes counted are those on the wire and the time is the server's and the network's.

use std::io::Read as _;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, SET_COOKIE};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Bytes of an op besides its text, about.
const ENVELOPE: usize = 300;
/// The password of every account of the demo.
const PASSWORD: &str = "lantoa-demo";

/// One answer: how long it took, what it weighed on the wire, what it said.
pub struct Answer {
    /// From the first byte sent to the last byte received.
    pub took: Duration,
    /// Bytes of the body as it was sent.
    pub bytes: usize,
    /// The body.
    pub body: Value,
    cookie: Option<String>,
}

/// A signed-in session.
pub struct Phone {
    http: reqwest::Client,
    url: String,
    cookie: String,
    person: String,
    device: String,
    n: u64,
    known: Known,
}

/// How far somebody has read.
#[derive(Default)]
struct Known {
    epoch: String,
    cursors: Map<String, Value>,
}

/// A whole first pull.
pub struct Pulled {
    /// All answers together.
    pub took: Duration,
    /// Bytes of all bodies as they were sent.
    pub bytes: usize,
    /// How many answers it took.
    pub requests: usize,
    /// How many rows came.
    pub rows: usize,
}

impl Phone {
    /// Signs in; returns how long that took, too.
    pub async fn sign_in(url: &str, account: &str) -> Result<(Self, Duration)> {
        let mut phone = Self {
            http: reqwest::Client::new(),
            url: url.to_owned(),
            cookie: String::new(),
            person: String::new(),
            device: format!("bench-{account}").replace('.', "-"),
            n: 0,
            known: Known::default(),
        };
        let body = json!({"account": account, "password": PASSWORD});
        let answer = phone.ask("/api/v1/session", Some(&body), "identity").await?;
        phone.cookie = answer.cookie.context("no cookie came with the session")?;
        let person = answer.body["person"]["id"].as_str().context("the session names nobody")?;
        phone.person = person.to_owned();
        Ok((phone, answer.took))
    }

    /// The table of one form and period over the area of a unit.
    pub async fn table(&self, unit: &str, form: &str, period: &str) -> Result<Answer> {
        let path = format!("/api/v1/tables?unit={unit}&form={form}&period={period}");
        let answer = self.ask(&path, None, "br").await?;
        answer.body["coverage"]["due"].as_u64().context("the table counts nothing")?;
        Ok(answer)
    }

    /// Pulls everything from the beginning.
    pub async fn pull_all(&self, encoding: &str) -> Result<Pulled> {
        self.pull(&mut Known::default(), encoding).await
    }

    /// Pulls what is new since it was last called; returns how long that took.
    pub async fn catch_up(&mut self) -> Result<Duration> {
        let mut known = std::mem::take(&mut self.known);
        let pulled = self.pull(&mut known, "br").await?;
        self.known = known;
        Ok(pulled.took)
    }

    async fn pull(&self, known: &mut Known, encoding: &str) -> Result<Pulled> {
        let mut pulled = Pulled { took: Duration::ZERO, bytes: 0, requests: 0, rows: 0 };
        loop {
            let body =
                json!({"proto": 1, "epoch": known.epoch, "cursors": known.cursors, "device": self.device});
            let answer = self.ask("/api/v1/sync/pull", Some(&body), encoding).await?;
            pulled.took += answer.took;
            pulled.bytes += answer.bytes;
            pulled.requests += 1;
            answer.body["epoch"].as_str().context("an answer without an epoch")?.clone_into(&mut known.epoch);
            let mut more = false;
            for bucket in answer.body["buckets"].as_array().context("an answer without buckets")? {
                pulled.rows += bucket["rows"].as_array().map_or(0, Vec::len);
                more |= bucket["more"] == true;
                let name = bucket["name"].as_str().context("a bucket without a name")?;
                known.cursors.insert(name.to_owned(), bucket["cursor"].clone());
            }
            if !more {
                return Ok(pulled);
            }
        }
    }

    /// Pushes `count` ops of about so many bytes, each of which replaces what the one before it wrote into `field`.
    pub async fn push(&mut self, record: &str, field: &str, count: usize, bytes: usize) -> Result<Duration> {
        let mut ops = Vec::with_capacity(count);
        for _ in 0..count {
            let base = if self.n == 0 { vec![] } else { vec![format!("{}:{}", self.device, self.n)] };
            self.n += 1;
            let text = format!("Nguyễn Thị Hoa {} {}", self.n, "x".repeat(bytes.saturating_sub(ENVELOPE)));
            let value = json!({"type": "text", "value": text.trim_end()});
            let act = json!({"kind": "set", "path": field, "base": base, "value": value});
            let op =
                json!({"at": 1_795_449_374_000_i64, "person": self.person, "record": record, "act": act});
            let body = op.to_string();
            ops.push(json!({"n": self.n, "sha256": hash(&body), "body": body}));
        }
        let body = json!({"proto": 1, "epoch": "", "device": self.device, "ops": ops});
        let answer = self.ask("/api/v1/sync/push", Some(&body), "br").await?;
        let verdicts = answer.body["verdicts"].as_array().context("a push without verdicts")?;
        if verdicts.len() != count || verdicts.iter().any(|verdict| verdict["status"] != "applied") {
            bail!("not every op was applied: {}", answer.body);
        }
        Ok(answer.took)
    }

    /// One request; posts where there is a body. Any status but 200 is an error.
    async fn ask(&self, path: &str, body: Option<&Value>, encoding: &str) -> Result<Answer> {
        let url = format!("{}{path}", self.url);
        let request = match body {
            Some(body) => self.http.post(url).header(CONTENT_TYPE, "application/json").body(body.to_string()),
            None => self.http.get(url),
        };
        let request = request.header(ACCEPT_ENCODING, encoding).header(COOKIE, &self.cookie);
        let began = Instant::now();
        let answer = request.send().await.with_context(|| path.to_owned())?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let sent = answer.bytes().await.with_context(|| path.to_owned())?;
        let took = began.elapsed();
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let mut plain = Vec::new();
        match text(CONTENT_ENCODING) {
            Some("br") => brotli::Decompressor::new(&sent[..], 4096).read_to_end(&mut plain)?,
            Some("gzip") => flate2::read::GzDecoder::new(&sent[..]).read_to_end(&mut plain)?,
            _ => (&sent[..]).read_to_end(&mut plain)?,
        };
        if status != 200 {
            bail!("{path} answered {status}: {}", String::from_utf8_lossy(&plain));
        }
        let cookie = text(SET_COOKIE).and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        Ok(Answer { took, bytes: sent.len(), body: serde_json::from_slice(&plain)?, cookie })
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
