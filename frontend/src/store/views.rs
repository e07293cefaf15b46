//! Last answers of the centre, kept to be read without a network.

use super::{
    Store, StoreTrouble,
    base::range,
    schema::{META, VIEWS},
    transaction::{Change, Purpose, delete, put, text},
};
use crate::json;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbTransaction;

/// How many answers are kept to questions of which there is no end.
const FEW: usize = 20;
/// What the keys of the lists of such questions begin with.
const ASKED: &str = "asked|";

/// An answer and when it was given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct View {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Its JSON text.
    pub body: String,
}

impl Store {
    /// The last answer to a question.
    pub async fn view(&self, question: &str) -> Result<Option<View>, StoreTrouble> {
        let key = JsValue::from_str(question);
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(VIEWS)?.get(&key)?]);
        let text = text(&self.run(&[VIEWS], Purpose::Read, &get).await?);
        Ok(text.and_then(|text| json::read(&text).ok()))
    }

    /// Forgets the answer to a question: the centre does not give it any more.
    pub async fn forget_view(&self, question: &str) -> Result<(), StoreTrouble> {
        self.write(Purpose::Cache, &[delete(VIEWS, question)]).await
    }

    /// Keeps the answer to a question. Of questions that begin as one of `few` only the last ones are kept: those that
    /// people make up are without end.
    pub async fn set_view(
        &self,
        question: &str,
        view: &View,
        few: &[&'static str],
    ) -> Result<(), StoreTrouble> {
        let text = serde_json::to_string(view).map_err(|_| StoreTrouble::Broken)?;
        let mut changes = vec![put(VIEWS, question, &text)];
        if let Some(begin) = few.iter().find(|begin| question.starts_with(**begin)) {
            changes.extend(self.only_last(begin, question).await?);
        }
        self.write(Purpose::Cache, &changes).await
    }

    /// What goes so that of the questions that begin so this one and the last ones before it are left.
    async fn only_last(&self, begin: &str, question: &str) -> Result<Vec<Change>, StoreTrouble> {
        let asked = format!("{ASKED}{begin}");
        let before = self.note_text(&asked).await?.and_then(|text| json::read(&text).ok());
        let mut last: Vec<String> = before.unwrap_or_default();
        last.retain(|it| it != question);
        last.push(question.to_owned());
        last.drain(..last.len().saturating_sub(FEW));
        let range = range(begin);
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(VIEWS)?.get_all_keys_with_key(&range)?]);
        let requests = self.run(&[VIEWS], Purpose::Read, &get).await?;
        let keys = requests.first().and_then(|it| it.result().ok()?.dyn_into::<js_sys::Array>().ok());
        let keys = keys.unwrap_or_default();
        let keys = keys.iter().filter_map(|key| key.as_string()).filter(|key| !last.contains(key));
        let mut changes: Vec<Change> = keys.map(|key| delete(VIEWS, &key)).collect();
        changes.push(put(META, &asked, &json::write(&last)));
        Ok(changes)
    }
}
