//! A person scrolls through the whole library, and asks for more wherever there is more.

use super::{PHONE, intake::numbers, shelf};
use crate::figures::{quantile, tell, tell_at_least};
use anyhow::{Context, Result, ensure};
use lantoa_tests::{browser::Kind, person::Person, server::Server, wait};
use serde_json::json;
use std::time::Duration;

/// How far a frame scrolls, in pixels: a finger that is in a hurry.
const STEP: u32 = 100;
/// How many items are looked through on a slow phone.
const ON_PHONE: usize = 1_000;
/// How long that may take.
const PATIENCE: Duration = Duration::from_secs(600);
/// What the design wants: frames in a second, and milliseconds of the longest task.
const FRAMES: f64 = 60.0;
const TASK: f64 = 50.0;

/// Scrolls a step a frame, presses what asks for more as soon as it is on screen, and ends when so many items are
/// there and the last was scrolled to. Told are the times between frames and the tasks that are long.
const SCROLL: &str = "const [wanted, step] = arguments;
    const run = window.run = { frames: [], tasks: [], shown: 0, done: false };
    new PerformanceObserver(list => run.tasks.push(...list.getEntries().map(it => it.duration)))
        .observe({ entryTypes: ['longtask'] });
    let before;
    const frame = now => {
        if (before !== undefined) run.frames.push(now - before);
        before = now;
        run.shown = document.querySelectorAll('[data-test=tile]').length;
        const root = document.scrollingElement;
        const isAtEnd = root.scrollTop + innerHeight >= root.scrollHeight - 2;
        if (isAtEnd && run.shown >= wanted) { run.done = true; return; }
        const more = document.querySelector('[data-test=gallery] ~ button.wide');
        if (more && more.getBoundingClientRect().top < innerHeight) more.click();
        scrollBy({ top: step, behavior: 'instant' });
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// Measures it.
pub async fn measure(server: &Server) -> Result<()> {
    let person = Person::signed_in(Kind::Chromium, server, "xa").await?;
    let (frames, _) = scroll(&person, shelf::COUNT).await?;
    let seconds = frames.iter().sum::<f64>() / 1000.0;
    tell_at_least(
        "a library of 5,000 items scrolled through on a desktop, frames",
        "/s",
        &[(frames.len() as f64 / seconds).round()],
        FRAMES,
    );
    tell("that, a frame", "ms", &frames, None);
    tell("that, the slowest of a hundred frames", "ms", &[quantile(&frames, 99)], None);
    person.browser.slow_down(PHONE).await?;
    let (_, tasks) = scroll(&person, ON_PHONE).await?;
    person.browser.slow_down(1).await?;
    let longest = tasks.iter().copied().fold(0.0, f64::max);
    let what = format!("{ON_PHONE} items scrolled through, {PHONE} times slower");
    tell(&format!("{what}, longest task above {TASK} ms"), "ms", &[longest], Some(TASK));
    tell(&format!("{what}, tasks above {TASK} ms"), "", &[tasks.len() as f64], Some(0.0));
    Ok(())
}

/// Looks through so many items from the top; returns the times of frames and of long tasks, in milliseconds.
async fn scroll(person: &Person, count: usize) -> Result<(Vec<f64>, Vec<f64>)> {
    person.open_page("/media?tab=library").await?;
    person.browser.find("[data-test=tile] img").await?;
    person.sync_is("synced").await?;
    person.browser.script(SCROLL, vec![json!(count), json!(STEP)]).await?;
    let seen = wait::until_within(PATIENCE, "the end of the library", async || {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let run = person.browser.script("return window.run.done ? window.run : null", vec![]).await?;
        Ok((!run.is_null()).then_some(run))
    })
    .await?;
    let shown = seen["shown"].as_u64().context("nothing was shown")?;
    ensure!(shown >= count as u64, "{shown} items were shown");
    Ok((numbers(&seen["frames"]), numbers(&seen["tasks"])))
}
