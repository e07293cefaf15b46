//! Pages whose code lies in files of its own, so that a phone on one bar of signal does not wait for them.
//!
//! The build cuts the app at the functions marked here (`xtask/src/app/split.rs`). The service worker keeps all parts
//! of a version together, so that a part is missing only before it was kept for the first time.
//! Invariant: a part that cannot be fetched says so and can be asked for again; it never takes the app down.

use crate::browser::{self, by_name};
use crate::components::{
    field,
    live::live,
    notice::{Kind, notice, skeleton},
    prose,
};
use crate::i18n::{Say, trouble};
use crate::pages::{
    figures,
    figures::Figures,
    frame::{evicted, revoked, session_over},
    inbox::{self, Inbox},
    media::{self, Media},
    report, review,
    sync::SyncPage,
};
use crate::prelude::*;
use futures::FutureExt as _;
use leptos::task::spawn_local;
use std::{
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// A page, or why its part is not here.
type Drawn = Result<AnyView, SplitLoaderError>;

/// Something to wait for.
type Waiting<T> = Pin<Box<dyn Future<Output = T>>>;

/// A part of the app.
struct Part {
    fetch: fn() -> Waiting<Result<(), SplitLoaderError>>,
    is_here: AtomicBool,
}

impl Part {
    const fn new(fetch: fn() -> Waiting<Result<(), SplitLoaderError>>) -> Self {
        Self { fetch, is_here: AtomicBool::new(false) }
    }
}

static DESK: Part = Part::new(|| Box::pin(desk()));
static CHECK: Part = Part::new(|| Box::pin(check()));
static BESIDE: Part = Part::new(|| Box::pin(beside()));
static ARTICLE: Part = Part::new(|| Box::pin(article_piece()));
static MEDIA: Part = Part::new(|| Box::pin(media_piece()));
static STATUS: Part = Part::new(|| Box::pin(status()));

/// What is drawn for those who receive and add up.
#[derive(Clone)]
enum Desk {
    Inbox,
    Review(String),
    Figures,
    Glance,
    Received,
}

/// What is drawn beside a field, where there is more to it than an answer.
#[derive(Clone)]
enum Beside {
    Clash(field::Desk),
    Editor(report::Edited),
    Recorder(report::Listening),
    Recorded(report::Left),
    Group(report::FieldDesk, usize),
}

/// An article: written or read.
#[derive(Clone)]
enum Article {
    Written(report::Writing),
    Read(prose::Article),
}

/// What is drawn of how this device stands with the centre.
#[derive(Clone, Copy)]
enum Status {
    Page,
    Evicted,
    SessionOver,
    Revoked,
}

// One function a part: each has a loader of its own, and only that one knows that the part is here.

#[wasm_split(desk, fallible, preload(desk))]
fn draw_desk(page: Desk) -> Drawn {
    Ok(match page {
        Desk::Inbox => view! { <Inbox /> }.into_any(),
        Desk::Review(id) => review::page(id),
        Desk::Figures => view! { <Figures /> }.into_any(),
        Desk::Glance => figures::at_a_glance(),
        Desk::Received => inbox::at_a_glance(),
    })
}

#[wasm_split(check, fallible, preload(check))]
fn draw_check(way: report::Way) -> Drawn {
    Ok(report::check(&way))
}

#[wasm_split(beside, fallible, preload(beside))]
fn draw_beside(what: Beside) -> Drawn {
    Ok(match what {
        Beside::Clash(desk) => field::clash::clash(&desk),
        Beside::Editor(edited) => report::editor(&edited),
        Beside::Recorder(listening) => report::recorder(&listening),
        Beside::Recorded(left) => report::recorded(&left),
        Beside::Group(desk, at) => report::group(&desk, at),
    })
}

#[wasm_split(article_piece, fallible, preload(article_piece))]
fn draw_article(what: Article) -> Drawn {
    Ok(match what {
        Article::Written(writing) => report::writer(&writing),
        Article::Read(article) => prose::article(&article),
    })
}

#[wasm_split(media_piece, fallible, preload(media_piece))]
fn draw_media(item: Option<String>) -> Drawn {
    Ok(match item {
        Some(id) => media::item(&id),
        None => view! { <Media /> }.into_any(),
    })
}

#[wasm_split(status, fallible, preload(status))]
fn draw_status(what: Status) -> Drawn {
    Ok(match what {
        Status::Page => view! { <SyncPage /> }.into_any(),
        Status::Evicted => evicted::evicted(),
        Status::SessionOver => session_over::session_over(),
        Status::Revoked => revoked::revoked(),
    })
}

/// What others sent.
pub fn inbox() -> AnyView {
    at_desk(Desk::Inbox)
}

/// A report that others sent.
pub fn review(id: String) -> AnyView {
    at_desk(Desk::Review(id))
}

/// Tables and targets.
pub fn figures() -> AnyView {
    at_desk(Desk::Figures)
}

/// Tables and targets in a few lines.
pub fn glance() -> AnyView {
    at_desk(Desk::Glance)
}

/// The last step of a report.
pub fn last_step(way: &report::Way) -> AnyView {
    let way = way.clone();
    later(&CHECK, move || Box::pin(draw_check(way.clone())))
}

/// What others sent, in a few lines.
pub fn received() -> AnyView {
    at_desk(Desk::Received)
}

/// The choice between answers that did not see each other.
pub fn clash(desk: &field::Desk) -> AnyView {
    at_field(Beside::Clash(desk.clone()))
}

/// The rows of a group, by its place in the form.
pub fn group(desk: &report::FieldDesk, at: usize) -> AnyView {
    at_field(Beside::Group(desk.clone(), at))
}

/// A picture that is edited.
pub fn editor(edited: &report::Edited) -> AnyView {
    at_field(Beside::Editor(edited.clone()))
}

/// What was recorded for a field and not attached.
pub fn recorded(left: &report::Left) -> AnyView {
    at_field(Beside::Recorded(left.clone()))
}

/// The buttons above an article that is written.
pub fn writer(writing: &report::Writing) -> AnyView {
    of_article(Article::Written(writing.clone()))
}

/// An article that is read.
pub fn article(article: &prose::Article) -> AnyView {
    of_article(Article::Read(article.clone()))
}

/// A sound that is recorded.
pub fn recorder(listening: &report::Listening) -> AnyView {
    at_field(Beside::Recorder(listening.clone()))
}

/// The media items of the own unit, those that wait for a decision, and the library; or one item of it.
pub fn media(item: Option<String>) -> AnyView {
    later(&MEDIA, move || Box::pin(draw_media(item.clone())))
}

/// What is on this device.
pub fn sync() -> AnyView {
    about(Status::Page)
}

/// The browser threw away what was on this device.
pub fn evicted() -> AnyView {
    about(Status::Evicted)
}

/// The session is over.
pub fn session_over() -> AnyView {
    about(Status::SessionOver)
}

/// The centre shut this device out.
pub fn revoked() -> AnyView {
    about(Status::Revoked)
}

fn about(what: Status) -> AnyView {
    later(&STATUS, move || Box::pin(draw_status(what)))
}

fn at_field(what: Beside) -> AnyView {
    later(&BESIDE, move || Box::pin(draw_beside(what.clone())))
}

fn of_article(what: Article) -> AnyView {
    later(&ARTICLE, move || Box::pin(draw_article(what.clone())))
}

fn at_desk(page: Desk) -> AnyView {
    later(&DESK, move || Box::pin(draw_desk(page.clone())))
}

/// Fetches the part, then draws the page where it belongs: under the owner of the place it stands in.
fn later(part: &'static Part, page: impl Fn() -> Waiting<Drawn> + Send + 'static) -> AnyView {
    let say = Say::from_context();
    let is_here = part.is_here.load(Ordering::Relaxed);
    let arrived = RwSignal::new(is_here.then_some(true));
    let fetch = move || {
        arrived.set(None);
        spawn_local(async move {
            let styles = by_name::call(&browser::window(), "lantoaStyles", &[]);
            let is_here = (part.fetch)().await.is_ok();
            // What it draws is not shown without its styles, unless these cannot be had.
            let _ = by_name::answer(styles).await;
            part.is_here.store(is_here, Ordering::Relaxed);
            arrived.set(Some(is_here));
        });
    };
    if !is_here {
        fetch();
    }
    live(move || match arrived.get() {
        None => skeleton(say),
        Some(true) => match page().now_or_never() {
            Some(Ok(view)) => view,
            _ => missing(say, fetch),
        },
        Some(false) => missing(say, fetch),
    })
}

fn missing(say: Say, fetch: impl Fn() + 'static) -> AnyView {
    let again = view! {
        <button type="button" class="button quiet" on:click=move |_| fetch()>{say.of(trouble::AGAIN)}</button>
    };
    let (title, sentence) = (say.text(trouble::PART_MISSING), say.text(trouble::PART_MISSING_NOTE));
    notice(Kind::Offline, title.to_owned(), sentence.to_owned(), again.into_any())
}
