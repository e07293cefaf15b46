//! The steps a person may take with the report on screen: offered, asked about, taken.

use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::{
        command_bar::CommandBar,
        confirm::Confirm,
        notice::{Kind, notice},
    },
    i18n::{Say, states, trouble, walk},
    state::{App, NotTaken, Report},
};
use lantoa_shared::{
    op::{Command, FieldNote},
    person::Action,
    record::State,
    sync::verdict::Refusal,
};
use leptos::task::spawn_local;

/// The bar with its question.
#[component]
pub fn Commands(
    /// The report.
    report: Report,
    /// The steps this screen is for; those the person may take are offered.
    steps: &'static [Command],
    /// How many complaints stand in the way.
    #[prop(into)]
    n_open: Signal<usize>,
    /// What the person says about the whole.
    #[prop(into)]
    note: Signal<String>,
    /// What the person says about single fields.
    #[prop(into)]
    field_notes: Signal<Vec<FieldNote>>,
    /// Told when a reason is missing.
    on_note_missing: Callback<()>,
) -> impl IntoView {
    let app = App::from_context();
    let say = Say::from_context();
    let offered = memo(move || {
        let may = |command: &Command| report.can(Action::Take(*command));
        // Who may approve need not hand over first.
        let is_spared = |command: &Command| *command == Command::HandOver && may(&Command::Approve);
        let offered = steps.iter().filter(|command| may(command) && !is_spared(command));
        offered.copied().collect::<Vec<_>>()
    });
    let chosen = RwSignal::new(Command::Approve);
    let asks = RwSignal::new(false);
    let refused = RwSignal::new(None::<NotTaken>);
    let take = move |command: Command| {
        refused.set(None);
        let (note, field_notes) = (note.get_untracked(), field_notes.get_untracked());
        spawn_local(async move {
            match report.take(command, note, field_notes).await {
                // The button that was pressed is gone.
                Ok(_) => crate::browser::focus("main".to_owned()),
                Err(refusal) => refused.set(Some(refusal)),
            }
        });
    };
    let choose = Callback::new(move |command: Command| {
        if command.needs_note() && note.with_untracked(|note| note.trim().is_empty()) {
            refused.set(Some(NotTaken::Refused(Refusal::NoteMissing)));
            on_note_missing.run(());
        } else if command == Command::TakeBack {
            take(command);
        } else {
            refused.set(None);
            chosen.set(command);
            asks.set(true);
        }
    });
    let recipient = move || app.unit_name(&report.duty().recipient);
    let state = report.state();
    let asked = if report.duty().entry.is_some() { states::question_of_item } else { states::question };
    let sentence = move || {
        let waits = n_open.get();
        let is_blocked = offered.with(|all| all.iter().any(|it| it.needs_clean_content())) && waits > 0;
        match (is_blocked, offered.with(Vec::is_empty), state.get()) {
            (true, ..) => say.with(walk::BLOCKED_BY_ERRORS, &[&waits.to_string()]),
            (_, true, State::Ready) => say.text(walk::NEXT_HEAD).to_owned(),
            (_, true, State::Submitted) => say.with(walk::NEXT_RECIPIENT, &[&recipient()]),
            (_, true, State::Accepted) => say.text(walk::NEXT_NOTHING).to_owned(),
            (_, true, _) => say.text(walk::NOTHING_TO_DO_HERE).to_owned(),
            _ => String::new(),
        }
    };
    let complaint = move || {
        refused.get().map(|refusal| {
            let text = match refusal {
                NotTaken::Refused(refusal) => trouble::refusal(refusal),
                NotTaken::NotKept(trouble) => trouble::store(trouble),
            };
            let told = say.text(text).to_owned();
            notice(Kind::Error, told, String::new(), ().into_any())
        })
    };
    view! {
        <div role="alert">{live(complaint)}</div>
        <CommandBar
            sentence=Signal::derive(sentence)
            offered=offered.into()
            is_blocked=Signal::derive(move || n_open.get() > 0)
            on_choose=choose
        />
        <Confirm
            is_open=asks
            title=Signal::derive(move || say.text(asked(chosen.get()).0).to_owned())
            sentence=Signal::derive(move || say.with(asked(chosen.get()).1, &[&recipient()]))
            deed=Signal::derive(move || say.text(states::deed(chosen.get())).to_owned())
            is_grave=false
            on_yes=Callback::new(move |()| take(chosen.get_untracked()))
        />
    }
}
