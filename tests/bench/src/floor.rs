//! The least that a browser needs for the same: one compressed answer, read and put into IndexedDB in one transaction.

use anyhow::{Context, Result};
use lantoa_tests::{person::Person, place, wait};
use std::{fs, io::Write as _};
use tempfile::TempDir;
use thirtyfour::Key;

/// As the server packs its answers.
const QUALITY: i32 = 5;
const NAME: &str = "floor.json";

/// How many rows the app's store holds.
pub const HELD: &str = "return new Promise((done, failed) => {
    const open = indexedDB.open('lantoa');
    open.onerror = () => failed(open.error);
    open.onsuccess = () => {
      const count = open.result.transaction('base').objectStore('base').count();
      count.onsuccess = () => { done(count.result); open.result.close(); };
    };
  })";

/// Who is signed in.
pub const PERSON: &str = "return fetch('/api/v1/session').then(it => it.json()).then(it => it.person)";

/// The app with one file more: all rows in one answer.
pub fn app_with(rows: &[String]) -> Result<TempDir> {
    let folder = place::folder()?;
    let built =
        std::env::var("LANTOA_APP").map_or_else(|_| place::root().join("target/app/dist"), Into::into);
    place::copy(&built, folder.path())?;
    let text = format!("[{}]", rows.join(","));
    fs::write(folder.path().join(NAME), &text)?;
    let params = brotli::enc::BrotliEncoderParams { quality: QUALITY, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &params)?;
    fs::File::create(folder.path().join(format!("{NAME}.br")))?.write_all(&packed)?;
    Ok(folder)
}

/// What the floor took.
pub struct Floor {
    pub millis: f64,
    pub kilobytes: f64,
}

/// Gets all rows in one answer and puts them into an empty database.
pub async fn measure(person: &Person) -> Result<Floor> {
    let code = "return (async () => {
        const open = indexedDB.open('floor');
        const db = await new Promise((done, failed) => {
          open.onupgradeneeded = () => open.result.createObjectStore('rows');
          open.onsuccess = () => done(open.result);
          open.onerror = () => failed(open.error);
        });
        const start = performance.now();
        const rows = await (await fetch('/floor.json', { cache: 'no-store' })).json();
        await new Promise((done, failed) => {
          const writing = db.transaction('rows', 'readwrite');
          const store = writing.objectStore('rows');
          for (const row of rows) store.put(row, row.record.id);
          writing.oncomplete = done;
          writing.onerror = () => failed(writing.error);
        });
        const took = performance.now() - start;
        const entry = performance.getEntriesByType('resource').find(it => it.name.endsWith('/floor.json'));
        return [took, entry.encodedBodySize];
      })()";
    let found = person.browser.script(code, vec![]).await?;
    let number = |place: usize| found[place].as_f64().context("the floor has no figures");
    Ok(Floor { millis: number(0)?, kilobytes: number(1)? / 1000.0 })
}

/// How long so many strict transactions with one write took, each. They begin where the app's do: on its page, when
/// somebody leaves a control into which something was typed. What the browser draws then is no part of either.
pub async fn strict_writes(person: &Person, count: usize) -> Result<Vec<f64>> {
    let code = "return (async () => {
        const open = indexedDB.open('floor');
        const db = await new Promise((done, failed) => {
          open.onupgradeneeded = () => open.result.createObjectStore('rows');
          open.onsuccess = () => done(open.result);
          open.onerror = () => failed(open.error);
        });
        const control = Object.assign(document.createElement('input'), { id: 'floor' });
        document.querySelector('main').prepend(control);
        window.floor = [];
        control.addEventListener('blur', () => {
          const start = performance.now();
          const writing = db.transaction('rows', 'readwrite', { durability: 'strict' });
          writing.objectStore('rows').put({ body: control.value + 'x'.repeat(300) }, window.floor.length);
          writing.oncomplete = () => window.floor.push(performance.now() - start);
          writing.commit();
        });
      })()";
    person.browser.script(code, vec![]).await?;
    for n in 1..=count {
        person.browser.write("#floor", &format!("Nguyễn Thị Hoa {n}")).await?;
        person.browser.find("#floor").await?.send_keys(Key::Tab).await?;
        wait::until("a write", async || {
            let done = person.browser.script("return window.floor.length", vec![]).await?;
            Ok((done.as_u64() == Some(n as u64)).then_some(()))
        })
        .await?;
    }
    let found = person.browser.script("return window.floor", vec![]).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect())
}
