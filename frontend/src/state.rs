//! What the screens show and call: signals in memory, made anew from the store at every start.
//!
//! [`App`] is a handle that may be copied anywhere. Nothing here is durable; whatever a person
//! enters goes through the store before anything says that it is saved.

mod attention;
mod cards;
mod diagnostics;
mod engine;
mod entries;
mod eviction;
mod fetched;
mod handed;
mod holdings;
mod library;
mod outbox;
mod parked;
mod plan;
mod preferences;
mod receipts;
mod recordings;
pub mod report;
mod rescue;
mod session;
mod status;
mod stock;
mod whereabouts;

pub use crate::{
    store::{Handed, Stock, StoreTrouble},
    sync::{KEEPS_ORIGINALS, MEGABYTE, UploadRule},
};
pub use attention::{Of, ParkedOp};
pub use cards::{DutyCard, ReceivedCard};
pub use entries::EntryCard;
pub use eviction::Loss;
pub use fetched::{FetchState, Fetched};
pub use holdings::Units;
pub use parked::Parked;
pub use preferences::Theme;
pub use recordings::LeftOver;
pub use report::{
    Changed, FieldView, NotTaken, Opening, Recorded, Recorder, Remarks, Report, SaveMark, Unattached, Unheard,
};
pub use rescue::Rescued;
pub use session::{Session, SignInTrouble};
pub use status::{Phase, SyncStatus};
pub use stock::{StockRoom, give_back, hand_out, is_line_dear, part_of};
pub use whereabouts::{Thing, Whereabout, Whereabouts};

use crate::api;
use crate::prelude::*;
use engine::Engine;
use lantoa_shared::date::Date;
use lantoa_shared::{
    consolidation::{Contribution, Table},
    language::{Bilingual, Language},
    period::Period,
    text,
};
use std::{rc::Rc, sync::Arc};

/// The app's state, as screens see it.
#[derive(Clone, Copy)]
pub struct App {
    engine: StoredValue<Rc<Engine>, LocalStorage>,
}

impl App {
    /// Starts the app: reads the store, then talks to the centre. Call it once, inside the root.
    pub fn start() -> Self {
        let engine = Engine::new();
        engine.start();
        Self { engine: StoredValue::new_local(engine) }
    }

    /// The state of the app this component belongs to.
    pub fn from_context() -> Self {
        expect_context()
    }

    fn engine(&self) -> Rc<Engine> {
        self.engine.get_value()
    }

    /// Who uses the app.
    pub fn session(&self) -> Signal<Session> {
        self.engine().session.into()
    }

    /// Signs a person in. Needs the network; once is enough for as long as the session lasts.
    pub async fn sign_in(self, account: String, password: String) -> Result<(), SignInTrouble> {
        self.engine().sign_in(&account, &password).await
    }

    /// How many things of the person signed in exist on this phone only.
    pub fn unsent(&self) -> Signal<usize> {
        let sync = self.sync();
        Signal::derive(move || sync.with(|sync| sync.unsent + sync.remarks + sync.recordings))
    }

    /// Signs out. What is unsent stays on the phone and goes up when the same person signs in again.
    pub async fn sign_out(self) {
        self.engine().sign_out().await;
    }

    /// The language of the screens.
    pub fn language(&self) -> Signal<Language> {
        self.engine().preferences.language.into()
    }

    /// Chooses the language of the screens.
    pub fn set_language(&self, language: Language) {
        self.engine().preferences.set_language(language);
    }

    /// Light, dark, or as the device.
    pub fn theme(&self) -> Signal<Theme> {
        self.engine().preferences.theme.into()
    }

    /// Chooses light, dark, or as the device.
    pub fn set_theme(&self, theme: Theme) {
        self.engine().preferences.set_theme(theme);
    }

    /// What is on this phone only, on its way, at the centre.
    pub fn sync(&self) -> Signal<SyncStatus> {
        self.engine().status.into()
    }

    /// Sends and fetches now.
    pub fn sync_now(&self) {
        self.engine().wake();
    }

    /// What the person's own units owe: open things first, by their due dates.
    pub fn duties(&self) -> Signal<Arc<Vec<DutyCard>>> {
        self.engine().duties.into()
    }

    /// What the person's units receive: what waits for a decision first.
    pub fn inbox(&self) -> Signal<Arc<Vec<ReceivedCard>>> {
        self.engine().inbox.into()
    }

    /// How many entries of registers wait for this person: to be approved, corrected or accepted.
    pub fn entries_waiting(&self) -> Signal<usize> {
        self.engine().entries_waiting.into()
    }

    /// The units this phone knows.
    pub fn units(&self) -> Signal<Arc<Units>> {
        let holdings = self.engine().holdings;
        Signal::derive(move || holdings.with(|holdings| Arc::clone(&holdings.units)))
    }

    /// A unit's name in the chosen language; its code if the phone does not know it.
    pub fn unit_name(&self, code: &str) -> String {
        let language = self.language().get();
        self.engine().holdings.with(|holdings| {
            holdings
                .units
                .get(code)
                .map_or_else(|| code.to_owned(), |unit| unit.name.get(language).to_owned())
        })
    }

    /// Whether the first data has come; until then there is nothing to show, and that says nothing.
    pub fn is_filled(&self) -> Signal<bool> {
        let holdings = self.engine().holdings;
        Signal::derive(move || holdings.with(|holdings| holdings.is_filled))
    }

    /// What a form is called.
    pub fn form_title(&self, code: &str, version: u32) -> Bilingual {
        let id = format!("{code}.{version}");
        self.engine()
            .holdings
            .with(|holdings| holdings.titles.get(&id).cloned().unwrap_or_else(|| Bilingual::new(code, "")))
    }

    /// What the centre keeps but did not take, for its author to look at.
    pub fn attention(&self) -> Signal<Arc<Vec<ParkedOp>>> {
        self.engine().attention()
    }

    /// Does once more what the centre did not take: as a new op, on what the record is now; a step on what was `shown`
    /// of it.
    pub fn try_again(&self, n: u64, shown: Option<Changed>) {
        self.engine().try_again(n, shown);
    }

    /// Takes what the centre did not take off this phone; the centre's journal keeps it.
    pub fn set_aside(&self, n: u64) {
        self.engine().set_aside(n);
    }

    /// What changed since this device's `n`-th step was taken, which was refused for that; `None` if the record is not
    /// here.
    pub async fn changed_since(self, n: u64) -> Option<Changed> {
        self.engine().changed_since(n).await
    }

    /// What was not taken of the reports of this person's units, whoever did it.
    pub async fn parked(self) -> Vec<Parked> {
        self.engine().parked_of_units().await.unwrap_or_default()
    }

    /// Takes a value that was not taken into the report, as it is there now.
    pub async fn take_parked(self, parked: Parked) {
        self.engine().take_parked(&parked).await;
    }

    /// Lays aside what was not taken.
    pub async fn lay_parked_aside(self, parked: Parked) {
        self.engine().lay_parked_aside(&parked).await;
    }

    /// Where everything is that the person did on this device.
    pub async fn whereabouts(self) -> Whereabouts {
        self.engine().whereabouts().await.unwrap_or_default()
    }

    /// A text for whoever helps, without anything that was entered.
    pub async fn diagnostics(self, version: String) -> String {
        self.engine().diagnostics(&version).await.unwrap_or_else(|trouble| format!("store: {trouble:?}"))
    }

    /// Frees room: files that are safe at the centre. Returns how many went.
    pub async fn free_room(self) -> Result<usize, StoreTrouble> {
        self.engine().store.free_room().await
    }

    /// Counts whatever came or went, so that what is read on demand is read anew.
    pub fn changes(&self) -> Signal<u32> {
        self.engine().changes.into()
    }

    /// Tries to keep what this device could not keep a moment ago.
    pub async fn keep_again(self) {
        self.engine().flush().await;
    }

    /// Name and text of a file with all that the person did and the centre has not settled, and how many recordings
    /// are too large to be in it.
    pub async fn rescue_file(self) -> Result<(String, String, usize), StoreTrouble> {
        self.engine().rescue_file().await
    }

    /// Takes in a rescue file that this device or another wrote.
    pub async fn open_rescue(self, text: String) -> Rescued {
        self.engine().open_rescue(&text).await
    }

    /// What was lost, if the browser threw away what was on this device.
    pub fn lost(&self) -> Signal<Option<Loss>> {
        self.engine().lost.into()
    }

    /// The person has read that the browser threw away what was on this device.
    pub fn dismiss_loss(&self) {
        self.engine().dismiss_loss();
    }

    /// Why this phone cannot keep anything, if it cannot.
    pub fn trouble(&self) -> Signal<Option<StoreTrouble>> {
        self.engine().trouble.into()
    }

    /// Whether a new version of the app waits.
    pub fn update_ready(&self) -> Signal<bool> {
        self.engine().update_ready.into()
    }

    /// Says no more of the update that waits, until the app is opened again.
    pub fn put_update_off(&self) {
        self.engine().update_ready.set(false);
    }

    /// Saves what is being typed and starts the new version.
    pub fn apply_update(&self) {
        self.engine().apply_update();
    }

    /// The day in Việt Nam.
    pub fn today(&self) -> Date {
        text::day::of_moment(self.engine().now())
    }

    /// Opens a record. Lives as long as the owner it was called in.
    pub fn report(&self, id: String) -> Signal<Opening> {
        report::open(self.engine(), id)
    }

    /// Opens a report that others sent and this phone does not hold. Lives as long as the owner it was called in.
    pub fn sent_report(&self, id: &str) -> Signal<Opening> {
        report::open_sent(self.engine(), id)
    }

    /// The table of all units below one, from the centre – or, without a network, its last answer.
    pub fn table(&self, unit: &str, form: &str, period: Period) -> Signal<Fetched<Table>> {
        fetched::fetch(&self.engine(), api::table_question(unit, form, period))
    }

    /// The reports behind one figure of a table: of a `field`, or of a `target`.
    pub fn contributions(
        &self,
        unit: &str,
        form: &str,
        period: Period,
        figure: &str,
        code: &str,
    ) -> Signal<Fetched<Vec<Contribution>>> {
        fetched::fetch(&self.engine(), api::contributions_question(unit, form, period, figure, code))
    }
}
