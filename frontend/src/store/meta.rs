//! Small things by name: who this device is, who uses it, how far it has read, where one was.

use super::{
    Store, StoreTrouble,
    base::{queue_rows, texts},
    schema::META,
    transaction::{Change, Purpose, put, text},
};
use crate::browser;
use crate::json;
use lantoa_shared::map::Map;
use lantoa_shared::person::Person;
use lantoa_shared::sync::{clock::Clock, replica::Mark};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;
use web_sys::{IdbRequest, IdbTransaction};

const IDENTITY: &str = "identity";
const CONTACT: &str = "contact";
/// What the keys of marks begin with.
pub const MARK: &str = "mark|";
/// What they began with in the second version of the store.
pub const OLD_CURSOR: &str = "cursor|";
/// What the keys of marks that a file's bytes are still to go up begin with.
pub const UPLOAD: &str = "upload|";
/// What the keys of what was seen begin with.
pub const SEEN: &str = "seen|";
const REMARKS: &str = "remarks|";

/// Who this device is and who uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Made with the store, and with it alone.
    pub device: String,
    /// Who was signed in last and has not signed out.
    pub person: Option<Person>,
    /// The id this device had until it took this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
}

impl Identity {
    /// A new device, which nobody uses yet.
    pub fn new() -> Self {
        Self { device: browser::random_id(), person: None, was: None }
    }

    /// The same store under another id.
    pub fn with(self, device: String) -> Self {
        Self { was: Some(self.device), device, ..self }
    }
}

/// The last contact with the centre.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The centre's epoch; empty before the first contact.
    pub epoch: String,
    /// When it last answered, in milliseconds since 1970.
    pub at: Option<i64>,
    /// What is known of its clock.
    pub clock: Clock,
    /// Everything up to here in its journal lies in a backup.
    pub durable_seq: u64,
    /// Whether it shut this device out.
    pub is_revoked: bool,
    /// Whether it said that the session is over.
    pub is_signed_out: bool,
}

/// The last contact, to be written.
pub fn contact_change(contact: &Contact) -> Result<Change, StoreTrouble> {
    let text = serde_json::to_string(contact).map_err(|_| StoreTrouble::Broken)?;
    Ok(put(META, CONTACT, &text))
}

/// Who this device is, to be written.
pub fn identity_change(identity: &Identity) -> Result<Change, StoreTrouble> {
    let text = serde_json::to_string(identity).map_err(|_| StoreTrouble::Broken)?;
    Ok(put(META, IDENTITY, &text))
}

/// Asks who this device is, as part of a transaction.
pub fn identity_request(tx: &IdbTransaction) -> Result<IdbRequest, JsValue> {
    tx.object_store(META)?.get(&JsValue::from_str(IDENTITY))
}

/// Who this device is, if that was asked first.
pub fn identity_of(requests: &[IdbRequest]) -> Option<Identity> {
    json::read(&text(requests)?).ok()
}

/// The key of a bucket's mark.
pub fn mark_key(bucket: &str) -> String {
    format!("{MARK}{bucket}")
}

/// What noted marks say.
pub fn marks_of(noted: &[(String, String)]) -> Map<String, Mark> {
    let mut marks = Map::new();
    // Version 1 kept a bare cursor, and no versions: such a bucket is read anew, under what is on screen.
    marks.extend(noted.iter().map(|(name, text)| {
        let mark: Mark = json::read(text).unwrap_or_default();
        (name.clone(), mark.taken_up())
    }));
    marks
}

/// The key of the mark that a file's bytes are still to go up.
pub fn upload_key(sha256: &str) -> String {
    format!("{UPLOAD}{sha256}")
}

impl Store {
    /// Reads who this device is; a new store makes a new device.
    pub async fn identity(&self) -> Result<Identity, StoreTrouble> {
        loop {
            if let Some(identity) = self.note(IDENTITY).await? {
                return Ok(identity);
            }
            let decide = |requests: &[IdbRequest]| {
                Ok(vec![identity_change(&identity_of(requests).unwrap_or_else(Identity::new))?])
            };
            self.amend(&[META], Purpose::Keep, &|tx| Ok(vec![identity_request(tx)?]), &decide).await?;
        }
    }

    /// The last contact with the centre.
    pub async fn contact(&self) -> Result<Contact, StoreTrouble> {
        Ok(self.note(CONTACT).await?.unwrap_or_default())
    }

    /// Keeps the last contact of the store with the id `device`: under another one, another tab knows more of the
    /// centre.
    pub async fn set_contact(&self, contact: &Contact, device: &str) -> Result<(), StoreTrouble> {
        self.amend_contact(&|identity, _| identity.filter(|it| it.device == device).map(|_| contact.clone()))
            .await
    }

    /// Changes what is known of the centre.
    pub async fn change_contact(&self, change: &dyn Fn(Contact) -> Contact) -> Result<(), StoreTrouble> {
        self.amend_contact(&|_, before| Some(change(before))).await
    }

    async fn amend_contact(
        &self,
        now: &dyn Fn(Option<Identity>, Contact) -> Option<Contact>,
    ) -> Result<(), StoreTrouble> {
        let read = |tx: &IdbTransaction| {
            Ok(vec![identity_request(tx)?, tx.object_store(META)?.get(&JsValue::from_str(CONTACT))?])
        };
        let decide = |requests: &[IdbRequest]| {
            let before = text(&requests[1..]).and_then(|text| json::read(&text).ok()).unwrap_or_default();
            now(identity_of(requests), before).iter().map(contact_change).collect()
        };
        self.amend(&[META], Purpose::Cache, &read, &decide).await.map(drop)
    }

    /// How far each bucket was read, and what it holds.
    pub async fn marks(&self) -> Result<Map<String, Mark>, StoreTrouble> {
        Ok(marks_of(&self.marks_noted().await?))
    }

    /// The same as it is noted, each with the bucket's name.
    pub(super) async fn marks_noted(&self) -> Result<Vec<(String, String)>, StoreTrouble> {
        self.notes(MARK).await
    }

    /// Files whose bytes are still to go up, with the person who attached them.
    pub async fn uploads(&self) -> Result<Vec<(String, String)>, StoreTrouble> {
        self.notes(UPLOAD).await
    }

    /// Where a person was in a record.
    pub async fn place<T: DeserializeOwned>(
        &self,
        person: &str,
        record: &str,
    ) -> Result<Option<T>, StoreTrouble> {
        self.note(&place_key(person, record)).await
    }

    /// Keeps where a person is in a record.
    pub async fn set_place<T: Serialize>(
        &self,
        person: &str,
        record: &str,
        place: &T,
    ) -> Result<(), StoreTrouble> {
        self.set_note(&place_key(person, record), place, Purpose::Cache).await
    }

    /// What a person wrote about a record and did not send.
    pub async fn remarks<T: DeserializeOwned>(
        &self,
        person: &str,
        record: &str,
    ) -> Result<Option<T>, StoreTrouble> {
        self.note(&format!("{REMARKS}{}", remarks_key(person, record))).await
    }

    /// Keeps what a person writes about a record.
    pub async fn set_remarks<T: Serialize>(
        &self,
        person: &str,
        record: &str,
        remarks: &T,
    ) -> Result<(), StoreTrouble> {
        self.set_note(&format!("{REMARKS}{}", remarks_key(person, record)), remarks, Purpose::Keep).await
    }

    /// Everything that people wrote about records and did not send, of which the keys begin so; by the rest of the key
    /// ([`remarks_key`]).
    pub async fn all_remarks(&self, whose: &str) -> Result<Vec<(String, String)>, StoreTrouble> {
        self.notes(&format!("{REMARKS}{whose}")).await
    }

    /// What a person saw who took the step that waits in a record.
    pub async fn seen<T: DeserializeOwned>(
        &self,
        person: &str,
        record: &str,
    ) -> Result<Option<T>, StoreTrouble> {
        self.note(&seen_key(person, record)).await
    }

    /// Keeps what a person sees who takes a step.
    pub async fn set_seen<T: Serialize>(
        &self,
        person: &str,
        record: &str,
        seen: &T,
    ) -> Result<(), StoreTrouble> {
        self.set_note(&seen_key(person, record), seen, Purpose::Cache).await
    }

    async fn note<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreTrouble> {
        Ok(self.note_text(key).await?.and_then(|text| json::read(&text).ok()))
    }

    pub(super) async fn note_text(&self, key: &str) -> Result<Option<String>, StoreTrouble> {
        let key = JsValue::from_str(key);
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(META)?.get(&key)?]);
        Ok(text(&self.run(&[META], Purpose::Read, &get).await?))
    }

    async fn set_note<T: Serialize>(
        &self,
        key: &str,
        value: &T,
        purpose: Purpose,
    ) -> Result<(), StoreTrouble> {
        let text = serde_json::to_string(value).map_err(|_| StoreTrouble::Broken)?;
        self.write(purpose, &[put(META, key, &text)]).await
    }

    /// The notes whose keys begin so, by the rest of their keys.
    pub(super) async fn notes(&self, prefix: &str) -> Result<Vec<(String, String)>, StoreTrouble> {
        let get = |tx: &IdbTransaction| Ok(note_requests(tx, prefix)?.into());
        Ok(notes_of(&self.run(&[META], Purpose::Read, &get).await?, prefix))
    }
}

/// Asks for the notes whose keys begin so, as part of a transaction; [`notes_of`] reads the two answers.
pub fn note_requests(tx: &IdbTransaction, prefix: &str) -> Result<[IdbRequest; 2], JsValue> {
    queue_rows(&tx.object_store(META)?, prefix)
}

/// The notes, by the rest of their keys.
pub fn notes_of(requests: &[IdbRequest], prefix: &str) -> Vec<(String, String)> {
    let rows = texts(requests).into_iter();
    rows.map(|(key, text)| (key[prefix.len()..].to_owned(), text)).collect()
}

/// Whose remarks, on which record.
pub fn remarks_key(person: &str, record: &str) -> String {
    format!("{person}|{record}")
}

/// The key of what a person saw who took a step.
pub fn seen_key(person: &str, record: &str) -> String {
    format!("{SEEN}{person}|{record}")
}

fn place_key(person: &str, record: &str) -> String {
    format!("place|{person}|{record}")
}
