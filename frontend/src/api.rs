//! Every address of the centre, and what its answers mean.
//!
//! Nothing else in the app knows an address, a status or a header. Being without a network is one
//! of the answers, not an accident.

mod fetch;
mod files;
mod library;
mod news;
mod session;
mod sync;
mod tables;
mod uploads;

pub use files::{file_address, file_bytes};
pub use library::{
    ENDLESS, alike_question, item_question, library_question, pin, receipts_question, small_address,
    tell_receipts, unpin,
};
pub use news::News;
pub use session::{SignedIn, session, sign_in, sign_out};
pub use sync::{pull, push};
pub use tables::{ask, contributions_question, record_question, table_question};
pub use uploads::{begin_upload, send_piece, take_back_upload, upload_stands};

/// Why there is no answer to work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The centre was not reached – or something else answered in its place, as hotel networks do.
    Network,
    /// The session is over.
    SignedOut,
    /// This app is too old for the centre.
    Outdated,
    /// The centre says no; the code is stable, the seconds say when to ask again.
    Refused {
        /// The code.
        code: String,
        /// When to ask again.
        retry_after: Option<u64>,
    },
    /// More than the centre, or something on the way to it, takes at once.
    TooLarge,
    /// The centre could not answer; later it will.
    Busy,
}

impl Trouble {
    /// A word for it, for whoever helps.
    pub fn code(&self) -> &str {
        match self {
            Self::Network => "network",
            Self::SignedOut => "signed_out",
            Self::Outdated => "outdated",
            Self::Refused { code, .. } => code,
            Self::TooLarge => "too_large",
            Self::Busy => "busy",
        }
    }

    /// Whether it goes by itself: what was asked is asked again later.
    pub fn passes(&self) -> bool {
        match self {
            Self::Network | Self::Busy => true,
            // "Later" is an answer too.
            Self::Refused { retry_after, .. } => retry_after.is_some(),
            Self::SignedOut | Self::Outdated | Self::TooLarge => false,
        }
    }
}
