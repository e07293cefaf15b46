//! Two tabs of one browser, typed into at the same time.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{EVENTS, Fault, PUSH};
use lantoa_tests::wait;
use serde_json::json;

use crate::world::World;
use crate::writer::FIELDS;

/// Types a number after the other, slowly enough that each is saved, and goes on while nobody looks.
const TYPE: &str = "
const [css, numbers] = arguments;
const input = document.querySelector(css);
input.focus();
const type = () => {
  if (!numbers.length) return;
  input.value = numbers.shift();
  input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
  setTimeout(type, 400);
};
type();";

/// Fields into which nobody types at once.
const UNTOUCHED: [&str; 2] = [FIELDS[8], FIELDS[9]];

/// How many numbers are typed into each tab in one round: a hidden tab whose timers follow one another more often is
/// slowed down to one a minute.
const NUMBERS: usize = 4;

mod of_two_tabs_typed_into_at_once_one_sends_and_both_see_all {
    in_browsers!(super::of_two_tabs; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn of_two_tabs(kind: Kind) -> Result<()> {
    let mut world = World::new("open_tabs", kind)?;
    let mut writer = world.writer().await?;
    let first = writer.person.browser.tab().await?;
    let second = writer.person.browser.open_tab().await?;
    writer.opens_the_section().await?;
    wait::until("one tab to listen", async || Ok((world.proxy.under_way(EVENTS) == 1).then_some(()))).await?;
    for (tab, field) in [&first, &second].into_iter().zip(UNTOUCHED) {
        writer.person.browser.look_at(tab).await?;
        let before = world.proxy.begun(Fault::Pass, PUSH);
        // One digit, so one stroke: whatever the machine does meanwhile, it is saved at once.
        writer.answers_in(field).await?;
        world.settle("two tabs at once", 0, &mut writer).await?;
        let n_pushes = world.proxy.begun(Fault::Pass, PUSH) - before;
        ensure!(n_pushes == 1, "one answer was sent by {n_pushes} pushes");
    }

    for round in 0..world.rounds {
        let at = 2 * round % (FIELDS.len() - UNTOUCHED.len());
        let fields = [FIELDS[at], FIELDS[at + 1]];
        for (tab, field) in [&first, &second].into_iter().zip(fields) {
            let numbers: Vec<i64> = (0..NUMBERS).map(|_| writer.next()).collect();
            writer.person.browser.look_at(tab).await?;
            let input = json!(format!("[data-field={field}] input"));
            writer.person.browser.script(TYPE, vec![input, json!(numbers)]).await?;
            numbers.iter().for_each(|number| writer.remember(field, *number));
        }
        for tab in [&first, &second] {
            writer.person.browser.look_at(tab).await?;
            writer.sees_all().await?;
            for field in fields {
                writer.person.saved(field).await?;
            }
        }
        world.holds_all(&writer).await?;
    }
    world.settle("two tabs at once", world.rounds, &mut writer).await
}

// WebKit's second tab is a window of its own already.
mod of_two_windows_side_by_side_the_one_typed_into_sends {
    in_browsers!(super::of_two_windows; in_chromium: Chromium, in_firefox: Firefox);
}

/// Both are seen at once, so neither is asked to give way by being hidden.
async fn of_two_windows(kind: Kind) -> Result<()> {
    let mut world = World::new("open_tabs side by side", kind)?;
    let mut writer = world.writer().await?;
    let first = writer.person.browser.tab().await?;
    let second = writer.person.browser.open_window().await?;
    writer.opens_the_section().await?;
    for round in 0..2 * world.rounds {
        for (here, there) in [(&first, &second), (&second, &first)] {
            writer.person.browser.look_at(here).await?;
            let is_seen = writer.person.browser.script("return document.visibilityState", vec![]).await?;
            ensure!(is_seen == "visible", "round {round}: a window is {is_seen}");
            writer.answers().await?;
            world.settle("two windows side by side", 0, &mut writer).await?;
            wait::until("one window to listen", async || {
                Ok((world.proxy.under_way(EVENTS) == 1).then_some(()))
            })
            .await?;
            writer.person.browser.look_at(there).await?;
            writer.sees_all().await?;
        }
    }
    world.settle("two windows side by side", world.rounds, &mut writer).await
}
