//! A filled form to be read: answers by section, each with what is said about it.

use crate::prelude::*;

/// One answer.
pub struct Answer {
    /// The field's code.
    pub code: String,
    /// The question.
    pub label: AnyView,
    /// The answer in words, or what stands for none.
    pub told: Result<String, &'static str>,
    /// Whether it is a long text.
    pub is_long: bool,
    /// `error` or `warning`, if a complaint stands open.
    pub problem: Option<&'static str>,
    /// Last time's value, complaints, explanations, remarks.
    pub notes: Option<AnyView>,
}

/// A section with its answers; `deed` leads to where they can be changed.
pub fn answers(title: AnyView, deed: AnyView, answers: Vec<Answer>) -> AnyView {
    view! {
        <section class="answers">
            <header class="answers-head"><h2>{title}</h2>{deed}</header>
            <dl>{answers.into_iter().map(answer).collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn answer(answer: Answer) -> AnyView {
    let Answer { code, label, told, is_long, problem, notes } = answer;
    let told = match told {
        Ok(told) => {
            // What is long may wrap.
            let class = (told.chars().count() < 16).then_some("num");
            view! { <dd class=class>{told}</dd> }.into_any()
        }
        Err(nothing) => view! { <dd class="empty-value">{nothing}</dd> }.into_any(),
    };
    view! {
        <div class=if is_long { "answer long" } else { "answer" } data-answer=code data-problem=problem>
            <dt>{label}</dt>
            {told}
            {notes.map(|notes| view! { <dd class="answer-note">{notes}</dd> })}
        </div>
    }
    .into_any()
}
