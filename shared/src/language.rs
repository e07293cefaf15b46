//! The two languages of the screens, and a text that exists in both.
//!
//! Vietnamese comes first everywhere: a text without English falls back to Vietnamese, never the other way.

use serde::{Deserialize, Serialize};

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Vietnamese, the language of the programme.
    #[default]
    Vi,
    /// English.
    En,
}

/// A text in both languages, as the definition files hold it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bilingual {
    /// Vietnamese, with all its marks, NFC.
    pub vi: String,
    /// English; empty where a proper name is not translated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Bilingual {
    /// Joins the two wordings of one text.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }

    /// The wording in `language`, or in Vietnamese where there is no other.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En if !self.en.is_empty() => &self.en,
            _ => &self.vi,
        }
    }
}
