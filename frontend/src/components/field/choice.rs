//! Controls one picks from: yes or no, cards, a list, chips. The native input stays; it is drawn by CSS.

use super::{Desk, FieldEvent};
use crate::components::live::live;
use crate::i18n::{Say, Text, common, walk};
use crate::prelude::*;
use lantoa_shared::value::Value;

/// The code that is chosen, if any.
fn chosen(desk: &Desk) -> Memo<Option<String>> {
    let view = desk.view;
    memo(move || {
        view.with(|view| match &view.value {
            Some(Value::Choice(code)) => Some(code.clone()),
            Some(Value::Bool(answer)) => Some(answer.to_string()),
            _ => None,
        })
    })
}

/// Takes the answer away again; radio buttons alone cannot.
fn clear(desk: &Desk, chosen: Memo<Option<String>>) -> AnyView {
    let say = Say::from_context();
    let (question, on_event, is_open) = (desk.question.clone(), desk.on_event, desk.is_open());
    live(move || {
        (chosen.with(Option::is_some) && is_open()).then(|| {
            let path = question.path.clone();
            view! {
                <button
                    type="button"
                    class="link small no-print"
                    aria-describedby=question.part("label")
                    on:click=move |_| on_event.run(FieldEvent::Set(path.clone(), None))
                >
                    {say.of(walk::UNCHOOSE)}
                </button>
            }
        })
    })
}

fn radio(desk: &Desk, chosen: Memo<Option<String>>, code: &str, value: &Value, is_first: bool) -> AnyView {
    let (path, on_event, is_open) = (desk.question.path.clone(), desk.on_event, desk.is_open());
    let (code, value) = (code.to_owned(), value.clone());
    view! {
        <input
            type="radio"
            // The first one bears the field's id, so that links to the field lead here.
            id=is_first.then(|| desk.question.id())
            name=desk.question.id()
            value=code.clone()
            disabled=move || !is_open()
            prop:checked=move || chosen.with(|chosen| chosen.as_deref() == Some(&code))
            on:change=move |_| on_event.run(FieldEvent::Set(path.clone(), Some(value.clone())))
        />
    }
    .into_any()
}

/// Yes or no.
pub(super) fn yes_or_no(desk: &Desk) -> AnyView {
    let say = Say::from_context();
    let chosen = chosen(desk);
    let option = |code: &str, answer: bool, words: Text| {
        let input = radio(desk, chosen, code, &Value::Bool(answer), answer);
        view! { <label>{input}<span>{say.of(words)}</span></label> }
    };
    view! {
        <div
            class="segmented"
            role="radiogroup"
            aria-labelledby=desk.question.part("label")
            aria-describedby=desk.described_by()
        >
            {option("true", true, common::YES)}
            {option("false", false, common::NO)}
        </div>
        {clear(desk, chosen)}
    }
    .into_any()
}

/// A few choices as cards.
pub(super) fn cards(desk: &Desk) -> AnyView {
    let say = Say::from_context();
    let chosen = chosen(desk);
    let cards = desk.question.choices.iter().enumerate().map(|(at, choice)| {
        let input = radio(desk, chosen, &choice.code, &Value::Choice(choice.code.clone()), at == 0);
        view! { <label class="choice">{input}<span class="choice-text">{say.follow(&choice.label)}</span></label> }
    });
    view! {
        <div
            class="choices"
            role="radiogroup"
            aria-labelledby=desk.question.part("label")
            aria-describedby=desk.described_by()
        >
            {cards.collect_view()}
        </div>
        {clear(desk, chosen)}
    }
    .into_any()
}

/// Many choices as a list that opens.
pub(super) fn select(desk: &Desk, tick: AnyView) -> AnyView {
    let say = Say::from_context();
    let chosen = chosen(desk);
    let (path, on_event, is_open) = (desk.question.path.clone(), desk.on_event, desk.is_open());
    let options = desk.question.choices.iter().map(|choice| {
        let (own, code) = (choice.code.clone(), choice.code.clone());
        view! {
            <option value=code prop:selected=move || chosen.with(|chosen| chosen.as_deref() == Some(&own))>
                {say.follow(&choice.label)}
            </option>
        }
    });
    let on_change = move |event| {
        let code = event_target_value(&event);
        let value = (!code.is_empty()).then_some(Value::Choice(code));
        on_event.run(FieldEvent::Set(path.clone(), value));
    };
    view! {
        <div class="control select">
            <select
                class="input"
                id=desk.question.id()
                aria-describedby=desk.described_by()
                aria-invalid=desk.is_wrong()
                disabled=move || !is_open()
                on:change=on_change
            >
                <option value="" prop:selected=move || chosen.with(Option::is_none)>{say.of(walk::CHOOSE)}</option>
                {options.collect_view()}
            </select>
            {tick}
        </div>
    }
    .into_any()
}

/// Any number of choices.
pub(super) fn chips(desk: &Desk) -> AnyView {
    let say = Say::from_context();
    let view = desk.view;
    let chosen = memo(move || {
        view.with(|view| match &view.value {
            Some(Value::Choices(codes)) => codes.clone(),
            _ => Vec::new(),
        })
    });
    let (question, on_event, is_open) = (desk.question.clone(), desk.on_event, desk.is_open());
    let toggle = Callback::new(move |(code, is_on): (String, bool)| {
        let before = chosen.get_untracked();
        let codes: Vec<String> = question
            .choices
            .iter()
            .map(|choice| choice.code.clone())
            .filter(|other| if *other == code { is_on } else { before.contains(other) })
            .collect();
        let value = (!codes.is_empty()).then_some(Value::Choices(codes));
        on_event.run(FieldEvent::Set(question.path.clone(), value));
    });
    let chips = desk.question.choices.iter().enumerate().map(|(at, choice)| {
        let (own, code) = (choice.code.clone(), choice.code.clone());
        view! {
            <label class="chip">
                <input
                    type="checkbox"
                    id=(at == 0).then(|| desk.question.id())
                    disabled=move || !is_open()
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&own))
                    on:change=move |event| toggle.run((code.clone(), event_target_checked(&event)))
                />
                <span>{say.follow(&choice.label)}</span>
            </label>
        }
    });
    view! {
        <div
            class="chips"
            role="group"
            aria-labelledby=desk.question.part("label")
            aria-describedby=desk.described_by()
        >
            {chips.collect_view()}
        </div>
    }
    .into_any()
}
