//! Two tabs of one browser, typed into at the same time.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{EVENTS, Fault, PULL, PUSH};
use lantoa_tests::wait;
use serde_json::{Value, json};

use crate::world::World;
use crate::writer::{FIELDS, Writer};

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

mod of_two_tabs_that_ask_at_once_the_answer_that_comes_too_late_changes_nothing {
    // WebKit's second tab is a window of its own: it hides no other, and what is shown again asks anew.
    in_browsers!(super::of_two_answers; in_chromium: Chromium, in_firefox: Firefox);
}

/// The first tab sends, and asks what is new; before it hears, the second one begins a record, sends it, and takes in
/// what is newer. A store that believed the first answer would hold other rows than the centre counts, take the centre
/// for a restored one, and make anew what is on its way.
async fn of_two_answers(kind: Kind) -> Result<()> {
    let mut world = World::new("open_tabs asking", kind)?;
    let mut writer = world.writer().await?;
    let first = writer.person.browser.tab().await?;
    let second = writer.person.browser.open_tab().await?;
    writer.opens_the_section().await?;
    world.settle("two tabs asking at once", 0, &mut writer).await?;
    let device = device_of(&writer).await?;
    for round in 0..world.rounds {
        writer.person.browser.look_at(&first).await?;
        writer.sees_all().await?;
        // Of what it sent itself; an answer in which nothing is new could change nothing.
        writer.answers().await?;
        world.proxy.make_on_next(Fault::HoldAnswer, PULL);
        world.proxy.until_begun(round + 1, Fault::HoldAnswer, PULL).await?;
        writer.person.browser.look_at(&second).await?;
        // Of what the first answer knows nothing, more rows are there by then.
        writer.person.begins_item("photo", "Sân trường").await?;
        writer.person.sync_is("synced").await?;
        let n_pulls = world.proxy.ended(Fault::Pass, PULL);
        world.proxy.make(Fault::Pass);
        world.proxy.until_ended(round + 1, Fault::HoldAnswer, PULL).await?;
        // What came too late is asked for again, by the tab that nobody looks at.
        world.proxy.until_ended(n_pulls + 1, Fault::Pass, PULL).await?;
        writer.person.browser.look_at(&first).await?;
        writer.sees_all().await?;
        world.settle("two tabs asking at once", 1, &mut writer).await?;
        ensure!(device_of(&writer).await? == device, "the store took another id");
    }
    Ok(())
}

/// The id of the store, as it is noted there.
async fn device_of(writer: &Writer) -> Result<Value> {
    let code = "const { promise, resolve, reject } = Promise.withResolvers();
        const opened = indexedDB.open('lantoa');
        opened.onerror = reject;
        opened.onsuccess = () => {
          const asked = opened.result.transaction('meta').objectStore('meta').get('identity');
          asked.onsuccess = () => { opened.result.close(); resolve(JSON.parse(asked.result).device); };
        };
        return promise;";
    writer.person.browser.script(code, vec![]).await
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
