//! The eyes that watch: I1 to I7 of the promise, looked for in the world and never in its own words.

use crate::{
    Failure,
    centre::{Kept, line},
    phone::Phone,
    thing::{Answer, Thing},
    witness::{Excuse, Kept as Witnessed},
    world::World,
};
use lantoa_shared::{
    op::{Act, Dot},
    person::{Action, may},
    record::{Record, State},
    sync::{ledger::fold, rescue::Rescue, verdict::Status},
    wire::v1::RowKind,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The ops that are somewhere: in the journal, in a file, or on a device other than `without`.
pub fn places(world: &World, without: Option<usize>) -> HashSet<usize> {
    let witness = &world.witness;
    let journal = world.centre.journal.iter().filter_map(|kept| witness.place(&kept.dot, &kept.body));
    let mut found: HashSet<usize> = journal.collect();
    for (at, phone) in world.phones.iter().enumerate() {
        if Some(at) != without {
            found.extend(phone.outbox.values().map(|held| held.place));
        }
    }
    for file in &world.files {
        if let Ok(rescue) = Rescue::read(&file.text, &file.person) {
            found.extend(rescue.ops.iter().filter_map(|op| witness.place(&op.dot, &op.body)));
        }
    }
    found
}

/// I1: every op that a person was told is kept is on a device, in a file or in the journal.
///
/// # Errors
/// [`Failure::Lost`]
pub fn nothing_is_lost(world: &World) -> Result<(), Failure> {
    let mut found = places(world, None);
    found.extend(world.phones.iter().flat_map(|phone| phone.promised.iter().map(|held| held.place)));
    for (place, kept) in world.witness.ops.iter().enumerate() {
        if kept.excuse.is_none() && !found.contains(&place) {
            let act = &kept.op.act;
            return Err(Failure::Lost(format!("op {} is nowhere: {act:?}", kept.dot)));
        }
    }
    Ok(())
}

/// What a screen shows is what came down with what waits folded in.
///
/// # Errors
/// [`Failure::Diverged`]
pub fn views_are_true(world: &World) -> Result<(), Failure> {
    for phone in &world.phones {
        for id in world.centre.dockets.keys() {
            if !phone.is_view_true(id) {
                return Err(Failure::Diverged(format!("{} shows {id} as it is not", phone.device)));
            }
        }
        if phone.n_differs > 0 {
            return Err(Failure::Diverged(format!(
                "{} found that what it holds differs from what the centre says is there",
                phone.device
            )));
        }
    }
    Ok(())
}

/// I5: an answer holds nothing that its reader may not read, by the rules for people and not by those for buckets.
///
/// # Errors
/// [`Failure::Leaked`]
pub fn nothing_leaks(world: &World, person: &str, answer: &Answer) -> Result<(), Failure> {
    let centre = &world.centre;
    for page in &answer.buckets {
        for row in &page.rows {
            let Some(Thing::Record(record)) = &row.body else { continue };
            let (Some(docket), Some(reader)) = (centre.dockets.get(&row.id), centre.people.get(person))
            else {
                return Err(Failure::Leaked(format!("{person} got {} of nobody", row.id)));
            };
            let duty = &docket.duty;
            if let Err(denial) = may(reader, Action::Read, duty.standing(line(), record, reader)) {
                return Err(Failure::Leaked(format!(
                    "{person} got {} in {}, though {denial:?}",
                    row.id, page.name
                )));
            }
        }
    }
    Ok(())
}

/// Everything that must hold once all is quiet.
///
/// # Errors
/// The first thing that does not.
pub fn at_the_end(world: &mut World) -> Result<(), Failure> {
    nothing_is_lost(world)?;
    views_are_true(world)?;
    every_op_has_one_verdict(world)?;
    what_was_typed_is_found(world)?;
    nobody_replaced_what_they_never_saw(world)?;
    what_was_approved_stands(world)?;
    the_journal_makes_the_records(world)?;
    devices_hold_what_the_centre_has(world)?;
    count(world);
    Ok(())
}

/// I2.
fn every_op_has_one_verdict(world: &World) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    for kept in &world.centre.journal {
        if kept.verdict.is_none() {
            return Err(Failure::Stuck(format!("op {} has no verdict", kept.dot)));
        }
        if !seen.insert((&kept.dot, &kept.sha256)) {
            return Err(Failure::Diverged(format!("op {} is in the journal twice", kept.dot)));
        }
    }
    Ok(())
}

/// I4: what is in a record is alive there, or somebody who saw it replaced it; what is not is with its author.
fn what_was_typed_is_found(world: &World) -> Result<(), Failure> {
    let centre = &world.centre;
    let mut replaced: HashSet<(&str, &Dot)> = HashSet::new();
    for kept in centre.journal.iter().filter(|kept| kept.taken.is_some()) {
        if let Some(Act::Set { base, .. } | Act::Merge { base, .. }) = kept.op.as_ref().map(|op| &op.act) {
            let record = kept.op.as_ref().map_or("", |op| op.record.as_str());
            replaced.extend(base.iter().map(|dot| (record, dot)));
        }
    }
    // An op that has several names – it was made anew, or two copies did the same – is found under any of them.
    let mut found: HashSet<usize> =
        world.phones.iter().flat_map(|phone| phone.outbox.values().map(|held| held.place)).collect();
    for kept in &centre.journal {
        let (Some(op), Some(verdict)) = (&kept.op, kept.verdict) else { continue };
        if is_listed(world, kept) {
            found.extend(world.witness.place(&kept.dot, &kept.body));
        }
        if verdict.status.is_in_record() {
            found.extend(world.witness.place(&kept.dot, &kept.body));
            let Some(docket) = centre.dockets.get(&op.record) else { continue };
            let is_there = match &op.act {
                Act::Set { path, .. } | Act::Merge { path, .. } => {
                    let mut entries = docket.record.entries(path).iter();
                    let is_alive = entries.any(|entry| {
                        entry.dot == kept.dot || entry.merged.iter().any(|part| part.dot == kept.dot)
                    });
                    is_alive || replaced.contains(&(op.record.as_str(), &kept.dot))
                }
                Act::Command { .. } => docket.record.history.iter().any(|event| event.dot == kept.dot),
                Act::SetAside { .. } => docket.record.has_seen(&kept.dot),
            };
            if !is_there {
                let act = &op.act;
                return Err(Failure::Lost(format!(
                    "op {} was taken, is not in {} and nobody replaced it: {act:?}",
                    kept.dot, op.record
                )));
            }
        }
    }
    for kept in &centre.journal {
        let Some(verdict) = kept.verdict.filter(|verdict| !verdict.status.is_in_record()) else { continue };
        let Some(place) = world.witness.place(&kept.dot, &kept.body) else { continue };
        let Witnessed { excuse, is_wiped, op, .. } = &world.witness.ops[place];
        // Its author's device is gone. What was decided stays decided; all else is shown to those who work on the
        // record, if the author ever did.
        let is_decided = verdict.status == Status::Refused || !centre.has_worked(op);
        if excuse.is_none() && !(*is_wiped && is_decided) && !found.contains(&place) {
            return Err(Failure::Lost(format!(
                "op {} was not taken ({verdict:?}), and its author does not find it",
                kept.dot
            )));
        }
    }
    Ok(())
}

/// Whether an op stands on a list that somebody reads. Under its number may stand a copy's.
fn is_listed(world: &World, kept: &Kept) -> bool {
    let key = (RowKind::Parked, kept.dot.to_string());
    let is_this = |thing: &Thing| matches!(thing, Thing::Parked(row) if Some(&row.op) == kept.op.as_deref());
    world.centre.feed.values().filter_map(|feed| feed.get(&key)).any(is_this)
}

/// What an op replaced is what its author saw under that id.
fn nobody_replaced_what_they_never_saw(world: &World) -> Result<(), Failure> {
    let centre = &world.centre;
    let mut in_record: HashMap<(&str, &Dot), usize> = HashMap::new();
    for kept in centre.journal.iter().filter(|kept| kept.taken.is_some()) {
        if let (Some(op), Some(place)) = (&kept.op, world.witness.place(&kept.dot, &kept.body)) {
            in_record.insert((&op.record, &kept.dot), place);
        }
    }
    for kept in centre.journal.iter().filter(|kept| kept.taken.is_some()) {
        let (Some(op), Some(place)) = (&kept.op, world.witness.place(&kept.dot, &kept.body)) else {
            continue;
        };
        let Act::Set { base, .. } = &op.act else { continue };
        for (dot, saw) in base.iter().zip(&world.witness.ops[place].saw) {
            if let (Some(saw), Some(is)) = (saw, in_record.get(&(op.record.as_str(), dot)))
                && saw != is
            {
                let (saw, is) = (&world.witness.ops[*saw], &world.witness.ops[*is]);
                return Err(Failure::Lost(format!(
                    "op {} of {} took away {dot} of {}, but had seen that of {}: {:?} instead of {:?}",
                    kept.dot, op.person, is.op.person, saw.op.person, is.op.act, saw.op.act
                )));
            }
        }
    }
    Ok(())
}

/// I6: what was approved does not change without a step.
fn what_was_approved_stands(world: &World) -> Result<(), Failure> {
    for docket in world.centre.dockets.values() {
        let Record { id, state, .. } = &*docket.record;
        let is_closed = matches!(state, State::Submitted | State::Accepted);
        let approved = docket.record.last_event().map(|event| event.digest.clone());
        if is_closed && approved != Some(docket.record.digest()) {
            return Err(Failure::Diverged(format!("{id} changed after it was approved")));
        }
    }
    Ok(())
}

/// I7: the journal from zero, by its verdicts, makes the same records.
fn the_journal_makes_the_records(world: &World) -> Result<(), Failure> {
    let centre = &world.centre;
    let mut taken: Vec<_> = centre.journal.iter().filter_map(|kept| Some((kept.taken?, kept))).collect();
    taken.sort_unstable_by_key(|(order, _)| *order);
    let mut anew: BTreeMap<&str, Record> = BTreeMap::new();
    for (_, kept) in taken {
        let Some(op) = &kept.op else { continue };
        let record = anew.entry(op.record.as_str()).or_insert_with(|| Record::new(&op.record));
        fold(record, &kept.dot, op, Some(kept.received_at));
    }
    for (id, docket) in &centre.dockets {
        let empty = Record::new(id);
        if anew.get(id.as_str()).unwrap_or(&empty) != &*docket.record {
            return Err(Failure::Diverged(format!("the journal makes another {id}")));
        }
    }
    Ok(())
}

/// I3: every device holds exactly what the centre has in the buckets it is entitled to.
fn devices_hold_what_the_centre_has(world: &World) -> Result<(), Failure> {
    let centre = &world.centre;
    for phone in &world.phones {
        let is_revoked = centre.revoked.contains(&phone.device);
        let entitled = if is_revoked { Vec::new() } else { centre.entitled(&phone.person.id) };
        if let Some(name) = phone.base.keys().find(|name| !entitled.contains(name)) {
            return Err(Failure::Leaked(format!("{} still holds {name}", phone.device)));
        }
        for name in &entitled {
            if let Some(why) = differs(world, phone, name) {
                let person = &phone.person.id;
                return Err(Failure::Diverged(format!("{} of {person}: {name}: {why}", phone.device)));
            }
        }
    }
    Ok(())
}

fn differs(world: &World, phone: &Phone, name: &str) -> Option<String> {
    let Some(feed) = world.centre.feed.get(name) else {
        let is_empty = phone.base.get(name).is_none_or(BTreeMap::is_empty);
        return (!is_empty).then(|| "is empty at the centre".to_owned());
    };
    let there = feed.things.iter().filter_map(|(key, (seq, thing))| Some((key, seq, thing.as_ref()?)));
    let held = phone.base.get(name);
    let mut n_there = 0;
    for (key, seq, thing) in there {
        n_there += 1;
        match held.and_then(|held| held.get(key)) {
            None => return Some(format!("{key:?} is missing")),
            Some((version, held)) if version != seq || held != thing => {
                return Some(format!("{key:?} is another (version {version}, at the centre {seq})"));
            }
            Some(_) => {}
        }
    }
    if held.is_some_and(|held| held.len() != n_there) {
        return Some("it holds more than is there".to_owned());
    }
    let holds = phone.marks.get(name).map(|mark| mark.holds).unwrap_or_default();
    (holds != feed.holds).then(|| format!("checksum {holds:?}, at the centre {:?}", feed.holds))
}

/// Counts what became of the ops.
fn count(world: &mut World) {
    let tally = &mut world.tally;
    tally.ops = world.witness.ops.len() as u64;
    for kept in &world.centre.journal {
        match kept.verdict.map(|verdict| verdict.status) {
            Some(Status::Applied) => tally.applied += 1,
            Some(Status::Clash) => tally.clashes += 1,
            Some(Status::Parked) => tally.parked += 1,
            Some(Status::Refused) => tally.refused += 1,
            Some(Status::Quarantined) => tally.quarantined += 1,
            None => {}
        }
    }
    let found = places(world, None);
    let tally = &mut world.tally;
    for (place, kept) in world.witness.ops.iter().enumerate() {
        match kept.excuse {
            Some(Excuse::SetAside) => tally.set_aside += 1,
            Some(Excuse::Evicted | Excuse::Untold) | None => {
                tally.evicted += u64::from(!found.contains(&place))
            }
        }
    }
    tally.merged = world.centre.n_merged;
    tally.again = world.centre.n_again;
}
