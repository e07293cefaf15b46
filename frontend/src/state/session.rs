//! Who uses the app. The last person is remembered, so that the app opens without a network.

use super::engine::Engine;
use crate::{
    api::{self, Trouble},
    store::{Contact, StoreTrouble},
};
use lantoa_shared::person::Person;
use std::{rc::Rc, sync::Arc};

/// Who uses the app.
#[derive(Debug, Clone, PartialEq)]
pub enum Session {
    /// The store is being opened.
    Opening,
    /// Nobody.
    SignedOut,
    /// This person.
    SignedIn(Arc<Person>),
}

impl Session {
    /// The person, if there is one.
    pub fn person(&self) -> Option<&Arc<Person>> {
        match self {
            Self::SignedIn(person) => Some(person),
            _ => None,
        }
    }
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInTrouble {
    /// No such account, or another password.
    WrongPassword,
    /// Too many attempts.
    TooManyAttempts {
        /// Seconds until the next one is heard.
        seconds: u64,
    },
    /// The centre was not reached.
    NoNetwork,
    /// This version of the app is too old.
    Outdated,
    /// The centre could not answer.
    Server,
    /// This phone cannot keep anything.
    Store(StoreTrouble),
}

impl From<Trouble> for SignInTrouble {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Network => Self::NoNetwork,
            Trouble::Outdated => Self::Outdated,
            Trouble::Refused { retry_after: Some(seconds), .. } => Self::TooManyAttempts { seconds },
            Trouble::Refused { .. } | Trouble::SignedOut => Self::WrongPassword,
            Trouble::Busy | Trouble::TooLarge => Self::Server,
        }
    }
}

impl Engine {
    /// Signs a person in.
    pub async fn sign_in(self: &Rc<Self>, account: &str, password: &str) -> Result<(), SignInTrouble> {
        let signed_in = api::sign_in(account, password).await?;
        self.adopt(signed_in).await.map_err(SignInTrouble::Store)?;
        // The conversation hears of it later; until then nobody is to be told that the session is over.
        self.note(|facts| facts.line.is_signed_out = false);
        self.reload_all().await;
        self.sync().session_changed(true);
        Ok(())
    }

    async fn adopt(&self, signed_in: api::SignedIn) -> Result<(), StoreTrouble> {
        self.store
            .change_contact(&|before| {
                let epoch = if before.epoch.is_empty() { signed_in.epoch.clone() } else { before.epoch };
                Contact { epoch, is_signed_out: false, ..before }
            })
            .await?;
        self.store.set_person(Some(&signed_in.person)).await
    }

    /// Asks who is signed in: roles may have changed, and a session in use is not to run out. Without an answer
    /// everything stays as it is.
    pub async fn renew_session(self: &Rc<Self>) {
        let Some(person) = self.person() else { return };
        let Ok(now) = api::session().await else { return };
        if now.person.id == person.id && now.person != *person && self.adopt(now).await.is_ok() {
            self.reload_all().await;
        }
    }

    /// Signs out here at once, and at the centre if it can be reached.
    pub async fn sign_out(self: &Rc<Self>) {
        self.flush().await;
        if let Err(trouble) = self.store.set_person(None).await {
            self.trouble.set(Some(trouble));
        }
        self.reload_all().await;
        self.sync().session_changed(false);
        let _ = api::sign_out().await;
    }
}
