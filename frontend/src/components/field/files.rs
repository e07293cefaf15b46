//! Files attached to a field: what is there, and a place to add more.

use super::{Desk, FieldEvent};
use crate::browser;
use crate::components::icon::icon;
use crate::components::live::live;
use crate::i18n::{Say, Text, picture, walk};
use crate::prelude::*;
use crate::state::KEEPS_ORIGINALS;
use lantoa_shared::{
    definition::FieldType,
    value::{Decimal, FileRef, Value},
};
use leptos::ev;

/// What the file chooser offers; the server looks for itself.
const ACCEPTED: &str = "image/*,application/pdf,.doc,.docx,.xls,.xlsx,.odt,.ods,.csv,.txt,.zip";
/// What it offers for a media item.
const MEDIA: &str = "image/*,video/*,audio/*,application/pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.csv,.txt";
/// What it offers for an article.
const PICTURES: &str = "image/jpeg,image/png,image/webp";

/// The control.
pub(super) fn files(desk: &Desk) -> AnyView {
    let say = Say::from_context();
    let (view, on_event, is_open) = (desk.view, desk.on_event, desk.is_open());
    let path = desk.question.path.clone();
    let attached = memo(move || {
        view.with(|view| match &view.value {
            Some(Value::File(file)) => vec![file.clone()],
            Some(Value::Files(files)) => files.clone(),
            _ => Vec::new(),
        })
    });
    let (is_media, is_of_article) = (desk.question.is_media, desk.question.is_of_article);
    let takes_many = desk.question.definition.kind == FieldType::Files;
    let record = {
        let path = path.clone();
        move || {
            let path = path.clone();
            let record = move |_| on_event.run(FieldEvent::Record(path.clone()));
            is_open().then(|| {
                view! {
                    <button type="button" class="button" data-test="record-sound" on:click=record>
                        {say.of(walk::RECORD)}
                    </button>
                }
            })
        }
    };
    let list = {
        let path = path.clone();
        move || {
            let files = attached.get();
            (!files.is_empty()).then(|| {
                let rows = files.into_iter().map(|file| {
                    let button = |code, sign, words, event: FieldEvent| {
                        let is_offered = is_open() && (code == REMOVE || (is_media && is_drawable(&file)));
                        is_offered.then(|| row_button(say, (code, sign, words), file.name.clone(), event, on_event))
                    };
                    let remove = FieldEvent::Detach(path.clone(), file.sha256.clone());
                    view! {
                        <li class="file">
                            {icon("attachment")}
                            <span class="file-name">{file.name.clone()}</span>
                            <span class="soft small nowrap">{size(&file)}</span>
                            {button("edit-picture", "edit", picture::EDIT, FieldEvent::Edit(path.clone(), file.clone()))}
                            {button(REMOVE, "trash", walk::REMOVE_FILE, remove)}
                        </li>
                    }
                });
                view! { <ul class="files">{rows.collect_view()}</ul> }
            })
        }
    };
    let on_choose = move |event: ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some(files) = input.files() else { return };
        for at in 0..files.length() {
            if let Some(file) = files.get(at) {
                on_event.run(FieldEvent::Attach(path.clone(), file));
            }
        }
        // So that the same file can be chosen again after it was taken away.
        input.set_value("");
    };
    let (accepted, note) = match (is_media, is_of_article) {
        (_, true) => (PICTURES, walk::PICTURES_NOTE),
        (true, _) => (MEDIA, walk::MEDIA_NOTE),
        _ => (ACCEPTED, walk::FILE_NOTE),
    };
    let (id, label, described_by) = (desk.question.id(), desk.question.part("label"), desk.described_by());
    view! {
        {live(list)}
        <label class="drop" hidden=move || !is_open()>
            <input
                type="file"
                class="sr-only"
                id=id
                multiple=takes_many
                accept=accepted
                aria-labelledby=label
                aria-describedby=described_by
                on:change=on_choose
            />
            {icon("attachment")}
            <b>{say.of(walk::ADD_FILE)}</b>
            <span class="soft small">{say.of(note)}</span>
        </label>
        {(is_media && takes_many).then(|| view! { {(!is_of_article).then(|| live(record))}{originals(say)} })}
    }
    .into_any()
}

/// What the button is called that takes a file away.
const REMOVE: &str = "remove-file";

/// Whether a browser draws such a file.
fn is_drawable(file: &FileRef) -> bool {
    ["image/jpeg", "image/png", "image/webp"].contains(&file.mime.as_str())
}

/// A button in the row of a file: its code, its sign, and the words for the file of this name.
fn row_button(
    say: Say,
    (code, sign, words): (&'static str, &'static str, Text),
    name: String,
    event: FieldEvent,
    on_event: Callback<FieldEvent>,
) -> AnyView {
    let label = move || say.with(words, &[&name]);
    view! {
        <button
            type="button"
            class="icon-button"
            data-test=code
            aria-label=label
            on:click=move |_| on_event.run(event.clone())
        >
            {icon(sign)}
        </button>
    }
    .into_any()
}

/// Whether photos are kept as they are; asked once, for all that come.
fn originals(say: Say) -> AnyView {
    let keeps = browser::preference(KEEPS_ORIGINALS).is_some();
    let choose = move |event: ev::Event| {
        let keeps = event_target::<web_sys::HtmlInputElement>(&event).checked();
        browser::set_preference(KEEPS_ORIGINALS, if keeps { "1" } else { "" });
    };
    view! {
        <label class="check">
            <input type="checkbox" data-test="originals" checked=keeps on:change=choose />
            <span>{say.of(walk::KEEP_ORIGINALS)}</span>
        </label>
    }
    .into_any()
}

/// `1,2 MB` or `340 kB`, cut to what helps.
fn size(file: &FileRef) -> String {
    let kilobytes = i64::try_from(file.size / 1000).unwrap_or(i64::MAX).max(1);
    if kilobytes < 1000 {
        format!("{kilobytes} kB")
    } else {
        format!("{} MB", lantoa_shared::text::number::show(Decimal::new(kilobytes / 100, 1)))
    }
}
