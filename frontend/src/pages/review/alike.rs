//! Items of the library whose pictures are like those of the item to be decided on: it may be there already.

use crate::api;
use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::icon::icon,
    i18n::{Say, desk},
    state::{App, Report},
};
use lantoa_shared::wire::v1::library::{self, LibraryItem};

/// So many pictures of one item are compared.
const COMPARED: usize = 5;

/// The card; nothing where nothing is alike, or nobody can be asked.
pub(super) fn alike(report: Report, app: App, say: Say) -> Option<AnyView> {
    report.duty().entry.as_ref()?;
    let files = report.record().with_untracked(|record| library::files(record).to_vec());
    let pictures = files.iter().filter(|file| file.mime.starts_with("image/")).take(COMPARED);
    let answers: Vec<_> = pictures.map(|file| app.alike(&file.sha256)).collect();
    let own = report.id();
    let found = memo(move || {
        let mut found: Vec<LibraryItem> = Vec::new();
        for answer in &answers {
            let items = answer.get().value.map(|answer| answer.items.clone()).unwrap_or_default();
            for item in items {
                if item.id != own && found.iter().all(|other| other.id != item.id) {
                    found.push(item);
                }
            }
        }
        found
    });
    let card = move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            let lines = found.iter().map(|item| line(say, item)).collect_view();
            view! {
                <section class="card" data-test="alike">
                    <header class="card-head"><h2 class="card-title">{say.of(desk::ALIKE)}</h2></header>
                    <p class="soft">{say.of(desk::ALIKE_NOTE)}</p>
                    <ul class="list">{lines}</ul>
                </section>
            }
        })
    };
    Some(live(card))
}

fn line(say: Say, item: &LibraryItem) -> AnyView {
    let picture = item.picture().map(|sha256| {
        view! { <img class="tile-mark" src=api::small_address(sha256) alt=item.alt.clone() loading="lazy" /> }
    });
    view! {
        <li>
            <a class="list-row" href=format!("/media/{}", item.id)>
                {picture}
                <span class="list-main">
                    <b class="list-title">{item.title.clone()}</b>
                    <span class="list-note">{say.both(&item.unit_name)}</span>
                </span>
                {icon("chevron-right")}
            </a>
        </li>
    }
    .into_any()
}
