//! Fetches what is new and writes it, all of an answer with its cursors in one transaction.

use super::{
    driver::{Driver, input_of},
    rare::{self, Rare},
    tabs::Happened,
};
use crate::{
    api::{self, Trouble},
    browser,
    json::{self, Unread},
    store::{Identity, StoreTrouble, is_stock_due},
};
use futures::channel::oneshot;
use lantoa_shared::{
    map::Map,
    sync::{
        bucket,
        device::{self, Input},
    },
    wire::v1::{Bucket, PullAnswer, PullRequest, RowKind},
};

/// How many bytes of bodies come at once over a weak line.
const LITTLE: u64 = 100_000;

/// A page on its way.
pub struct Ahead {
    asker: Identity,
    question: String,
    asked: i64,
    answer: oneshot::Receiver<Answered>,
}

/// When an answer came, and which.
type Answered = (i64, Result<PullAnswer<Unread>, Trouble>);

impl Ahead {
    /// Asks.
    fn ask(asker: Identity, question: String) -> Self {
        let (sender, answer) = oneshot::channel();
        let (asked, text) = (browser::now(), question.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let answer = api::pull(text).await;
            let _ = sender.send((browser::now(), answer));
        });
        Self { asker, question, asked, answer }
    }
}

/// The question what is new behind the cursors.
fn question(epoch: &str, device: &str, cursors: &Map<String, u64>) -> String {
    let most = browser::is_line_weak().then_some(LITTLE);
    json::write(&PullRequest { most, ..device::compose_pull(epoch, device, cursors) })
}

impl Driver {
    /// Asks what is new.
    pub(super) async fn pull(&mut self) -> Input {
        let input = match self.try_pull().await {
            Ok(input) => input,
            Err(trouble) => match self.could_not_keep(trouble).await {
                // The line is not to blame.
                _ if trouble == StoreTrouble::Full => Input::Pulled { more: false, frees: false },
                input => input,
            },
        };
        self.tell_what_came(input);
        if self.is_first && matches!(input, Input::Pulled { more: false, .. }) {
            self.is_first = false;
            browser::measure("first-sync");
        }
        input
    }

    async fn try_pull(&mut self) -> Result<Input, StoreTrouble> {
        let identity = self.store.identity().await?;
        let contact = self.store.contact().await?;
        let mut cursors = Map::new();
        cursors.extend(self.store.marks().await?.into_iter().map(|(name, mark)| (name, mark.cursor)));
        if cursors.is_empty() {
            self.is_first = true;
            browser::begin("first-sync");
        }
        let question_now = question(&contact.epoch, &identity.device, &cursors);
        let is_this = |it: &Ahead| it.asker == identity && it.question == question_now;
        let ahead = self.ahead.take().filter(is_this);
        let ahead = ahead.unwrap_or_else(|| Ahead::ask(identity.clone(), question_now));
        let asked = ahead.asked;
        let (answered, answer) = match ahead.answer.await {
            Ok((answered, Ok(answer))) => (answered, answer),
            Ok((_, Err(trouble))) => return Ok(input_of(&trouble)),
            Err(_) => return Ok(Input::Failed),
        };
        // Who signed in meanwhile must not get what was fetched for another, nor a new store what an old one lacked.
        if self.store.identity().await? != identity {
            return Ok(Input::Pulled { more: true, frees: false });
        }
        let was_revoked = contact.is_revoked;
        let heard = self.hear(
            &identity,
            contact,
            (asked, answered),
            &answer.epoch,
            answer.server_time,
            answer.durable_seq,
        );
        let Some((mut contact, is_restored)) = heard.await? else { return Ok(Input::Failed) };
        if is_restored {
            // Every bucket is asked for anew, once what that centre lacks is up.
            return Ok(Input::Pushed { unsent: self.unsent().await?.len() });
        }
        contact.is_revoked = answer.is_revoked;
        self.line.is_revoked = answer.is_revoked;
        // What was done for a unit goes up before the unit's rows go from here; until then the centre says so anew.
        // What everybody may read stays: it names what is still here, on a device that was shut out, too.
        let unsent = self.unsent().await?.len();
        let mut gone = answer.drop.clone();
        gone.retain(|name| name != bucket::PUB && (unsent == 0 || answer.is_revoked));
        if device::has_more(&answer) && unsent == 0 && gone.is_empty() {
            let mut next = cursors.clone();
            next.extend(answer.buckets.iter().map(|bucket| (bucket.name.clone(), bucket.cursor)));
            self.ahead = Some(Ahead::ask(identity.clone(), question(&answer.epoch, &identity.device, &next)));
        }
        let Some(differs) = self.store.take_in(&identity, &cursors, &answer, &gone, &contact).await? else {
            // Asked again at once, but not a second time: the other tab takes in what comes, and a fault that stays
            // must not become a flood.
            self.is_overtaken = !self.is_overtaken;
            return Ok(Input::Pulled { more: self.is_overtaken, frees: false });
        };
        self.is_overtaken = false;
        self.has_wiped |= !gone.is_empty();
        if std::mem::take(&mut self.had_trouble) {
            self.tell(Happened::Judged);
        }
        let more = device::has_more(&answer) || differs;
        let is_news = |bucket: &Bucket<Unread>| bucket.reset || !bucket.rows.is_empty();
        if answer.buckets.iter().any(is_news) || !gone.is_empty() || answer.is_revoked != was_revoked {
            let programme = answer.buckets.iter().any(|bucket| bucket.reset || has_programme(bucket));
            *self.untold.get_or_insert_default() |= programme || answer.is_revoked;
        }
        // Numbers that go back, and rows that are not those the centre counts, mean that an older copy of its
        // database was put in place by hand: it may lack what it said it had.
        let goes_back = |bucket: &Bucket<Unread>| {
            bucket.reset && cursors.get(&bucket.name).is_some_and(|cursor| *cursor > bucket.cursor)
        };
        if differs || answer.buckets.iter().any(goes_back) {
            let epoch = Rare::Epoch { contact, device: identity.device };
            let is_offered = rare::happen(&self.store, epoch).await?;
            if is_offered {
                self.tell(Happened::Session);
            }
            return Ok(if is_offered { Input::Pushed { unsent: 1 } } else { Input::Failed });
        }
        // Only now: should it fail, the screen already shows what came.
        let mut frees = false;
        if !more {
            let has_judged = self.store.outbox().await?.iter().any(|row| row.verdict.is_some());
            let may_settle =
                std::mem::take(&mut self.is_backup_newer) || has_judged || self.has_wiped || is_stock_due();
            let settling = Rare::Settling { is_wiped: self.has_wiped };
            // Told behind what came: who reads the outbox must find in the record what is no longer there.
            let is_any = may_settle && rare::happen(&self.store, settling).await?;
            self.has_verdicts |= is_any;
            frees = is_any && !self.store.uploads().await?.is_empty();
        }
        if unsent > 0 && !answer.drop.is_empty() {
            return Ok(Input::Pushed { unsent });
        }
        Ok(Input::Pulled { more, frees })
    }
}

fn has_programme(bucket: &Bucket<Unread>) -> bool {
    bucket.rows.iter().any(|row| {
        let is_programme = matches!(
            row.kind,
            RowKind::Programme | RowKind::Choices | RowKind::Form | RowKind::Unit | RowKind::Target
        );
        is_programme
    })
}
