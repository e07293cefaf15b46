//! Answers to questions over many reports: the last one at once, the newest when it comes.

use super::engine::Engine;
use crate::json;
use crate::prelude::*;
use crate::{
    api::{self, Trouble},
    browser,
    store::View,
};
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use std::{rc::Rc, sync::Arc};

/// An answer, as far as it is there.
#[derive(Debug)]
pub struct Fetched<T> {
    /// The answer.
    pub value: Option<Arc<T>>,
    /// When the centre gave it, in milliseconds since 1970.
    pub at: Option<i64>,
    /// How fresh it is.
    pub state: FetchState,
}

/// How fresh an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchState {
    /// The centre is being asked.
    Loading,
    /// The centre said so just now.
    Fresh,
    /// The centre cannot be reached; the answer, if there is one, is the last.
    Kept,
    /// The centre does not answer this, for a reason with this code.
    Refused(String),
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), at: self.at, state: self.state.clone() }
    }
}

/// Asks a question; asks again whenever something new came from the centre.
pub fn fetch<T>(engine: &Rc<Engine>, question: String) -> Signal<Fetched<T>>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let answer = RwSignal::new(Fetched { value: None, at: None, state: FetchState::Loading });
    let engine = Rc::clone(engine);
    let (changes, status) = (engine.changes, engine.status);
    // An answer that is only the last one may be another once the centre is heard again.
    let heard = memo(move || {
        let is_old = answer.with(|answer| answer.state == FetchState::Kept);
        is_old.then(|| status.with(|status| status.last_contact))
    });
    effect(move || {
        changes.track();
        let _ = heard.get();
        let (engine, question) = (Rc::clone(&engine), question.clone());
        spawn_local(async move { ask(&engine, &question, answer).await });
    });
    answer.into()
}

async fn ask<T>(engine: &Engine, question: &str, answer: RwSignal<Fetched<T>>)
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let show = |view: &View, state: FetchState| {
        let value = json::read(&view.body).ok().map(Arc::new);
        answer.set(Fetched { value, at: Some(view.at), state });
    };
    let is_empty = answer.try_with_untracked(|answer| answer.value.is_none());
    if is_empty == Some(true)
        && let Ok(Some(view)) = engine.store.view(question).await
    {
        show(&view, FetchState::Loading);
    }
    match api::ask(question).await {
        Ok(body) => {
            let view = View { at: browser::now(), body };
            show(&view, FetchState::Fresh);
            // A full phone still shows the answer; it only cannot show it again without a network.
            let _ = engine.store.set_view(question, &view, &api::ENDLESS).await;
        }
        Err(trouble) => {
            let state = match trouble {
                Trouble::Refused { code, .. } => {
                    // What was withdrawn leaves this device, too.
                    let _ = engine.store.forget_view(question).await;
                    FetchState::Refused(code)
                }
                _ => FetchState::Kept,
            };
            answer.update(|answer| answer.state = state);
        }
    }
}
