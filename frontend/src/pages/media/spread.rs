//! How far an item spread that is pinned for all units: who has it, who opened it, and who is silent (R5, R36).

use super::{super::figures::answered, library::UNREACHED};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    i18n::{Say, Text, media, sorted},
    state::App,
};
use lantoa_shared::{
    text::day,
    wire::v1::receipts::{ReceiptsAnswer, UnitReceipts},
};

/// What the centre knows of it.
pub fn spread(app: App, say: Say, id: &str) -> AnyView {
    let found = app.receipts(id);
    live(move || answered(say, &found.get(), &UNREACHED, |answer| told(say, answer)))
}

fn told(say: Say, ReceiptsAnswer { units }: &ReceiptsAnswer) -> AnyView {
    let all = units.len();
    let (opened, others): (Vec<_>, Vec<_>) = units.iter().cloned().partition(|unit| unit.opened > 0);
    let (here, silent): (Vec<_>, Vec<_>) = others.into_iter().partition(|unit| unit.here > 0);
    let count = |label: Text, count: usize, code: &'static str| {
        let told = move || say.with(media::OF_UNITS, &[&count.to_string(), &all.to_string()]);
        view! { <div data-test=code><dt>{say.of(label)}</dt><dd>{words(told)}</dd></div> }
    };
    view! {
        <dl class="facts">
            {count(media::SPREAD_HERE, opened.iter().filter(|unit| unit.here > 0).count() + here.len(), "units-here")}
            {count(media::SPREAD_OPENED, opened.len(), "units-opened")}
        </dl>
        {part(say, media::SPREAD_SILENT, silent)}
        {part(say, media::SPREAD_UNOPENED, here)}
        {part(say, media::SPREAD_READERS, opened)}
    }
    .into_any()
}

/// The units of one kind, folded: of a whole city there are hundreds.
fn part(say: Say, title: Text, units: Vec<UnitReceipts>) -> Option<AnyView> {
    if units.is_empty() {
        return None;
    }
    let count = units.len();
    let lines = move || {
        let named = sorted(units.clone(), |_| 0, |unit| unit.name.get(say.language()));
        named.into_iter().map(|unit| line(say, unit)).collect_view()
    };
    let head = move || format!("{} ({count})", say.text(title));
    let part = view! {
        <details class="disclosure">
            <summary>{words(head)}</summary>
            <ul class="plain">{live(lines)}</ul>
        </details>
    };
    Some(part.into_any())
}

fn line(say: Say, unit: UnitReceipts) -> AnyView {
    let UnitReceipts { name, people, here, opened, here_at, opened_at, .. } = unit;
    let note = move || match (opened_at, here_at) {
        (Some(at), _) => say
            .with(media::SPREAD_READ_AT, &[&day::show_moment(at), &opened.to_string(), &people.to_string()]),
        (None, Some(at)) => {
            say.with(media::SPREAD_HERE_AT, &[&day::show_moment(at), &here.to_string(), &people.to_string()])
        }
        (None, None) => String::new(),
    };
    view! {
        <li>
            {say.both(&name)}
            <span class="soft small">" "{words(note)}</span>
        </li>
    }
    .into_any()
}
