//! A photo as it comes from a camera, chosen on a cheap phone, until it is on the phone for good.

use super::{PHONE, memory, picture};
use crate::figures::tell;
use anyhow::{Context, Result, ensure};
use lantoa_tests::{browser::Kind, person::Person, place, server::Server, wait};
use serde_json::json;
use std::ops::Range;

/// Width and height of a photo of twelve megapixels.
const SIZE: (u32, u32) = (4032, 3024);
/// How much grain makes it as heavy as it is to be, in bytes.
const GRAIN: u8 = 20;
const BYTES: Range<usize> = 4_500_000..5_500_000;
/// How many are taken.
const COUNT: u64 = 7;
/// What the design wants, in milliseconds and in megabytes above what the page holds when nothing happens.
const MILLIS: f64 = 1500.0;
const MEGABYTES: f64 = 120.0;

/// Notes when a file is chosen, and when its field says that it is saved.
pub const WATCH: &str = "window.watch = {};
    document.addEventListener('change', () => { watch.began = performance.now(); }, { capture: true, once: true });
    const look = new MutationObserver(() => {
        if (watch.began && document.querySelector(arguments[0])) {
            watch.ended = performance.now();
            look.disconnect();
        }
    });
    look.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-saved'] });";

/// Measures it.
pub async fn measure(server: &Server) -> Result<()> {
    let folder = place::folder()?;
    let person = Person::signed_in(Kind::Chromium, server, "truong").await?;
    let browser = &person.browser;
    browser.be_phone(true).await?;
    let (mut times, mut most) = (Vec::new(), Vec::new());
    for n in 0..COUNT {
        let photo = picture::draw(SIZE.0, SIZE.1, GRAIN, n)?;
        ensure!(BYTES.contains(&photo.len()), "the photo has {} bytes", photo.len());
        let file = folder.path().join(format!("IMG_{n}.jpg"));
        std::fs::write(&file, &photo)?;
        person.open_page("/").await?;
        person.begins_item("photo", &format!("Ảnh {n}")).await?;
        person.sync_is("synced").await?;
        browser.script(WATCH, vec![json!("[data-field=files][data-saved=true]")]).await?;
        browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        let idle = memory::now(browser.profile())?;
        let watch = memory::Watch::begin(browser.profile())?;
        browser.slow_down(PHONE).await?;
        person.attaches("files", &file).await?;
        times.push(taken(&person).await?);
        browser.slow_down(1).await?;
        most.push(watch.end()? - idle);
        person.sync_is("synced").await?;
    }
    let what = format!("a photo of 12 megapixels and 5 MB from choice to saved, {PHONE} times slower");
    tell(&what, "ms", &times, Some(MILLIS));
    tell("that photo, memory above an idle page at most", "MB", &most, Some(MEGABYTES));
    Ok(())
}

/// How long it took from the choice to the mark, in milliseconds.
pub async fn taken(person: &Person) -> Result<f64> {
    wait::until("the file to be saved", async || {
        let code = "return window.watch.ended ? window.watch.ended - window.watch.began : null";
        Ok(person.browser.script(code, vec![]).await?.as_f64())
    })
    .await
    .context("nothing was saved")
}
