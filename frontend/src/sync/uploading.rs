//! Sends the bytes of files that ops name, piece by piece, small files first. What is at the centre is not sent again,
//! whatever became of the line, the page or the server meanwhile; a file that the centre does not want holds up no
//! other, and none holds up what is typed. What a person took away before it was up stays here (see [`letting_go`]).

use super::{driver::input_of, upload_rule::UploadRule};
use crate::{
    api::{self, Trouble},
    browser, json,
    store::{Identity, OutboxRow, PIECE, Pieces, Store, StoreTrouble},
};
use lantoa_shared::{
    map::in_order,
    op::Op,
    sync::{
        device::Input,
        letting_go::{self, Fate},
    },
};
use std::cell::Cell;

/// How many bytes go up at first; from then on as many as the line takes in a moment.
const FIRST: u32 = 128 * 1024;
/// How few go up at once where the line is slow, or something on the way lets no more through.
const LEAST: u32 = 16 * 1024;
/// A piece that takes less time may be larger, one that takes longer is to be smaller; in milliseconds.
const MOMENT: std::ops::Range<i64> = 1_000..5_000;
/// How long bytes go up before it is the turn of what was typed and of what is new, in milliseconds.
const TURN: i64 = 10_000;
/// How often in a row a piece may miss its place before the others have their turn.
const MISSES: usize = 3;

/// How far a file came.
enum Sent {
    /// All of it is up.
    Whole,
    /// The turn is over.
    Part,
    /// The person wants files to wait.
    Held,
    /// The person takes it away.
    LetGo,
}

/// Sends the files of whoever is signed in, for a turn. Returns whether any waits no more, and puts down what `ended`
/// that early.
pub async fn send_files(
    store: &Store,
    of: &Identity,
    ended: &Cell<Option<Input>>,
) -> Result<bool, StoreTrouble> {
    let person = of.person.as_ref().map(|person| person.id.as_str());
    let (mut is_any, began) = (false, browser::now());
    let mut files = Vec::new();
    for (sha256, of) in store.uploads().await? {
        if Some(of.as_str()) != person {
            continue;
        }
        match fate(store, &sha256).await? {
            Fate::Go => {}
            Fate::Wait => continue,
            Fate::Stay => {
                if let Some((place, _)) = store.upload_place(&sha256).await? {
                    // Unheard, it goes when nobody goes on with it.
                    let _ = api::take_back_upload(&place).await;
                }
                store.end_upload(&sha256).await?;
                is_any = true;
                continue;
            }
        }
        match store.pieces(&sha256).await? {
            Some(pieces) => files.push((sha256, pieces)),
            // It goes on counting as unsent: nobody has it.
            None => super::remember("file missing"),
        }
    }
    for at in in_order(files.len(), &|one, other| files[one].1.size.cmp(&files[other].1.size)) {
        let (sha256, pieces) = &files[at];
        match send(store, sha256, pieces, began).await? {
            Ok(Sent::Whole) => {}
            Ok(Sent::Part) => {
                ended.set(Some(Input::PartUp));
                break;
            }
            Ok(Sent::Held) => break,
            Ok(Sent::LetGo) => continue,
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
        store.end_upload(sha256).await?;
        is_any = true;
    }
    Ok(is_any)
}

/// Whether a file still goes up.
async fn fate(store: &Store, sha256: &str) -> Result<Fate, StoreTrouble> {
    let Some((record, path)) = store.named_before(sha256).await? else { return Ok(Fate::Go) };
    let read = |row: OutboxRow| Some((json::read::<Op>(&row.body).ok()?, row));
    let rows: Vec<_> =
        store.outbox().await?.into_iter().filter_map(read).map(|(op, row)| (row, op)).collect();
    let fate = |is_held| letting_go::fate(sha256, (&record, &path), &rows, is_held);
    // All records are read only where what lies here does not decide.
    let is_held = fate(true) != fate(false) && store.is_held(sha256).await?;
    Ok(fate(is_held))
}

/// Sends one file from where it stopped, as far as it comes in the turn that began then.
async fn send(
    store: &Store,
    sha256: &str,
    pieces: &Pieces,
    began: i64,
) -> Result<Result<Sent, Trouble>, StoreTrouble> {
    if UploadRule::chosen().holds() {
        return Ok(Ok(Sent::Held));
    }
    let (length, known) = (pieces.size, store.upload_place(sha256).await?);
    let stands = match &known {
        Some((place, _)) => api::upload_stands(place).await,
        None => Ok(None),
    };
    let (place, mut offset) = match (known, stands) {
        (_, Err(trouble)) => return Ok(Err(trouble)),
        (Some((place, _)), Ok(Some(offset))) => (place, offset),
        _ => match api::begin_upload(sha256, length).await {
            Ok(begun) => begun,
            Err(trouble) => return Ok(Err(trouble)),
        },
    };
    let (mut misses, mut at_once, mut most) = (0, FIRST, PIECE);
    loop {
        // A phone without room for it begins anew the next time.
        let _ = store.set_upload_place(sha256, &place, offset).await;
        if offset >= length {
            return Ok(Ok(Sent::Whole));
        }
        let before = browser::now();
        match () {
            () if UploadRule::chosen().holds() => return Ok(Ok(Sent::Held)),
            () if fate(store, sha256).await? != Fate::Go => return Ok(Ok(Sent::LetGo)),
            () if before - began > TURN => return Ok(Ok(Sent::Part)),
            () => {}
        }
        let Some(piece) = store.bytes_at(pieces, offset, at_once).await? else {
            // It goes on counting as unsent, and holds up no other.
            return Ok(Err(Trouble::Refused { code: "piece missing".to_owned(), retry_after: None }));
        };
        let sent = api::send_piece(&place, offset, &piece).await;
        let is_missed = matches!(&sent, Err(Trouble::Refused { code, .. })
            if ["elsewhere", "busy"].contains(&code.as_str()));
        match sent {
            Ok(now) => {
                (offset, misses) = (now, 0);
                let took = browser::now() - before;
                if took < MOMENT.start {
                    at_once = (at_once * 2).min(most);
                } else if took > MOMENT.end {
                    at_once = (at_once / 2).max(LEAST);
                }
            }
            Err(Trouble::TooLarge) if at_once > LEAST => {
                most = at_once / 4;
                at_once = most;
            }
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
}
