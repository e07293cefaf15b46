//! What nobody of good will sends: bytes that are no op, kinds that nobody knows, too much, and the names of others.
//!
//! Nobody was told that any of it is kept. Invariant: it ends alone; whoever's number or op it names loses nothing.

use super::{Mail, World};
use crate::phone::{Phone, sync::Request};
use lantoa_shared::{
    op::{Act, Dot, Op, Path},
    sync::device::hash,
    value::Value,
    wire::v1::{MAX_OP_BYTES, PROTOCOL, PushRequest, PushedOp},
};

impl World {
    /// Somebody sends what no app of ours makes, under an id of their own or under that of another device.
    pub(super) fn poison(&mut self) {
        let at = self.chance.below(self.phones.len());
        let victim = self.chance.below(self.phones.len());
        let person = self.phones[at].person.id.clone();
        let is_others = self.chance.percent(50);
        let device = if is_others { self.phones[victim].device.clone() } else { self.fresh_device() };
        // Numbers that the device has given, and some that it is about to give.
        let first =
            1 + self.chance.below(usize::try_from(self.phones[victim].next_n).unwrap_or(0) + 3) as u64;
        let ops = (first..first + 3).map(|n| {
            let body = self.poisoned(victim, &person);
            let sha256 = if self.chance.percent(10) { hash("other bytes") } else { hash(&body) };
            PushedOp { n, sha256, body, was: self.chance.percent(10).then_some(n) }
        });
        let ops = ops.collect();
        // Some of it under an epoch that never was.
        let epoch = if self.chance.percent(10) { "e0".into() } else { self.centre.epoch.clone() };
        let request = PushRequest { proto: PROTOCOL, epoch, device, ops };
        // No device waits for this answer.
        self.mail.push(Mail::Up(at, 0, person, Request::Push(request)));
    }

    fn poisoned(&mut self, victim: usize, person: &str) -> String {
        let records: Vec<String> = self.centre.dockets.keys().cloned().collect();
        let record = self.chance.pick(&records).clone();
        let Phone { person: author, .. } = &self.phones[victim];
        let author = if self.chance.percent(50) { author.id.clone() } else { person.to_owned() };
        let known: Vec<Dot> =
            self.centre.journal.iter().rev().take(20).map(|kept| kept.dot.clone()).collect();
        let dot = if known.is_empty() { Dot::new("nobody", 1) } else { self.chance.pick(&known).clone() };
        let path = Path::field("n0");
        let act = match self.chance.below(8) {
            0 => return "no op".into(),
            1 => return format!("{}{}", "[".repeat(500), "]".repeat(500)),
            2 => {
                let at = self.now;
                return format!(
                    r#"{{"at":{at},"person":"{author}","record":"{record}","act":{{"kind":"dance","base":["{dot}"]}}}}"#
                );
            }
            // Rare, because it takes its time.
            3 if self.chance.percent(3) => {
                Act::Set { path, base: Vec::new(), value: Some(Value::Text("x".repeat(MAX_OP_BYTES))) }
            }
            3 | 4 => Act::SetAside { dot },
            5 => Act::Merge { path, base: vec![dot], value: Value::Text("merged by nobody".into()) },
            6 => Act::Set { path, base: Vec::new(), value: Some(Value::Text("not a figure".into())) },
            _ => Act::Set { path: Path::field("n2"), base: Vec::new(), value: Some(Value::Int(7)) },
        };
        let record = if self.chance.percent(20) { "F:2026-year:NOWHERE".into() } else { record };
        let op = Op { at: self.now, heard: None, person: author, record, act };
        serde_json::to_string(&op).unwrap_or_default()
    }

    /// The mail with the bytes of one op changed on the way.
    pub(super) fn damaged(&mut self, mut mail: Mail) -> Mail {
        if let Mail::Up(_, _, _, Request::Push(PushRequest { ops, .. })) = &mut mail {
            let at = self.chance.below(ops.len());
            ops[at].body = ops[at].body.replacen('1', "2", 1) + " ";
        }
        mail
    }
}
