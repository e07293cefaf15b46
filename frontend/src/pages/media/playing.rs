//! Bytes of the library that lie on this device: small pictures shown, films and sounds played, files taken out.
//!
//! The browser plays from an address in this page that stands for the pieces in their order, which every browser can
//! wind forward in; a service worker that answers for them would be more code on every start, and some players pass
//! it by.

use crate::api;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::icon::icon,
    i18n::{Say, media},
    state::{App, give_back, hand_out, part_of},
};
use lantoa_shared::{stock::Stocked, text::length, value::FileRef};
use leptos::task::spawn_local;

/// An address of bytes that lie here, as long as the place it is asked for is on screen.
pub fn address(
    app: App,
    id: &str,
    sha256: &str,
    is_small: bool,
    kind: &'static str,
    stocked: &Stocked,
) -> RwSignal<Option<String>> {
    let address = RwSignal::new(None::<String>);
    if let Some(part) = part_of(stocked, sha256, is_small).cloned() {
        let id = id.to_owned();
        spawn_local(async move {
            let Some(made) = app.stocked_address(&id, &part, kind).await else { return };
            if address.try_get_untracked().is_some() {
                address.set(Some(made));
            } else {
                give_back(&made);
            }
        });
    }
    on_cleanup(move || {
        if let Some(Some(made)) = address.try_get_untracked() {
            give_back(&made);
        }
    });
    address
}

/// The small picture of an item that lies here.
pub fn picture(app: App, stocked: &Stocked, class: &'static str) -> Option<AnyView> {
    let item = &stocked.detail.as_ref()?.item;
    let sha256 = item.picture().filter(|sha256| stocked.has(sha256, true))?;
    let (shown, alt) = (address(app, &item.id, sha256, true, "image/jpeg", stocked), item.alt.clone());
    Some(live(move || match shown.get() {
        Some(address) => view! { <img class=class src=address alt=alt.clone() /> }.into_any(),
        None => view! { <span class=class>{icon("image")}</span> }.into_any(),
    }))
}

/// What a browser may play; `None` for everything else. What it is called by others is not handed on.
fn playable(file: &FileRef) -> Option<(&'static str, bool)> {
    let kinds = [
        ("video/mp4", true),
        ("video/webm", true),
        ("video/quicktime", true),
        ("video/ogg", true),
        ("audio/mpeg", false),
        ("audio/mp4", false),
        ("audio/x-m4a", false),
        ("audio/aac", false),
        ("audio/wav", false),
        ("audio/x-wav", false),
        ("audio/ogg", false),
        ("audio/webm", false),
        ("audio/flac", false),
    ];
    let (known, is_film) = kinds.into_iter().find(|(kind, _)| file.mime.split(';').next() == Some(kind))?;
    Some((if known == "video/quicktime" { "video/mp4" } else { known }, is_film))
}

/// A film or a sound, played from this device if it lies here, else from the centre; `None` for other files.
pub fn player(app: App, say: Say, id: &str, file: &FileRef, stocked: Option<&Stocked>) -> Option<AnyView> {
    let (kind, is_film) = playable(file)?;
    let label = move |name: &str| say.with(media::PLAY, &[name]);
    let name = file.name.clone();
    let poster = file.poster.as_ref().filter(|_| is_film).map(|poster| match stocked {
        Some(stocked) if stocked.has(poster, true) => address(app, id, poster, true, "image/jpeg", stocked),
        _ => RwSignal::new(Some(api::small_address(poster))),
    });
    let shown = move || poster.and_then(|poster| poster.get());
    let seconds = file.seconds;
    let element = move |address: String| {
        let name = name.clone();
        let label = move || label(&name);
        if is_film {
            view! {
                <video
                    class="player"
                    controls=true
                    preload="metadata"
                    playsinline=""
                    poster=shown
                    src=address
                    aria-label=label
                ></video>
            }
            .into_any()
        } else {
            view! { <audio class="player" controls=true preload="metadata" src=address aria-label=label></audio> }
                .into_any()
        }
    };
    // Nothing is put together, or fetched, before somebody wants to see it.
    let stocked = stocked.filter(|stocked| stocked.has(&file.sha256, false)).cloned();
    let (wanted, id, sha256) = (RwSignal::new(false), id.to_owned(), file.sha256.clone());
    let name = file.name.clone();
    Some(live(move || {
        if !wanted.get() {
            let what = if is_film { "video" } else { "audio" };
            let (name, start) = (name.clone(), move |_| wanted.set(true));
            if poster.is_some() {
                return view! {
                    <button
                        type="button"
                        class="film cover"
                        data-test="play"
                        data-plays=what
                        on:click=start
                    >
                        <span class="sr-only">{words(move || label(&name))}" "</span>
                        <img class="player" src=shown alt="" />
                        <span class="film-mark">{icon("play")}{seconds.map(length::show)}</span>
                    </button>
                }
                .into_any();
            }
            return view! {
                <div class="cluster">
                    <button type="button" class="button quiet" data-test="play" data-plays=what on:click=start>
                        {icon("chevron-right")}
                        {words(move || label(&name))}
                    </button>
                </div>
            }
            .into_any();
        }
        let made = match &stocked {
            Some(stocked) => address(app, &id, &sha256, false, kind, stocked),
            None => RwSignal::new(Some(api::file_address(&sha256))),
        };
        let element = element.clone();
        live(move || made.get().map(&element))
    }))
}

/// A file that lies here, to be taken out under its name.
pub fn file_button(app: App, id: &str, file: &FileRef, stocked: &Stocked) -> Option<AnyView> {
    let part = part_of(stocked, &file.sha256, false)?.clone();
    let (id, name) = (id.to_owned(), file.name.clone());
    let take = move |_| {
        let (id, part, name) = (id.clone(), part.clone(), name.clone());
        spawn_local(async move {
            // Only ever taken out, never shown as a page of this site.
            if let Some(address) = app.stocked_address(&id, &part, "application/octet-stream").await {
                hand_out(&address, &name);
            }
        });
    };
    Some(view! {
        <button type="button" class="link file-name" data-test="file" on:click=take>{file.name.clone()}</button>
    }
    .into_any())
}
