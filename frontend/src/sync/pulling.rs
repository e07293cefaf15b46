//! Fetches what is new and writes it, bucket by bucket, each with its cursor in one transaction.

use super::{
    driver::{Driver, input_of},
    tabs::Happened,
};
use crate::{
    api, browser,
    store::{Contact, PulledBucket, StoreTrouble},
};
use lantoa_shared::{
    sync::device::{self, Input},
    wire::v1::{Bucket, PullAnswer, RowKind},
};

impl Driver {
    /// Asks what is new.
    pub(super) async fn pull(&mut self) -> Input {
        match self.try_pull().await {
            Ok(input) => input,
            Err(_) => {
                self.tell(Happened::StoreTrouble);
                Input::Failed
            }
        }
    }

    async fn try_pull(&mut self) -> Result<Input, StoreTrouble> {
        let identity = self.store.identity().await?;
        let contact = self.store.contact().await?;
        let cursors = self.store.cursors().await?;
        if cursors.is_empty() {
            self.is_first = true;
            browser::begin("first-sync");
        }
        let answer = match api::pull(&device::compose_pull(&contact.epoch, &identity.device, &cursors)).await
        {
            Ok(answer) => answer,
            Err(trouble) => return Ok(input_of(&trouble)),
        };
        // Who signed in meanwhile must not get what was fetched for another.
        if self.store.identity().await?.person.map(|it| it.id) != identity.person.map(|it| it.id) {
            return Ok(Input::Pulled { more: true });
        }
        self.line.last_contact = Some(browser::now());
        if answer.epoch != contact.epoch && !contact.epoch.is_empty() {
            self.enter_epoch().await?;
        }
        let changed = self.write(&answer).await?;
        let more = device::has_more(&answer);
        let settled = !more && self.settle().await?;
        if changed {
            let programme = answer.buckets.iter().any(|bucket| bucket.reset || has_programme(bucket));
            self.tell(Happened::Changed { programme });
        } else if settled {
            self.tell(Happened::Judged);
        }
        if !more {
            let contact = Contact { epoch: answer.epoch, at: self.line.last_contact };
            self.store.set_contact(&contact).await?;
            if std::mem::take(&mut self.is_first) {
                browser::measure("first-sync");
            }
        }
        Ok(Input::Pulled { more })
    }

    async fn write(&self, answer: &PullAnswer) -> Result<bool, StoreTrouble> {
        let mut changed = !answer.drop.is_empty();
        for bucket in &answer.buckets {
            changed |= bucket.reset || !bucket.rows.is_empty();
            self.store.apply(&ready(bucket)).await?;
        }
        if !answer.drop.is_empty() {
            self.store.forget_buckets(&answer.drop).await?;
        }
        Ok(changed)
    }

    /// The centre's database is another one than before – new, or restored from a copy: what it may
    /// have lost is offered again, and everything is read anew.
    async fn enter_epoch(&self) -> Result<(), StoreTrouble> {
        self.offer_again().await?;
        self.store.forget_base().await
    }
}

fn has_programme(bucket: &Bucket) -> bool {
    bucket.rows.iter().any(|row| !matches!(row.kind, RowKind::Duty | RowKind::Record))
}

fn ready(bucket: &Bucket) -> PulledBucket {
    let text = |body: &serde_json::Value| body.to_string();
    PulledBucket {
        name: bucket.name.clone(),
        reset: bucket.reset,
        cursor: bucket.cursor,
        rows: bucket.rows.iter().map(|row| (row.kind, row.id.clone(), row.body.as_ref().map(text))).collect(),
    }
}
