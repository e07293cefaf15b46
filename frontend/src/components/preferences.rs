//! The switches for language and theme.

use crate::prelude::*;
use crate::{
    i18n::{Say, common},
    state::Theme,
};
use lantoa_shared::language::Language;

/// Which language the screens speak. Each choice is written in its own language.
#[component]
pub fn LanguageSwitch(
    /// The chosen one.
    chosen: Signal<Language>,
    /// The person chose another.
    on_choose: Callback<Language>,
) -> impl IntoView {
    let say = Say::from_context();
    let button = move |language: Language, lang: &'static str, name: &'static str| {
        view! {
            <button
                type="button"
                lang=lang
                aria-pressed=move || (chosen.get() == language).to_string()
                on:click=move |_| on_choose.run(language)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="segmented small" role="group" aria-label=say.of(common::LANGUAGE)>
            {button(Language::Vi, "vi", "Tiếng Việt")}
            {button(Language::En, "en", "English")}
        </div>
    }
}

/// Light, dark, or as the device has it.
#[component]
pub fn ThemeSwitch(
    /// The chosen one.
    chosen: Signal<Theme>,
    /// The person chose another.
    on_choose: Callback<Theme>,
) -> impl IntoView {
    let say = Say::from_context();
    let button = move |theme: Theme, name| {
        view! {
            <button
                type="button"
                aria-pressed=move || (chosen.get() == theme).to_string()
                on:click=move |_| on_choose.run(theme)
            >
                {say.of(name)}
            </button>
        }
    };
    view! {
        <div class="segmented small" role="group" aria-label=say.of(common::THEME)>
            {button(Theme::Auto, common::THEME_AUTO)}
            {button(Theme::Light, common::THEME_LIGHT)}
            {button(Theme::Dark, common::THEME_DARK)}
        </div>
    }
}
