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
    /// The answer as it is drawn, where it is more than words.
    pub drawn: Option<AnyView>,
    /// Names and addresses of the files the answer consists of; whoever reads it can open them.
    pub files: Vec<(String, String)>,
    /// Addresses of small pictures of them, with their names.
    pub pictures: Vec<(String, String)>,
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
    let Answer { code, label, told, drawn, files, pictures, is_long, problem, notes } = answer;
    let file = |(name, href): (String, String)| {
        view! { <a class="link" data-test="file" href=href download=name.clone()>{name}</a> " " }.into_any()
    };
    let picture = |(name, address): (String, String)| view! { <img src=address alt=name loading="lazy" /> };
    let pictures = (!pictures.is_empty()).then(|| {
        view! { <dd class="answer-pictures">{pictures.into_iter().map(picture).collect_view()}</dd> }
    });
    let told = match told {
        Ok(_) if drawn.is_some() => view! { <dd class="drawn">{drawn}</dd> }.into_any(),
        Ok(_) if !files.is_empty() => {
            view! { <dd>{files.into_iter().map(file).collect_view()}</dd> }.into_any()
        }
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
            {pictures}
            {notes.map(|notes| view! { <dd class="answer-note">{notes}</dd> })}
        </div>
    }
    .into_any()
}
