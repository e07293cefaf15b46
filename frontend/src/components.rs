//! Pieces of screens: they get props and give events, and know neither the store nor the network.
//!
//! What they say comes from [`crate::i18n`]; what they look like from the classes in `public/styles`.

pub mod answers;
pub mod command_bar;
pub mod confirm;
pub mod contents;
pub mod field;
pub mod icon;
pub mod live;
pub mod notice;
pub mod pill;
pub mod preferences;
pub mod problem_summary;
pub mod prose;
pub mod sync_pill;
pub mod task;
pub mod timeline;
