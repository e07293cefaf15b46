//! A large file onto the phone, piece by piece, beside the least that the same page needs to write as many bytes.

use super::photo::{WATCH, taken};
use crate::figures::{middle, tell};
use anyhow::{Result, ensure};
use lantoa_tests::{browser::Kind, chance::Chance, person::Person, place, server::Server};
use serde_json::{Value as Json, json};

/// A field that takes any file as it is.
const FIELD: &str = "hdr_attachments";
/// How many pieces of a mebibyte a file has, and how many files there are.
const PIECES: usize = 16;
const FILES: usize = 4;
/// The app's transactions may take so much longer than bare ones.
const RATIO: f64 = 2.0;

/// Notes how long each transaction of the app takes that writes bytes of a file.
const NOTE: &str = "window.pieces = [];
    const own = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode, ...more) {
        const began = performance.now();
        const writing = own.call(this, stores, mode, ...more);
        if (mode === 'readwrite' && [...writing.objectStoreNames].join() === 'chunks') {
            writing.addEventListener('complete', () => window.pieces.push(performance.now() - began));
        }
        return writing;
    };";

/// Writes as many pieces, each in a strict transaction of its own; returns how long each took.
const FLOOR: &str = "return (async count => {
        const open = indexedDB.open('floor');
        const db = await new Promise((done, failed) => {
            open.onupgradeneeded = () => open.result.createObjectStore('rows');
            open.onsuccess = () => done(open.result);
            open.onerror = () => failed(open.error);
        });
        const times = [];
        for (let n = 0; n < count; n++) {
            const piece = new Uint8Array(1024 * 1024);
            for (let at = 0; at < piece.length; at += 65536) crypto.getRandomValues(piece.subarray(at, at + 65536));
            const began = performance.now();
            await new Promise((done, failed) => {
                const writing = db.transaction('rows', 'readwrite', { durability: 'strict' });
                writing.objectStore('rows').put(piece, `${began}|${n}`);
                writing.oncomplete = done;
                writing.onerror = () => failed(writing.error);
                writing.commit();
            });
            times.push(performance.now() - began);
        }
        db.close();
        return times;
    })(...arguments)";

/// Measures it.
pub async fn measure(server: &Server) -> Result<()> {
    let (folder, mut chance) = (place::folder()?, Chance::new(71));
    let person = Person::signed_in(Kind::Chromium, server, "truong").await?;
    // Nothing is to go up meanwhile.
    person.open_page("/sync").await?;
    person.browser.click("[data-test=uploads-paused]").await?;
    person.open_page("/").await?;
    person.open_duty("FA", "2026-year").await?;
    person.walk_to(FIELD).await?;
    person.browser.script(NOTE, vec![]).await?;
    let (mut least, mut whole) = (Vec::new(), Vec::new());
    for n in 0..FILES {
        let bytes: Vec<u8> =
            (0..PIECES * 1024 * 1024 / 8).flat_map(|_| chance.number().to_le_bytes()).collect();
        let file = folder.path().join(format!("{n}.zip"));
        std::fs::write(&file, &bytes)?;
        least.extend(numbers(&person.browser.script(FLOOR, vec![json!(PIECES)]).await?));
        // The mark of the file before goes as soon as this one is begun.
        person.browser.script(WATCH, vec![json!(format!("[data-field={FIELD}][data-saved=true]"))]).await?;
        person.attaches(FIELD, &file).await?;
        let took = taken(&person).await?;
        whole.push(took / PIECES as f64);
    }
    let pieces = numbers(&person.browser.script("return window.pieces", vec![]).await?);
    ensure!(pieces.len() == FILES * PIECES, "{} pieces were written", pieces.len());
    tell("a piece of 1 MiB, floor: one strict write to IndexedDB", "ms", &least, None);
    tell("a piece of 1 MiB written by the app", "ms", &pieces, None);
    tell("a piece written, against the floor", "×", &[middle(&pieces) / middle(&least)], Some(RATIO));
    tell("a piece of a file read, hashed and written", "ms", &whole, None);
    Ok(())
}

/// The numbers of a list.
pub fn numbers(list: &Json) -> Vec<f64> {
    list.as_array().into_iter().flatten().filter_map(Json::as_f64).collect()
}
