//! One thing to do, as a card: what, by when, how far, and the one next step.

use crate::components::live::words;
use crate::i18n::{Say, home};
use crate::prelude::*;

/// What a card shows. Everything is already in words, except what follows the language by itself.
pub struct Task {
    /// Form and period, for whoever looks for a certain card.
    pub form: String,
    /// The period's code.
    pub period: String,
    /// State for the card's edge.
    pub state: &'static str,
    /// Whether it is the first and most pressing one.
    pub is_lead: bool,
    /// The mark of its state.
    pub pill: AnyView,
    /// How long until it is due.
    pub due: Option<AnyView>,
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub title: AnyView,
    /// Form and days.
    pub meta: AnyView,
    /// Why it came back, and who says so.
    pub quote: Option<(String, AnyView)>,
    /// Answers given and owed.
    pub progress: Option<(usize, usize)>,
    /// What of it waits on this device.
    pub held: Option<AnyView>,
    /// The next step.
    pub deed: AnyView,
}

/// The card.
pub fn task(say: Say, task: Task) -> AnyView {
    let Task { form, period, state, is_lead, pill, due, href, title, meta, quote, progress, held, deed } =
        task;
    let quote = quote.map(|(words, from)| {
        view! { <blockquote class="quote"><p>{words}</p><footer>{from}</footer></blockquote> }
    });
    let progress = progress.map(|(answered, asked)| {
        let told = move || say.with(home::FILLED, &[&answered.to_string(), &asked.to_string()]);
        view! {
            <div class="task-progress">
                <progress
                    class="meter"
                    value=answered.to_string()
                    max=asked.max(1).to_string()
                    aria-label=say.of(home::FILLED_LABEL)
                ></progress>
                <span class="task-count">{words(told)}</span>
            </div>
        }
    });
    view! {
        <li
            class="task"
            data-test="duty"
            data-form=form
            data-period=period
            data-state=state
            data-kind=is_lead.then_some("lead")
        >
            <div class="task-head">{pill}{due}</div>
            <h2 class="task-title"><a href=href.clone()>{title}</a></h2>
            <p class="task-meta">{meta}</p>
            {quote}
            {progress}
            <div class="task-foot">
                {held.map(|held| view! { <span class="soft small">{held}</span> })}
                <a class=if is_lead { "button primary" } else { "button quiet" } href=href tabindex="-1" aria-hidden="true">
                    {deed}
                </a>
            </div>
        </li>
    }
    .into_any()
}
