//! Clocks that are days off, and that jump while somebody types.

use anyhow::{Context, Result, ensure};
use lantoa_shared::op::Path;
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::proxy::Fault;
use serde_json::json;

use crate::world::{FORM, PERIOD, World};
use crate::writer::FIELDS;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Moves the page's clock; the page itself cannot tell.
const SHIFT: &str = "
const Real = window.RealDate ??= Date;
const shift = arguments[0];
window.Date = class extends Real {
  constructor(...parts) { if (parts.length) super(...parts); else super(Real.now() + shift); }
  static now() { return Real.now() + shift; }
};";

/// Clocks of two phones, in days off, and where the first one's jumps to.
const CLOCKS: [(i64, i64, i64); 2] = [(3, -3, -3), (-3, 3, 3)];

mod clocks_that_are_days_off_refuse_nothing_and_decide_nothing {
    in_browsers!(super::clocks_that_are_days_off; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn clocks_that_are_days_off(kind: Kind) -> Result<()> {
    let mut world = World::new("shift_clock", kind)?;
    let mut writer = world.writer().await?;
    let other = world.writer().await?.person;
    let field = FIELDS[0];
    for (own, others, jump) in CLOCKS {
        has_clock(&writer.person, own).await?;
        has_clock(&other, others).await?;
        writer.answers_in(field).await?;
        world.settle("clock days off", 1, &mut writer).await?;

        // Made later, whatever the clocks say: it stands, and no clash is made of it.
        other.holds(field, &writer.person.value(field).await?).await?;
        let number = writer.next();
        other.answer(field, &number.to_string()).await?;
        other.saved(field).await?;
        writer.remember(field, number);
        world.holds_all(&writer).await?;
        writer.person.holds(field, &number.to_string()).await?;

        // The clock jumps while something waits for the network.
        world.proxy.make(Fault::Offline);
        writer.answers().await?;
        writer.person.sync_is("offline").await?;
        has_clock(&writer.person, jump).await?;
        writer.answers().await?;
        world.proxy.make(Fault::Pass);
        world.settle("clock days off", 1, &mut writer).await?;
        for person in [&writer.person, &other] {
            ensure!(
                !person.browser.has("[data-clash], [data-test=attention]").await?,
                "something was not taken"
            );
        }
    }
    let record = world.centre().await?.record(FORM, PERIOD).await?.context("nothing arrived")?.record;
    ensure!(!record.is_clash(&Path::field(field)), "a clash stands at {field}");
    Ok(())
}

async fn has_clock(person: &Person, days_off: i64) -> Result<()> {
    person.browser.script(SHIFT, vec![json!(days_off * DAY_MS)]).await.map(drop)
}
