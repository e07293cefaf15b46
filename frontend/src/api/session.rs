//! Signing in and out.

use super::{
    Trouble,
    fetch::{self, Body},
};
use lantoa_shared::person::Person;
use serde::{Deserialize, Serialize};

const SESSION: &str = "/api/v1/session";

/// Who is signed in, and which database answers.
#[derive(Debug, Clone, Deserialize)]
pub struct SignedIn {
    /// The person.
    pub person: Person,
    /// The centre's epoch.
    pub epoch: String,
}

/// Signs a person in.
pub async fn sign_in(account: &str, password: &str) -> Result<SignedIn, Trouble> {
    #[derive(Serialize)]
    struct SignIn<'a> {
        account: &'a str,
        password: &'a str,
    }
    fetch::json("POST", SESSION, Body::json(&SignIn { account, password })).await
}

/// Who is signed in, as the centre knows it now; asking makes the session last longer.
pub async fn session() -> Result<SignedIn, Trouble> {
    fetch::json("GET", SESSION, Body::Nothing).await
}

/// Ends the session at the centre.
pub async fn sign_out() -> Result<(), Trouble> {
    fetch::text("DELETE", SESSION, Body::Nothing).await.map(drop)
}
