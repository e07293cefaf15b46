//! The library, as the centre shows it – or showed it last.

use super::{
    App,
    fetched::{Fetched, fetch},
};
use crate::{api, prelude::*};
use lantoa_shared::{
    definition::Choice,
    wire::v1::library::{LibraryAnswer, LibraryDetail, facet::Chosen},
};
use std::sync::Arc;

impl App {
    /// A page of what every unit may use again.
    pub fn library(&self, words: &str, chosen: &Chosen, from: usize) -> Signal<Fetched<LibraryAnswer>> {
        fetch(&self.engine(), api::library_question(words, chosen, from))
    }

    /// One item of it.
    pub fn library_item(&self, id: &str) -> Signal<Fetched<LibraryDetail>> {
        fetch(&self.engine(), api::item_question(id))
    }

    /// Items of it with a picture like this one.
    pub fn alike(&self, sha256: &str) -> Signal<Fetched<LibraryAnswer>> {
        fetch(&self.engine(), api::alike_question(sha256))
    }

    /// The choices of a list of the programme.
    pub fn choices(&self, list: &str) -> Arc<Vec<Choice>> {
        self.engine().holdings.with(|holdings| holdings.choices.get(list).cloned().unwrap_or_default())
    }
}
