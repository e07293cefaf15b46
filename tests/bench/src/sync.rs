//! What sync costs in a real Chromium, beside the least that the same browser needs for the same bytes.
//!
//! It knows the inside: it puts ten thousand records into the database, which no person could file in an afternoon.

use crate::{
    figures::{middle, quantile, tell},
    floor, records,
};
use anyhow::{Context, Result, ensure};
use lantoa_shared::{
    op::{Act, Dot, Op, Path},
    sync::rescue::{Rescue, RescuedOp},
    value::Value,
};
use lantoa_tests::{browser::Kind, person::Person, server::Server, wait};
use serde_json::Value as Json;

/// How often the first sync is made, each time in a browser that was never used.
const FIRST_SYNCS: usize = 3;
/// How many ops somebody brings in a file.
const BROUGHT: u64 = 1000;
/// How often a field is filled in.
const TYPED: u32 = 40;

/// Measures it.
pub async fn measure() -> Result<()> {
    let mut server = Server::demo()?;
    server.stop()?;
    let rows = records::add(server.data()).await?;
    server.deliver(floor::app_with(&rows)?);
    server.start_again()?;
    first_sync(&server).await?;
    let mut server = Server::demo()?;
    push(&server).await?;
    type_fields(&server).await?;
    server.stop()
}

async fn first_sync(server: &Server) -> Result<()> {
    let (mut times, mut bytes, mut requests) = (Vec::new(), Vec::new(), Vec::new());
    let (mut least, mut least_bytes) = (Vec::new(), Vec::new());
    for _ in 0..FIRST_SYNCS {
        let person = Person::signed_in(Kind::Chromium, server, "truong").await?;
        let took =
            wait::until("the first sync", async || Ok(person.measures("first-sync").await?.first().copied()))
                .await?;
        let held = person.browser.script(floor::HELD, vec![]).await?;
        ensure!(held.as_u64().is_some_and(|held| held >= records::COUNT as u64), "only {held} rows are held");
        times.push(took);
        let pulls = pulls(&person).await?;
        requests.push(pulls.len() as f64);
        bytes.push(pulls.iter().sum::<f64>() / 1000.0);
        let floor = floor::measure(&person).await?;
        least.push(floor.millis);
        least_bytes.push(floor.kilobytes);
    }
    let what = format!("{} records of 1.5 kB into an empty browser", records::COUNT);
    tell(&format!("{what}, floor: one answer, one insert"), "ms", &least, None);
    tell(&what, "ms", &times, Some(2.0 * middle(&least)));
    tell(&format!("{what}, floor"), "kB", &least_bytes, None);
    tell(&what, "kB", &bytes, Some(1.2 * middle(&least_bytes)));
    tell(&format!("{what}, requests"), "", &requests, Some(20.0));
    tell(&format!("{what}, against the floor"), "×", &[middle(&times) / middle(&least)], Some(2.0));
    Ok(())
}

/// The bytes of each answer to a pull.
async fn pulls(person: &Person) -> Result<Vec<f64>> {
    let code = "return performance.getEntriesByType('resource').filter(it => it.name.endsWith('/sync/pull'))
        .map(it => it.encodedBodySize)";
    let found = person.browser.script(code, vec![]).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(Json::as_f64).collect())
}

/// Somebody brings a file with a thousand answers; they go up from this browser.
async fn push(server: &Server) -> Result<()> {
    let person = Person::signed_in(Kind::Chromium, server, "truong").await?;
    person.sync_is("synced").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("rescue.json");
    std::fs::write(&file, brought(&person).await?.write())?;
    person.opens_a_rescue_file(&file, "taken").await?;
    let code =
        "const found = performance.getEntriesByType('resource').filter(it => it.name.endsWith('/sync/push'));
        return found.length ? [found[0].startTime, found.at(-1).responseEnd, found.length] : null";
    person.sync_is("synced").await?;
    let found = wait::until("the push", async || {
        let found = person.browser.script(code, vec![]).await?;
        let n_pushes = found[2].as_u64().unwrap_or_default();
        Ok((n_pushes >= BROUGHT.div_ceil(lantoa_shared::wire::v1::MAX_OPS as u64)).then_some(found))
    })
    .await?;
    let at = |place: usize| found[place].as_f64().context("the timeline has no times");
    tell("1,000 new answers pushed by a browser", "ms", &[at(1)? - at(0)?], Some(400.0));
    Ok(())
}

async fn brought(person: &Person) -> Result<Rescue> {
    let me = person.browser.script(floor::PERSON, vec![]).await?;
    let word =
        |key: &str| me[key].as_str().map(str::to_owned).context("the page does not know who is signed in");
    let (id, report) = (word("id")?, "FA:2026-year:TH-0001");
    let op = |n: u64| {
        let dot = |n| Dot::new("brought", n);
        let base = if n == 1 { Vec::new() } else { vec![dot(n - 1)] };
        let value = Some(Value::Text(format!("Nguyễn Thị Hoa {n}")));
        let act = Act::Set { path: Path::field("hdr_preparer_name"), base, value };
        let op = Op { at: 1_795_449_374_000, heard: None, person: id.clone(), record: report.into(), act };
        Ok(RescuedOp { dot: dot(n), body: serde_json::to_string(&op)? })
    };
    Ok(Rescue {
        made_at: 1_795_449_374_000,
        person: id.clone(),
        account: word("account")?,
        name: word("name")?,
        unit: "TH-0001".into(),
        ops: (1..=BROUGHT).map(op).collect::<Result<_>>()?,
        ..Rescue::default()
    })
}

/// From the key to the strict transaction that has ended, beside the same with nothing but IndexedDB.
async fn type_fields(server: &Server) -> Result<()> {
    let person = Person::signed_in(Kind::Chromium, server, "truong").await?;
    person.open_duty("FA", "2026-year").await?;
    for n in 1..=TYPED {
        person.answer("hdr_preparer_name", &format!("Nguyễn Thị Hoa {n}")).await?;
        person.saved("hdr_preparer_name").await?;
    }
    let ours = person.measures("field-saved").await?;
    let least = floor::strict_writes(&person, ours.len()).await?;
    tell("a field, floor: one strict write to IndexedDB", "ms", &least, None);
    tell("a field saved", "ms", &ours, None);
    let ratio = quantile(&ours, 95) / quantile(&least, 95);
    tell("a field saved, p95 against the floor's", "×", &[ratio], Some(2.0));
    Ok(())
}
