//! How much room the library may take on this device, and how much it takes.

use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    browser,
    i18n::{Say, status},
    state::{App, MEGABYTE, StockRoom},
};
use lantoa_shared::{text::number, value::Decimal};
use leptos::task::spawn_local;

/// The room that can be chosen, in megabytes.
const STEPS: [u64; 6] = [0, 100, 250, 500, 1000, 2000];

/// The card.
pub(super) fn library(app: App, say: Say) -> AnyView {
    let room = RwSignal::new(None::<StockRoom>);
    let granted = RwSignal::new(u64::MAX);
    let stock = app.stock();
    let look = move || {
        spawn_local(async move {
            room.set(Some(app.stock_room().await));
            if let Some((_, bytes)) = browser::storage().await {
                granted.set(bytes);
            }
        });
    };
    effect(move || {
        let _ = stock.get();
        look();
    });
    let used = move || {
        room.get().map_or_else(
            || "–".to_owned(),
            |StockRoom { used, count, .. }| {
                say.with(status::LIBRARY_HOLDS, &[&count.to_string(), &megabytes(used)])
            },
        )
    };
    let choose = move |event| {
        let Ok(megabytes) = event_target_value(&event).parse() else { return };
        spawn_local(async move {
            app.set_stock_budget(megabytes).await;
            look();
        });
    };
    let options = move || {
        let budget = room.get().map_or(0, |room| room.budget / MEGABYTE);
        let mut steps: Vec<u64> = STEPS.to_vec();
        // More than half of what the browser grants is not promised to anybody.
        steps.retain(|step| *step <= granted.get() / 2 / MEGABYTE);
        if !steps.contains(&budget) {
            let at = steps.iter().position(|step| *step > budget).unwrap_or(steps.len());
            steps.insert(at, budget);
        }
        let options = steps.into_iter().map(|step| {
            let is_chosen = step == budget;
            let label = move || match step {
                0 => say.text(status::LIBRARY_NONE).to_owned(),
                step => {
                    format!("{} MB", number::show(Decimal::new(i64::try_from(step).unwrap_or(i64::MAX), 0)))
                }
            };
            view! { <option value=step.to_string() selected=is_chosen>{words(label)}</option> }
        });
        options.collect_view()
    };
    view! {
        <section class="card" id="library">
            <header class="card-head"><h2 class="card-title">{say.of(status::LIBRARY)}</h2></header>
            <div class="stack">
                <p data-test="library-holds">
                    {words(used)}" "<a class="link" href="/media?tab=device">{say.of(status::LIBRARY_LIST)}</a>
                </p>
                <label class="stack tight">
                    <span class="small">{say.of(status::LIBRARY_ROOM)}</span>
                    <span class="control select">
                        <select class="input" data-test="library-room" on:change=choose>{live(options)}</select>
                    </span>
                </label>
                <p class="soft">{say.of(status::LIBRARY_NOTE)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// Megabytes, with tenths where there are few.
fn megabytes(bytes: u64) -> String {
    let tenths = i64::try_from(bytes / 100_000).unwrap_or(i64::MAX);
    number::show(if tenths > 1000 { Decimal::new(tenths / 10, 0) } else { Decimal::new(tenths, 1) })
}
