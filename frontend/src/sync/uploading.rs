//! Sends the bytes of files that ops name, piece by piece. What is at the centre is not sent again, whatever became of
//! the line, the page or the server meanwhile; a file that the centre does not want holds up no other.

use super::driver::input_of;
use crate::{
    api::{self, Trouble},
    browser,
    store::{Identity, PIECE, Pieces, Store, StoreTrouble},
};
use lantoa_shared::sync::device::Input;
use std::cell::Cell;

/// How many bytes go up at once over a weak line; else a whole piece.
const LITTLE: u32 = 128 * 1024;
/// How few go up at once where something on the way lets no more through.
const LEAST: u32 = 16 * 1024;
/// How often in a row a piece may miss its place before the others have their turn.
const MISSES: usize = 3;

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
        // It goes on counting as unsent: nobody has it.
        let Some(pieces) = store.pieces(&sha256).await? else {
            super::remember("file missing");
            continue;
        };
        match send(store, &sha256, &pieces).await? {
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
        store.file_is_up(&sha256).await?;
        is_any = true;
    }
    Ok(is_any)
}

/// Sends one file from where it stopped.
async fn send(store: &Store, sha256: &str, pieces: &Pieces) -> Result<Result<(), Trouble>, StoreTrouble> {
    let (length, known) = (pieces.size, store.upload_place(sha256).await?);
    let stands = match &known {
        Some(place) => api::upload_stands(place).await,
        None => Ok(None),
    };
    let (place, mut offset) = match (known, stands) {
        (_, Err(trouble)) => return Ok(Err(trouble)),
        (Some(place), Ok(Some(offset))) => (place, offset),
        _ => match api::begin_upload(sha256, length).await {
            Ok((place, offset)) => {
                // A phone without room for it begins anew the next time.
                let _ = store.set_upload_place(sha256, &place).await;
                (place, offset)
            }
            Err(trouble) => return Ok(Err(trouble)),
        },
    };
    let (mut misses, mut at_once) = (0, if browser::is_line_weak() { LITTLE } else { PIECE });
    while offset < length {
        let Some(piece) = store.bytes_at(pieces, offset, at_once).await? else {
            // It goes on counting as unsent, and holds up no other.
            return Ok(Err(Trouble::Refused { code: "piece missing".to_owned(), retry_after: None }));
        };
        let sent = api::send_piece(&place, offset, &piece).await;
        let is_missed = matches!(&sent, Err(Trouble::Refused { code, .. })
            if ["elsewhere", "busy"].contains(&code.as_str()));
        match sent {
            Ok(now) => (offset, misses) = (now, 0),
            Err(Trouble::TooLarge) if at_once > LEAST => at_once /= 4,
            // Another tab, or an answer that was not heard: the centre says where it stands.
            Err(_) if is_missed && misses < MISSES => match api::upload_stands(&place).await {
                Ok(Some(now)) => (offset, misses) = (now, misses + 1),
                Ok(None) => return Ok(Err(Trouble::Busy)),
                Err(trouble) => return Ok(Err(trouble)),
            },
            Err(_) if is_missed => return Ok(Err(Trouble::Busy)),
            Err(trouble) => return Ok(Err(trouble)),
        }
    }
    Ok(Ok(()))
}
