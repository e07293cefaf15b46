//! The words of the screens, in both languages side by side.
//!
//! A sentence is a [`Text`]: it cannot exist in one language only. [`Say`] knows the language that is
//! chosen, and whoever reads through it is drawn anew when that changes. Words of the programme (labels,
//! choices, names of units) are not here: they come as [`Bilingual`] with the data.

pub mod common;
pub mod desk;
pub mod home;
pub mod media;
pub mod picture;
pub mod recorder;
pub mod states;
pub mod status;
pub mod trouble;
pub mod walk;
pub mod writer;

use crate::prelude::*;
use lantoa_shared::date::Date;
use lantoa_shared::{
    language::{Bilingual, Language},
    map,
    period::{Period, PeriodKind},
    text::{day, fold},
};

/// What is said where an answer of the centre is old, or is not there.
pub struct Unreached {
    /// The answer is from then.
    pub kept: Text,
    /// There is none yet.
    pub not_here: Text,
    /// What to do about that.
    pub not_here_note: Text,
    /// It is not for this person.
    pub refused: Text,
}

/// Sorts by a name as Vietnamese dictionaries do; where `rank` differs, it comes first.
///
/// Only places are sorted, so that one compiled sort serves whatever is put in order.
pub fn sorted<T>(items: Vec<T>, rank: impl Fn(&T) -> i64, name: impl Fn(&T) -> &str) -> Vec<T> {
    let keys: Vec<_> = items.iter().map(|item| (rank(item), fold::sort_key(name(item)))).collect();
    let order = map::in_order(keys.len(), &|one, other| keys[one].cmp(&keys[other]));
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| items[place].take()).collect()
}

/// One sentence, Vietnamese and English. `{0}`, `{1}` … stand for what is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text(pub &'static str, pub &'static str);

impl Text {
    /// The sentence in a language.
    pub fn get(self, language: Language) -> &'static str {
        match language {
            Language::Vi => self.0,
            Language::En => self.1,
        }
    }
}

/// Who says the sentences: the chosen language, read anew whenever it changes.
#[derive(Clone, Copy)]
pub struct Say(Signal<Language>);

impl Say {
    /// Says everything in the language the signal holds.
    pub fn new(language: Signal<Language>) -> Self {
        Self(language)
    }

    /// The speaker the app provided. Call it while a component is built, not in an event.
    pub fn from_context() -> Self {
        expect_context::<Self>()
    }

    /// The chosen language.
    pub fn language(self) -> Language {
        self.0.get()
    }

    /// A sentence.
    pub fn text(self, text: Text) -> &'static str {
        text.get(self.0.get())
    }

    /// A sentence that follows the language by itself, for a view.
    pub fn of(self, text: Text) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.text(text)
    }

    /// A sentence with its gaps filled.
    pub fn with(self, text: Text, parts: &[&str]) -> String {
        let mut sentence = self.text(text).to_owned();
        for (place, part) in parts.iter().enumerate() {
            sentence = sentence.replace(&format!("{{{place}}}"), part);
        }
        sentence
    }

    /// A text of the programme.
    pub fn both(self, text: &Bilingual) -> String {
        text.get(self.0.get()).to_owned()
    }

    /// A text of the programme that follows the language by itself.
    pub fn follow(self, text: &Bilingual) -> impl Fn() -> String + Clone + Send + Sync + 'static + use<> {
        let text = text.clone();
        move || self.both(&text)
    }

    /// What a period is called: “6 tháng đầu năm 2026”.
    pub fn period(self, period: Period) -> String {
        let text = match period.kind {
            PeriodKind::H1 => common::PERIOD_H1,
            PeriodKind::Year => common::PERIOD_YEAR,
        };
        self.with(text, &[&period.year.to_string()])
    }

    /// The same, standing alone: “Năm 2026”.
    pub fn period_alone(self, period: Period) -> String {
        let told = self.period(period);
        let mut letters = told.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// How long until a day: “còn 3 ngày”.
    pub fn days_left(self, today: Date, due: Date) -> String {
        day::days_left(today, due, self.0.get())
    }
}
