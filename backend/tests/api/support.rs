//! A centre that can be stopped and started again, and a phone that pushes and pulls.

use crate::engine;
use lantoa_backend::{
    Server,
    auth::token,
    config::{Config, Wanted},
    files::Home,
    store,
};
use lantoa_shared::map::Map;
use lantoa_shared::{
    duty::Duty,
    form::Form,
    op::{Act, Command, Op, Path},
    person::Person,
    record::Record,
    sync::{
        checksum::Checksum,
        device::compose_pull,
        outbox::{OutboxRow, compose_push},
        verdict::Verdict,
    },
    unit::Unit,
    value::Value,
    wire::v1::{PullAnswer, PullRequest, PushAnswer, PushRequest, RecordRow, RowKind},
};
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeMap,
    path::{Path as FilePath, PathBuf},
};
use tokio::{
    sync::{OnceCell, oneshot},
    task::JoinHandle,
};

/// A running server.
pub struct Centre {
    pub url: String,
    pub directory: Directory,
    app: Option<PathBuf>,
    demo: Option<usize>,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<std::io::Result<()>>>,
}

/// How many schools the demo has.
const DEMO_SCHOOLS: Option<usize> = Some(120);

pub use crate::engine::Directory;

/// A demo database, made once for all tests and copied for each.
static DEMO: OnceCell<Directory> = OnceCell::const_new();

fn config(data: &FilePath, app: Option<PathBuf>, demo: Option<usize>) -> Config {
    Config {
        data: data.to_owned(),
        place: engine::place(data),
        files: engine::home(data),
        programme: FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../programmes/hue-71"),
        app,
        listen: "127.0.0.1:0".parse().unwrap(),
        behind_proxy: false,
        public_url: None,
        demo,
        program: Some(env!("CARGO_BIN_EXE_lantoa").into()),
    }
}

/// A directory with a copy of the demo's database.
pub async fn copy_of_demo() -> Directory {
    let demo = DEMO
        .get_or_init(|| async {
            Directory::sweep().await;
            let directory = Directory::with_database().await;
            let server = Server::open(&config(&directory.0, None, DEMO_SCHOOLS)).await.unwrap();
            server.run(std::future::ready(())).await.unwrap();
            directory
        })
        .await;
    Directory::with_copy_of(demo).await
}

/// A fresh phone, signed in at the server with this address.
pub async fn phone_at(url: &str, account: &str) -> Phone {
    let http = browser();
    let answer = http
        .post(format!("{url}/api/v1/session"))
        .json(&json!({"account": account, "password": "lantoa-demo"}))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "{account} signs in");
    let answer: Json = answer.json().await.unwrap();
    let device = u128::from_str_radix(&token::random_hex::<16>(), 16).unwrap();
    Phone {
        http,
        url: url.to_owned(),
        device: uuid::Uuid::from_u128(device).to_string(),
        n: 0,
        person: serde_json::from_value(answer["person"].clone()).unwrap(),
        epoch: String::new(),
        cursors: Map::new(),
        rows: BTreeMap::new(),
        versions: BTreeMap::new(),
    }
}

fn browser() -> reqwest::Client {
    reqwest::Client::builder().cookie_store(true).build().unwrap()
}

impl Centre {
    /// A centre with a small demo.
    pub async fn start() -> Self {
        Self::with_app(None).await
    }

    /// A centre that delivers an app, too.
    pub async fn with_app(app: Option<PathBuf>) -> Self {
        let directory = copy_of_demo().await;
        Self::open(directory, app, DEMO_SCHOOLS).await
    }

    /// A centre that a proxy stands before.
    pub async fn behind_proxy() -> Self {
        let directory = copy_of_demo().await;
        let config = Config { behind_proxy: true, ..config(&directory.0, None, DEMO_SCHOOLS) };
        Self::open_with(directory, None, &config).await
    }

    /// A centre whose public pages are reached at this address.
    pub async fn known_as(url: &str) -> Self {
        let directory = copy_of_demo().await;
        let config = Config { public_url: Some(url.to_owned()), ..config(&directory.0, None, DEMO_SCHOOLS) };
        Self::open_with(directory, None, &config).await
    }

    /// A centre on this directory whose files are there.
    pub async fn with_files(directory: Directory, home: &Home) -> Self {
        let config = Config { files: home.clone(), ..config(&directory.0, None, DEMO_SCHOOLS) };
        Self::open_with(directory, None, &config).await
    }

    /// A centre on this directory that is no demo: what is not there already is not made.
    pub async fn real(directory: Directory) -> Self {
        Self::open(directory, None, None).await
    }

    async fn open(directory: Directory, app: Option<PathBuf>, demo: Option<usize>) -> Self {
        let config = config(&directory.0, app.clone(), demo);
        Self::open_with(directory, app, &config).await
    }

    async fn open_with(directory: Directory, app: Option<PathBuf>, config: &Config) -> Self {
        let demo = config.demo;
        let server = Server::open(config).await.unwrap();
        let url = format!("http://{}", server.address().unwrap());
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        Self { url, directory, app, demo, stop: Some(stop), task: Some(task) }
    }

    /// Stops the server as a signal would; gives back its data.
    pub async fn stop(mut self) -> Directory {
        self.end().await;
        self.directory
    }

    async fn end(&mut self) {
        let _ = self.stop.take().unwrap().send(());
        self.task.take().unwrap().await.unwrap().unwrap();
    }

    /// Stops the server, and starts it anew on the same data.
    pub async fn restart(mut self) -> Self {
        self.end().await;
        Self::open(self.directory, self.app, self.demo).await
    }

    /// What a server on the same data, with another programme, would be told.
    pub fn config_with(&self, programme: &FilePath) -> Config {
        Config { programme: programme.to_owned(), ..config(&self.directory.0, self.app.clone(), self.demo) }
    }

    /// Stops the server, and starts it anew on the same data with another programme.
    pub async fn restart_with(mut self, programme: &FilePath) -> Self {
        self.end().await;
        let config = self.config_with(programme);
        Self::open_with(self.directory, self.app, &config).await
    }

    /// A browser that is not signed in.
    pub fn browser(&self) -> reqwest::Client {
        browser()
    }

    /// A fresh phone, signed in.
    pub async fn phone(&self, account: &str) -> Phone {
        phone_at(&self.url, account).await
    }

    /// An operator's errand on this centre's data, while the server runs.
    pub async fn errand(&self, words: &[&str]) -> String {
        let words = words.iter().map(|word| (*word).to_owned());
        let arguments = engine::arguments(&self.directory.0).into_iter().chain(words);
        let wanted = Wanted::from_arguments(arguments, |_| None).unwrap().unwrap();
        let Wanted::Errand { place, errand } = wanted else { panic!("that is no errand") };
        lantoa_backend::office::run(&place, errand, || Ok("lantoa-demo".into())).await.unwrap()
    }

    /// Changes the database behind the server's back. Returns how many rows were.
    pub async fn change(&self, statement: &'static str) -> u64 {
        let mut connection = engine::connect(&self.directory.0).await;
        sqlx::query(statement).execute(&mut connection).await.unwrap().rows_affected()
    }

    /// Registers a unit like another one, with some changes, behind the server's back.
    pub async fn register(&self, like: &str, change: impl FnOnce(&mut Unit)) {
        let mut connection = engine::connect(&self.directory.0).await;
        let units = store::units::all(&mut connection).await.unwrap();
        let mut unit = units.into_iter().find(|unit| unit.code == like).unwrap();
        change(&mut unit);
        store::units::put(&mut connection, &unit).await.unwrap();
    }

    /// The store, as another process has it.
    pub async fn store(&self) -> store::Store {
        store::Store::open(&engine::place(&self.directory.0)).await.unwrap()
    }

    /// What the database says to a query that counts.
    pub async fn count(&self, query: &'static str) -> i64 {
        let mut connection = engine::connect(&self.directory.0).await;
        sqlx::query_scalar(query).fetch_one(&mut connection).await.unwrap()
    }
}

/// A phone with its outbox number and what it pulled.
pub struct Phone {
    pub http: reqwest::Client,
    pub url: String,
    pub device: String,
    pub n: u64,
    pub person: Person,
    pub epoch: String,
    pub cursors: Map<String, u64>,
    pub rows: BTreeMap<(String, RowKind, String), Json>,
    /// The version of each row.
    pub versions: BTreeMap<(String, RowKind, String), u64>,
}

impl Phone {
    /// The bytes of an op by this person.
    pub fn op(&self, record: &str, act: Act) -> String {
        let op = Op {
            at: 1_795_449_374_000,
            heard: None,
            person: self.person.id.clone(),
            record: record.into(),
            act,
        };
        serde_json::to_string(&op).unwrap()
    }

    /// A push of these bodies under the next numbers.
    pub fn compose(&mut self, bodies: Vec<String>) -> PushRequest {
        let rows = bodies.into_iter().map(|body| {
            self.n += 1;
            OutboxRow { n: self.n, ..OutboxRow::new(&self.person.id, body) }
        });
        compose_push(&self.epoch, &self.device, rows.collect()).0
    }

    /// Sends a push.
    pub async fn send(&self, request: &PushRequest) -> PushAnswer {
        let answer =
            self.http.post(format!("{}/api/v1/sync/push", self.url)).json(request).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// Pushes bodies; the verdicts in their order.
    pub async fn push(&mut self, bodies: Vec<String>) -> Vec<Verdict> {
        let request = self.compose(bodies);
        let answer = self.send(&request).await;
        assert_eq!(answer.acked_through, self.n);
        answer.verdicts.iter().map(|row| row.verdict).collect()
    }

    /// Sets one field, having seen what was pulled.
    pub async fn set(&mut self, record: &str, path: &str, value: impl Into<Option<Value>>) -> Verdict {
        let path = Path(path.into());
        let base = self.record(record).map(|record| record.base(&path)).unwrap_or_default();
        let body = self.op(record, Act::Set { path, base, value: value.into() });
        self.push(vec![body]).await[0]
    }

    /// Takes a step on the content that was pulled.
    pub async fn command(&mut self, record: &str, command: Command, note: &str) -> Verdict {
        let expect = self.record(record).unwrap_or_else(|| Record::new(record)).digest();
        let act = Act::Command { command, expect, note: note.into(), field_notes: Vec::new() };
        let body = self.op(record, act);
        self.push(vec![body]).await[0]
    }

    /// One pull.
    pub async fn pull_once(&self, request: &PullRequest) -> PullAnswer {
        let answer =
            self.http.post(format!("{}/api/v1/sync/pull", self.url)).json(request).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// Pulls until what is held is as it should be: what a server that runs finds out by itself takes some seconds.
    pub async fn pull_until(&mut self, holds: impl Fn(&Self) -> bool) {
        let late = std::time::Instant::now() + std::time::Duration::from_secs(30);
        loop {
            self.pull().await;
            if holds(self) {
                return;
            }
            assert!(std::time::Instant::now() < late, "it did not come in time");
            tokio::task::yield_now().await;
        }
    }

    /// Pulls until nothing is new. Returns the number of requests.
    pub async fn pull(&mut self) -> usize {
        for requests in 1.. {
            let answer = self.pull_once(&compose_pull(&self.epoch, &self.device, &self.cursors)).await;
            self.epoch = answer.epoch.clone();
            for name in &answer.drop {
                self.cursors.remove(name);
                self.rows.retain(|(bucket, _, _), _| bucket != name);
                self.versions.retain(|(bucket, _, _), _| bucket != name);
            }
            let more = answer.buckets.iter().any(|bucket| bucket.more);
            for bucket in answer.buckets {
                if bucket.reset {
                    self.rows.retain(|(name, _, _), _| *name != bucket.name);
                    self.versions.retain(|(name, _, _), _| *name != bucket.name);
                }
                for row in bucket.rows {
                    let key = (bucket.name.clone(), row.kind, row.id);
                    match row.body {
                        Some(body) => {
                            self.versions.insert(key.clone(), row.seq);
                            self.rows.insert(key, body);
                        }
                        None => {
                            self.versions.remove(&key);
                            self.rows.remove(&key);
                        }
                    }
                }
                if let Some(holds) = bucket.holds {
                    assert_eq!(
                        self.checksum(&bucket.name),
                        holds,
                        "{} is not what the centre says",
                        bucket.name
                    );
                }
                self.cursors.insert(bucket.name, bucket.cursor);
            }
            if !more {
                return requests;
            }
        }
        unreachable!("the loop ends by returning")
    }

    /// What it holds of a bucket.
    fn checksum(&self, bucket: &str) -> Checksum {
        let mut holds = Checksum::default();
        for ((name, kind, id), seq) in &self.versions {
            if name == bucket {
                holds.add(*kind, id, *seq);
            }
        }
        holds
    }

    /// The record as it was pulled, from the own unit before what others sent.
    pub fn record(&self, id: &str) -> Option<Record> {
        self.record_row(id).map(|row| row.record)
    }

    /// The row a record came in.
    pub fn record_row(&self, id: &str) -> Option<RecordRow> {
        let is_record = |kind| matches!(kind, RowKind::Record | RowKind::Entry);
        let mut found = self.rows.iter().filter(|((_, kind, row), _)| is_record(*kind) && row == id);
        let own = found.clone().find(|((bucket, _, _), _)| bucket.starts_with("unit:"));
        own.or_else(|| found.next()).map(|(_, body)| serde_json::from_value(body.clone()).unwrap())
    }

    /// The form of a duty, made from what was pulled.
    pub fn form(&self, duty: &Duty) -> Form {
        let choices = self
            .rows
            .iter()
            .filter(|((_, kind, _), _)| *kind == RowKind::Choices)
            .map(|((_, _, name), body)| (name.clone(), serde_json::from_value(body.clone()).unwrap()))
            .collect();
        let id = format!("{}.{}", duty.form, duty.form_version);
        let definition = self.rows[&("pub".to_owned(), RowKind::Form, id)].clone();
        Form::load(&serde_json::from_value(definition).unwrap(), &choices).unwrap()
    }

    /// The names of the buckets that were pulled.
    pub fn buckets(&self) -> Vec<&str> {
        self.cursors.keys().map(String::as_str).collect()
    }

    /// Gets an address of the API as JSON.
    pub async fn get(&self, path: &str) -> (u16, Json) {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or(Json::Null))
    }
}
