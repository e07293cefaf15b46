//! Whether the bytes of files may go up now, as the person chose on this device.

use crate::browser;

/// The preference that says so.
const KEY: &str = "uploads";

/// When files may go up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadRule {
    /// Whenever there is a network.
    Always,
    /// Only where nobody pays by the byte, as far as the browser tells.
    Wifi,
    /// Not until the person says so.
    Paused,
}

impl UploadRule {
    /// What the person chose.
    pub fn chosen() -> Self {
        match browser::preference(KEY).as_deref() {
            Some("wifi") => Self::Wifi,
            Some("paused") => Self::Paused,
            _ => Self::Always,
        }
    }

    /// Remembers what the person chooses.
    pub fn choose(self) {
        let code = match self {
            Self::Always => "",
            Self::Wifi => "wifi",
            Self::Paused => "paused",
        };
        browser::set_preference(KEY, code);
    }

    /// Whether files have to wait.
    pub fn holds(self) -> bool {
        match self {
            Self::Always => false,
            Self::Wifi => browser::line_kind().is_some_and(|kind| kind == "cellular"),
            Self::Paused => true,
        }
    }
}
