//! Sync under load: records accepted per second with everything durable before the answer, and what a push and a pull
//! of one and of many take.
//!
//! Each client is a school of its own that reports on its own record, one record of 1.5 kB a request, as submissions
//! come in the week of a deadline. Beside it, measured in the same run, the floor: a file written and synced to the
//! same disk.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::figure::Figure;
use super::phone::Phone;
use super::running::{Running, errand};
use crate::test::postgres::Cluster;

/// Bytes of one record.
const RECORD: usize = 1500;
/// For how long each number of clients is watched.
const WATCHED: Duration = Duration::from_secs(5);
/// How many at once.
const CLIENTS: [usize; 2] = [1, 16];
/// How often single pushes and pulls are made.
const TIMES: usize = 30;
/// Most ops of one push (`lantoa_shared::wire::v1::MAX_OPS`).
const PUSH: usize = 200;
/// The demo's own school.
const REPORT: &str = "FA:2026-year:TH-0001";

/// What an engine should reach with 1 and 16 clients, in records a second.
struct Engine {
    name: &'static str,
    goals: [f64; 2],
}

/// Measures on both engines.
pub fn measure() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let data = tempfile::tempdir().context("a temporary directory")?;
    figures.extend(floors(data.path())?);
    let sqlite = Engine { name: "SQLite", goals: [1000.0, 3200.0] };
    figures.extend(on_engine(&sqlite, data.path(), None)?);
    let cluster = Cluster::start()?;
    let data = tempfile::tempdir().context("a temporary directory")?;
    // Three times what the peer reaches on the same engine.
    let postgres = Engine { name: "PostgreSQL", goals: [420.0, 963.0] };
    figures.extend(on_engine(&postgres, data.path(), Some(&cluster.url))?);
    Ok(figures)
}

/// How often a second a record can be written and synced at all, by one and by many.
fn floors(folder: &Path) -> Result<Vec<Figure>> {
    CLIENTS.iter().map(|clients| floor(folder, *clients)).collect()
}

fn floor(folder: &Path, clients: usize) -> Result<Figure> {
    let began = Instant::now();
    let counts = std::thread::scope(|scope| {
        let one = |client: usize| {
            scope.spawn(move || -> Result<usize> {
                let mut file = File::create(folder.join(format!("floor-{client}")))?;
                let mut count = 0;
                while began.elapsed() < WATCHED / 2 {
                    file.write_all(&[b'x'; RECORD])?;
                    file.sync_data()?;
                    count += 1;
                }
                Ok(count)
            })
        };
        let threads: Vec<_> = (0..clients).map(one).collect();
        let joined =
            threads.into_iter().map(|thread| thread.join().map_err(|_| anyhow::anyhow!("a writer panicked")));
        joined.map(|count| count.and_then(|count| count)).sum::<Result<usize>>()
    })?;
    Ok(Figure::once(
        &format!("floor: written and synced, {clients} at once"),
        "/s",
        rate(counts, began.elapsed()),
    ))
}

fn on_engine(engine: &Engine, data: &Path, database: Option<&str>) -> Result<Vec<Figure>> {
    drop(Running::start(data, database)?);
    let schools: Vec<String> = (0..CLIENTS[1]).map(|n| format!("TH-{:04}", 101 + n)).collect();
    for school in &schools {
        let (account, role) = (account(school), format!("{school}:preparer"));
        errand(
            data,
            database,
            &["account", "add", &account, "--name", &account, "--role", &role],
            "lantoa-demo",
        )?;
    }
    let (running, _) = Running::start(data, database)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut figures = Vec::new();
    runtime.block_on(async {
        let mut phones = Vec::new();
        for school in &schools {
            let (phone, _) = Phone::sign_in(&running.url, &account(school)).await?;
            // As phones do when they are signed in.
            phone.pull_all("gzip").await?;
            phones.push((phone, format!("FA:2026-year:{school}")));
        }
        for (clients, goal) in CLIENTS.into_iter().zip(engine.goals) {
            figures.extend(accept(engine.name, &running, &mut phones[..clients], goal).await?);
        }
        figures.extend(single(engine.name, &running.url).await?);
        anyhow::Ok(())
    })?;
    figures.extend(running.memory()?.into_iter().map(|figure| figure.of(engine.name)));
    Ok(figures)
}

fn account(school: &str) -> String {
    format!("bench.{}", school.to_lowercase())
}

/// Records accepted per second by so many clients, and what each took.
async fn accept(
    engine: &str,
    running: &Running,
    phones: &mut [(Phone, String)],
    goal: f64,
) -> Result<Vec<Figure>> {
    let clients = phones.len();
    let (began, before) = (Instant::now(), running.used());
    let each = phones.iter_mut().map(|(phone, record)| async move {
        let mut times = Vec::new();
        while began.elapsed() < WATCHED {
            times.push(phone.push(record, "hdr_preparer_name", 1, RECORD).await?);
        }
        anyhow::Ok(times)
    });
    let times = futures::future::try_join_all(each).await?.concat();
    let (took, count) = (began.elapsed(), times.len());
    let what = format!("{engine}, {clients} at once: records accepted, one a request");
    let mut figures = vec![Figure::once(&what, "/s", rate(count, took)).at_least(goal)];
    figures.extend(Figure::times(&format!("{engine}, {clients} at once: a record"), &times));
    if let (Some(before), Some(after)) = (before, running.used()) {
        let per_record = (after - before).as_secs_f64() * 1000.0 / precise(count);
        figures.push(
            Figure::once(&format!("{engine}, {clients} at once: processor a record"), "ms", per_record)
                .at_most(0.6),
        );
    }
    Ok(figures)
}

/// A thousand records pushed, one pushed, one pulled.
async fn single(engine: &str, url: &str) -> Result<Vec<Figure>> {
    let (mut phone, _) = Phone::sign_in(url, "truong").await?;
    let mut took = Duration::ZERO;
    for _ in 0..1000 / PUSH {
        took += phone.push(REPORT, "hdr_preparer_name", PUSH, RECORD).await?;
    }
    let millis = took.as_secs_f64() * 1000.0;
    let mut figures =
        vec![Figure::once(&format!("{engine}: 1,000 records pushed"), "ms", millis).at_most(400.0)];
    let (mut pushes, mut pulls) = (Vec::new(), Vec::new());
    phone.catch_up().await?;
    for _ in 0..TIMES {
        pushes.push(phone.push(REPORT, "hdr_preparer_name", 1, RECORD).await?);
        pulls.push(phone.catch_up().await?);
    }
    figures
        .extend(Figure::times(&format!("{engine}: one record pushed"), &pushes).map(|it| it.at_most(15.0)));
    figures.extend(Figure::times(&format!("{engine}: one change pulled"), &pulls).map(|it| it.at_most(15.0)));
    Ok(figures)
}

fn rate(count: usize, took: Duration) -> f64 {
    precise(count) / took.as_secs_f64()
}

#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
fn precise(count: usize) -> f64 {
    count as f64
}
