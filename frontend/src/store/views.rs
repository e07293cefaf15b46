//! Last answers of the centre, kept to be read without a network.

use super::{
    Store, StoreTrouble,
    schema::VIEWS,
    transaction::{Purpose, delete, put, text},
};
use crate::json;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

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

    /// Keeps the answer to a question.
    pub async fn set_view(&self, question: &str, view: &View) -> Result<(), StoreTrouble> {
        let text = serde_json::to_string(view).map_err(|_| StoreTrouble::Broken)?;
        self.write(Purpose::Cache, &[put(VIEWS, question, &text)]).await
    }
}
