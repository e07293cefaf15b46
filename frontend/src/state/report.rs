//! A record on screen: read field by field, written field by field.
//!
//! The view is the centre's state with this person's waiting ops folded in, judged as the centre
//! will judge them. One keystroke redraws the fields it concerns and no others.

mod core;
mod difference;
mod files;
mod loading;
mod pictures;
mod recording;
mod remarks;
mod stranded;
mod typing;
mod view;

pub use crate::store::Recorded;
pub use core::{Core, NotTaken};
pub use difference::{Changed, difference};
pub use files::{Unattached, add};
pub use loading::{act_anew, open, open_sent, view_of};
pub use recording::{Recorder, Unheard};
pub use remarks::{Remarks, are_written};
pub use view::{FieldView, SaveMark};

use crate::prelude::*;
use lantoa_shared::{
    background::Background,
    duty::Duty,
    form::Form,
    map::Map,
    op::{Command, FieldNote, Path},
    person::{Action, may},
    record::{Record, State},
    sheet::Sheet,
    value::Value,
};
use serde::{Deserialize, Serialize};
use std::{rc::Rc, sync::Arc};

/// A record that was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Opening {
    /// It is being read, or the first data is on its way.
    Loading,
    /// It is there.
    Open(Report),
    /// This phone has no such record, or the person may not see it.
    Missing,
}

/// Where a person was in a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The section.
    pub section: Option<String>,
    /// The field.
    pub field: Option<Path>,
}

/// A record on screen. Lives as long as the page that opened it.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    core: StoredValue<Rc<Core>, LocalStorage>,
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        self.core == other.core
    }
}

impl Report {
    fn core(&self) -> Rc<Core> {
        self.core.get_value()
    }

    /// The record, unless its page is gone: a control that is being taken away may still say something.
    fn live(&self) -> Option<Rc<Core>> {
        self.core.try_get_value()
    }

    /// The record's id.
    pub fn id(&self) -> String {
        self.core().id.clone()
    }

    /// The form, in the version of the duty.
    pub fn form(&self) -> Arc<Form> {
        Arc::clone(&self.core().form)
    }

    /// Everything outside the record that its rules look at.
    pub fn background(&self) -> Arc<Background> {
        Arc::clone(&self.core().background)
    }

    /// What the record fulfils.
    pub fn duty(&self) -> Duty {
        self.core().background.duty.clone()
    }

    /// The centre's state with this person's waiting ops folded in.
    pub fn record(&self) -> Signal<Arc<Record>> {
        self.core().view.into()
    }

    /// Names of the people the record mentions, by their ids.
    pub fn people(&self) -> Signal<Arc<Map<String, String>>> {
        self.core().people.into()
    }

    /// The id of this device, as entries name it.
    pub fn device(&self) -> Signal<String> {
        Signal::stored(self.core().engine.outbox.borrow().device.clone())
    }

    /// What the form makes of it: computed values, relevance, problems, progress.
    pub fn sheet(&self) -> Signal<Arc<Sheet>> {
        self.core().sheet.into()
    }

    /// Where it stands.
    pub fn state(&self) -> Memo<State> {
        let view = self.core().view;
        memo(move || view.with(|record| record.state))
    }

    /// The page from which whoever fills it comes.
    pub fn home(&self) -> &'static str {
        if self.core().background.duty.entry.is_some() { "/media" } else { "/" }
    }

    /// Whether the person may do this to the record as it stands.
    pub fn can(&self, action: Action) -> bool {
        let core = self.core();
        let duty = &core.background.duty;
        core.view
            .with(|record| may(&core.person, action, duty.standing(&core.line, record, &core.person)).is_ok())
    }

    /// One field. Changes only when this field's view changes.
    pub fn field(&self, path: &Path) -> Memo<FieldView> {
        view::field(&self.core(), path)
    }

    /// How safe what stands in a field is.
    pub fn saved(&self, path: &Path) -> Memo<SaveMark> {
        view::saved(&self.core(), path)
    }

    /// The row ids of a group, in order.
    pub fn rows(&self, group: &str) -> Memo<Vec<String>> {
        let (view, group) = (self.core().view, group.to_owned());
        memo(move || view.with(|record| record.rows(&group).into_iter().map(str::to_owned).collect()))
    }

    /// Takes in what stands in a text control; saved when typing pauses.
    pub fn typing(&self, path: &Path, raw: String) {
        if let Some(core) = self.live() {
            core.typing(path, raw);
        }
    }

    /// The person left the control: what was typed is saved now.
    pub fn leave(&self, path: &Path) {
        if let Some(core) = self.live() {
            core.leave(path);
        }
    }

    /// Saves a value; `None` empties the field.
    pub fn set(&self, path: &Path, value: Option<Value>) {
        if let Some(core) = self.live() {
            core.set(path, value);
        }
    }

    /// What is being typed and not saved yet, for a control that is drawn again.
    pub fn raw(&self, path: &Path) -> Option<String> {
        self.live()?.raw(path)
    }

    /// Adds a row to a group and returns its id.
    pub fn add_row(&self, group: &str) -> String {
        self.core().add_row(group)
    }

    /// Takes a row away, with everything in it that this person sees.
    pub fn remove_row(&self, group: &str, row: &str) {
        if let Some(core) = self.live() {
            core.remove_row(group, row);
        }
    }

    /// Attaches a file; the bytes are kept before the field names them.
    pub fn attach(&self, path: &Path, file: web_sys::File) {
        if let Some(core) = self.live() {
            core.attach(path, file);
        }
    }

    /// Takes a file out of the field.
    pub fn detach(&self, path: &Path, sha256: &str) {
        if let Some(core) = self.live() {
            core.detach(path, sha256);
        }
    }

    /// Takes a step of the workflow.
    ///
    /// # Errors
    /// It is refused here already, or could not be kept: then nothing happened.
    pub async fn take(
        self,
        command: Command,
        note: String,
        field_notes: Vec<FieldNote>,
    ) -> Result<(), NotTaken> {
        self.core().take(command, note, field_notes).await
    }

    /// Reads what the person wrote about the report and did not send; to be called before [`Report::remarks`].
    pub async fn open_remarks(self) {
        self.core().open_remarks().await;
    }

    /// What the person wrote about the report and did not send.
    pub fn remarks(&self) -> Signal<Remarks> {
        self.core().remarks_shown.into()
    }

    /// Whether all that was written about the report since it was opened is on the disk; false while nothing was.
    pub fn are_remarks_kept(&self) -> Signal<bool> {
        self.core().are_remarks_kept.into()
    }

    /// Changes what the person writes about the report; it is kept at once.
    pub fn remark(&self, change: impl FnOnce(&mut Remarks)) {
        if let Some(core) = self.live() {
            core.remark(change);
        }
    }

    /// Where the person was in this record, as it was when the record was opened or moved since.
    pub fn place(&self) -> Place {
        self.core().place.borrow().clone()
    }

    /// Remembers where the person is, for the next time.
    pub fn set_place(&self, section: &str, field: Option<&Path>) {
        if let Some(core) = self.live() {
            core.set_place(Place { section: Some(section.to_owned()), field: field.cloned() });
        }
    }
}
