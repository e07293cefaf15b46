//! Storage: used and granted, for how many reports it is enough, whether the browser keeps it, and how to free some.

use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    browser,
    components::notice::{Kind, notice},
    i18n::{Say, common, status, trouble},
    state::{App, StoreTrouble, Whereabouts},
};
use lantoa_shared::{text::number, value::Decimal};
use leptos::task::spawn_local;

/// What a report takes at least, in bytes: with its background, its form's share and a document.
const LEAST_PER_REPORT: i64 = 400_000;

/// More reports than anybody will write.
const MANY: i64 = 500;

/// What the browser says about storage, in bytes.
#[derive(Clone, Copy)]
struct Room {
    used: i64,
    granted: i64,
}

impl Room {
    /// About how many more reports fit, if they are like those that are here: in tens from twenty on, and never more
    /// than [`MANY`], since nobody can know it better.
    fn fits(self, n_reports: usize) -> i64 {
        let n_reports = i64::try_from(n_reports).unwrap_or(i64::MAX).max(1);
        let fits = (self.granted - self.used).max(0) / (self.used / n_reports).max(LEAST_PER_REPORT);
        if fits < 20 { fits } else { (fits / 10 * 10).min(MANY) }
    }
}

/// The card.
pub(super) fn room(app: App, say: Say, all: RwSignal<Whereabouts>) -> AnyView {
    let room = RwSignal::new(None::<Room>);
    let is_persisted = RwSignal::new(None::<bool>);
    let freed = RwSignal::new(None::<Result<usize, StoreTrouble>>);
    let look = move || {
        spawn_local(async move {
            let now = ask().await;
            room.set(now);
            is_persisted.set(Some(browser::is_persisted().await));
        });
    };
    look();
    let used = move || match room.get() {
        Some(Room { used, granted }) => {
            say.with(status::STORAGE_OF, &[&megabytes(used), &megabytes(granted)])
        }
        None => "–".to_owned(),
    };
    let fits = move || match room.get() {
        // What a browser promises it does not always give.
        _ if app.trouble().get() == Some(StoreTrouble::Full) => say.text(status::ROOM_NONE).to_owned(),
        Some(room) => {
            let fits = room.fits(all.with(|all| all.reports.len()));
            let words = if fits < MANY { status::ROOM_FORECAST_OF } else { status::ROOM_FORECAST_MANY };
            say.with(words, &[&number::show(Decimal::new(fits, 0))])
        }
        None => "–".to_owned(),
    };
    let persisted = move || match is_persisted.get() {
        Some(true) => say.text(common::YES),
        Some(false) => say.text(common::NO),
        None => "–",
    };
    let persist = move |_| {
        spawn_local(async move {
            is_persisted.set(Some(browser::ask_to_persist().await));
        });
    };
    let free = move |_| {
        spawn_local(async move {
            let outcome = app.free_room().await;
            freed.set(Some(outcome));
            app.keep_again().await;
            look();
        });
    };
    let told = move || {
        freed.get().map(|freed| match freed {
            Ok(count) => {
                let told = say.with(status::ROOM_FREED, &[&count.to_string()]);
                notice(Kind::Success, told, String::new(), ().into_any())
            }
            Err(trouble) => {
                let sentence = say.text(trouble::store(trouble)).to_owned();
                notice(Kind::Error, say.text(trouble::STORE_TITLE).to_owned(), sentence, ().into_any())
            }
        })
    };
    view! {
        <section class="card" id="room">
            <header class="card-head"><h2 class="card-title">{say.of(status::ROOM)}</h2></header>
            <div class="stack">
                <dl class="facts grid-3">
                    <div><dt>{say.of(status::STORAGE)}</dt><dd>{words(used)}</dd></div>
                    <div><dt>{say.of(status::ROOM_FORECAST)}</dt><dd>{words(fits)}</dd></div>
                    <div><dt>{say.of(status::ROOM_PERSISTED)}</dt><dd data-test="persisted">{live(persisted)}</dd></div>
                </dl>
                <p class="soft">{say.of(status::ROOM_NOTE)}</p>
                <div class="cluster">
                    {live(move || (is_persisted.get() == Some(false)).then(|| view! {
                        <button type="button" class="button quiet" data-test="persist" on:click=persist>
                            {say.of(status::EVICTED_PERSIST)}
                        </button>
                    }))}
                    <button type="button" class="button plain" data-test="free-room" on:click=free>
                        {say.of(status::ROOM_FREE)}
                    </button>
                    {live(move || app.trouble().get().map(|_| view! {
                        <button
                            type="button"
                            class="button quiet"
                            on:click=move |_| spawn_local(async move { app.keep_again().await })
                        >
                            {say.of(status::ROOM_TRY)}
                        </button>
                    }))}
                </div>
                <div role="status">{live(told)}</div>
            </div>
        </section>
    }
    .into_any()
}

/// Storage used and granted, where the browser tells.
async fn ask() -> Option<Room> {
    let (used, granted) = browser::storage().await?;
    let whole = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    Some(Room { used: whole(used), granted: whole(granted) })
}

/// Megabytes, with tenths where there are few: whole numbers, because writing fractions of floating numbers would
/// cost the app 15 kB.
fn megabytes(bytes: i64) -> String {
    let tenths = bytes / 100_000;
    number::show(if tenths > 1000 { Decimal::new(tenths / 10, 0) } else { Decimal::new(tenths, 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forecast_goes_by_the_reports_that_are_here() {
        let room = Room { used: 20_000_000, granted: 100_000_000 };
        assert_eq!(room.fits(10), 40);
        assert_eq!(room.fits(0), 4);
        // Small reports do not promise room for millions.
        assert_eq!(room.fits(1_000_000), 200);
        assert_eq!(Room { used: 9, granted: 5 }.fits(1), 0);
    }
}
