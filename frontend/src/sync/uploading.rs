//! Sends the bytes of files that ops name. One that the centre does not want holds up no other.

use super::driver::input_of;
use crate::{
    api::{self, Trouble},
    store::{Identity, Store, StoreTrouble},
};
use lantoa_shared::sync::device::Input;
use std::cell::Cell;

/// Sends the files of whoever is signed in. Returns whether any arrived, and puts down what `ended` that early.
pub async fn send_files(
    store: &Store,
    of: &Identity,
    ended: &Cell<Option<Input>>,
) -> Result<bool, StoreTrouble> {
    let person = of.person.as_ref().map(|person| person.id.as_str());
    let mut is_any = false;
    for (sha256, of) in store.uploads().await? {
        if Some(of.as_str()) != person {
            continue;
        }
        if let Some(bytes) = store.file(&sha256).await? {
            match api::put_file(&sha256, bytes).await {
                Ok(()) => {}
                // This one would be refused again; it does not hold up the others.
                Err(trouble @ (Trouble::Refused { .. } | Trouble::TooLarge)) if !trouble.passes() => {
                    super::remember(trouble.code());
                    continue;
                }
                Err(trouble) => {
                    ended.set(Some(input_of(&trouble)));
                    break;
                }
            }
        }
        store.file_is_up(&sha256).await?;
        is_any = true;
    }
    Ok(is_any)
}
