//! What the centre keeps and did not take of reports this person works on, whoever did it: to be taken into the
//! report as it is now, or laid aside.

use super::engine::Engine;
use super::report::{Changed, act_anew, difference};
use crate::{json, store::StoreTrouble};
use lantoa_shared::{
    language::Bilingual,
    op::{Act, Command, Dot},
    person::Role,
    wire::v1::ParkedRow,
};
use std::rc::Rc;

/// An op that was not taken.
#[derive(Debug, Clone)]
pub struct Parked {
    /// Its id.
    pub dot: Dot,
    /// The op, its duty, its author and the reason.
    pub row: ParkedRow,
    /// The field's question, where it is a value.
    pub label: Option<Bilingual>,
    /// Whether this person may take it in or lay it aside.
    pub is_mine_to_decide: bool,
}

impl Parked {
    /// Which step, if it is one.
    pub fn command(&self) -> Option<Command> {
        match self.row.op.act {
            Act::Command { command, .. } => Some(command),
            _ => None,
        }
    }
}

impl Engine {
    /// What was not taken of the reports of this person's units; own ops on this device are listed elsewhere.
    pub async fn parked_of_units(self: &Rc<Self>) -> Result<Vec<Parked>, StoreTrouble> {
        let Some(person) = self.person() else { return Ok(Vec::new()) };
        let own = self.store.outbox().await?;
        let device = self.store.identity().await?.device;
        let mut all: Vec<Parked> = Vec::new();
        for held in self.store.parked().await? {
            let (Ok(dot), Ok(row)) = (held.id.parse::<Dot>(), json::read::<ParkedRow>(&held.body)) else {
                continue;
            };
            if own.iter().any(|row| row.dot(&device) == dot) || all.iter().any(|it| it.dot == dot) {
                continue;
            }
            let label = match &row.op.act {
                Act::Set { path, .. } => {
                    let form = self.form(&row.duty.form, row.duty.form_version).await;
                    form.and_then(|form| Some(form.field(&path.code())?.definition.label.clone()))
                }
                _ => None,
            };
            let is_mine_to_decide = person.holds(&row.duty.unit, &[Role::Preparer, Role::Head]);
            all.push(Parked { dot, row, label, is_mine_to_decide });
        }
        Ok(all)
    }

    /// Takes a value into the report: as a new op of this person, on what is there now.
    pub async fn take_parked(self: &Rc<Self>, parked: &Parked) {
        if let Some(act) = act_anew(self, &parked.row.op, None).await {
            let aside = Act::SetAside { dot: parked.dot.clone() };
            let _ = self.keep(&parked.row.op.record, vec![aside, act], &[]).await;
            self.reload_outbox().await;
        }
    }

    /// Lays it aside: the centre does not judge it again.
    pub async fn lay_parked_aside(self: &Rc<Self>, parked: &Parked) {
        let aside = Act::SetAside { dot: parked.dot.clone() };
        let _ = self.keep(&parked.row.op.record, vec![aside], &[]).await;
        self.reload_outbox().await;
    }

    /// What differs now from what the person saw who took this device's `n`-th step, which was refused for that.
    pub async fn changed_since(self: &Rc<Self>, n: u64) -> Option<Changed> {
        let (_, op) = self.outbox.borrow().get(n).cloned()?;
        let seen = self.store.seen(&op.person, &op.record).await.ok()?;
        difference(self, &op, seen).await
    }
}
