//! Rows of a table: what is done twice is seen at once, because there would be two.

use anyhow::{Context, Result, ensure};
use lantoa_shared::op::Path;
use lantoa_shared::value::Value;
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{Fault, PUSH};
use serde_json::json;

use crate::world::{FORM, PERIOD, World};

const GROUP: &str = "activities";

const FAULTS: [Fault; 4] = [Fault::DropAnswer, Fault::Duplicate, Fault::CutAnswer, Fault::CutRequest];

mod a_row_added_on_a_bad_line_is_there_once {
    in_browsers!(super::a_row_is_there_once; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn a_row_is_there_once(kind: Kind) -> Result<()> {
    let mut world = World::new("add_rows", kind)?;
    let mut writer = world.writer().await?;
    let person = &writer.person;
    while !person.browser.has(&format!("[data-add-row={GROUP}]")).await? {
        ensure!(person.next().await?, "no section asks {GROUP}");
    }
    let mut rows = Vec::new();
    for round in 0..world.rounds {
        for fault in FAULTS {
            let before = world.proxy.ended(fault, PUSH);
            world.proxy.make(fault);
            person.add_row(GROUP).await?;
            let newest = "return [...document.querySelectorAll('[data-row]')].at(-1).dataset.row";
            let row = person.browser.script(newest, vec![]).await?;
            let row = row.as_str().context("a row without a name")?.to_owned();
            let name = format!("Hoạt động {round} · {}", fault.name());
            let path = Path::member(GROUP, &row, "name");
            let input = format!("[data-path='{path}'] input");
            person.browser.write(&input, &name).await?;
            person.browser.find(&format!("[data-path='{path}'][data-saved=true]")).await?;
            rows.push((row, name));
            world.proxy.until_ended(before + 1, fault, PUSH).await?;
            world.proxy.make(Fault::Pass);
        }
    }
    world.settle("rows added on a bad line", world.rounds, &mut writer).await?;
    let record = world.centre().await?.record(FORM, PERIOD).await?.context("nothing arrived")?.record;
    let mut held = record.rows(GROUP);
    let mut added: Vec<&str> = rows.iter().map(|(row, _)| row.as_str()).collect();
    held.sort_unstable();
    added.sort_unstable();
    ensure!(held == added, "{added:?} were added, {held:?} are there");
    for (row, name) in &rows {
        let entries = record.entries(&Path::member(GROUP, row, "name"));
        let is_right = matches!(entries, [only] if only.value == Some(Value::Text(name.clone())));
        ensure!(is_right, "{}", json!({ "typed": name, "held": entries }));
    }
    Ok(())
}
