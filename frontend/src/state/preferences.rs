//! Language and theme: kept where the page reads them before the app stands.

use crate::browser;
use crate::prelude::*;
use lantoa_shared::language::Language;

const LANGUAGE: &str = "lantoa.language";
const THEME: &str = "lantoa.theme";

/// Light, dark, or as the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What a person prefers.
pub struct Preferences {
    /// The language of the screens.
    pub language: RwSignal<Language>,
    /// Light or dark.
    pub theme: RwSignal<Theme>,
}

impl Preferences {
    /// Reads the preferences, and again whenever another tab changes them.
    pub fn new() -> Self {
        let preferences =
            Self { language: RwSignal::new(read_language()), theme: RwSignal::new(read_theme()) };
        let (language, theme) = (preferences.language, preferences.theme);
        let read = move || {
            if language.get_untracked() != read_language() {
                language.set(read_language());
            }
            if theme.get_untracked() != read_theme() {
                theme.set(read_theme());
            }
        };
        browser::on_window("storage", move |_| read());
        browser::on_window("lantoa-preferences", move |_| read());
        preferences
    }

    /// Chooses the language.
    pub fn set_language(&self, language: Language) {
        self.language.set(language);
        browser::set_preference(LANGUAGE, if language == Language::En { "en" } else { "vi" });
        browser::announce("lantoa-preferences");
    }

    /// Chooses light or dark.
    pub fn set_theme(&self, theme: Theme) {
        self.theme.set(theme);
        browser::set_preference(THEME, theme.code());
        browser::announce("lantoa-preferences");
    }
}

fn read_language() -> Language {
    match browser::preference(LANGUAGE).as_deref() {
        Some("en") => Language::En,
        _ => Language::Vi,
    }
}

fn read_theme() -> Theme {
    match browser::preference(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    }
}
