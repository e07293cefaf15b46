//! A value nobody types: computed from other answers, or filled in by the system. It follows them live.

use super::Desk;
use crate::components::live::words;
use crate::i18n::{Say, walk};
use crate::prelude::*;
use lantoa_shared::value::Datum;

/// The value with its label.
pub(super) fn computed(desk: &Desk) -> AnyView {
    let say = Say::from_context();
    let (question, view, telling) = (desk.question.clone(), desk.view, desk.telling);
    let datum = memo(move || view.with(|view| view.datum.clone()));
    let is_empty = move || datum.with(|datum| *datum == Datum::Empty);
    let told = {
        let question = question.clone();
        move || match datum.get() {
            Datum::Empty => say.text(walk::NOT_YET_COMPUTED).to_owned(),
            datum => telling.tell_in_full(&question, &datum, say.language()),
        }
    };
    if !question.is_measured() {
        return view! {
            <dl class="facts" id=question.id()>
                <div>
                    <dt>{say.follow(&question.definition.label)}</dt>
                    <dd>{words(told)}</dd>
                </div>
            </dl>
        }
        .into_any();
    }
    view! {
        <div class="computed" id=question.id() data-state=move || is_empty().then_some("empty")>
            <span class="computed-label">{say.follow(&question.definition.label)}</span>
            <output class="computed-value">{words(told)}</output>
        </div>
    }
    .into_any()
}
