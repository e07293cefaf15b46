//! A unit that gets another recipient: who received its reports loses them, who receives them now has them.

use crate::support::{Centre, Phone};
use lantoa_shared::{
    op::Command,
    sync::verdict::{Refusal, Verdict},
    wire::v1::{RecordRow, RowKind},
};

const SCHOOL: &str = "TH-0001";
const SENT: &str = "FA:2026-h1:TH-0001";

/// What a phone holds of the school in the area of a unit, without the ids.
fn kinds(phone: &Phone, area: &str) -> Vec<RowKind> {
    let of_school = |id: &str| id == SCHOOL || id.ends_with(&format!(":{SCHOOL}"));
    let ours = phone.rows.keys().filter(|(bucket, _, id)| bucket == area && of_school(id));
    let mut kinds: Vec<RowKind> =
        ours.map(|(_, kind, _)| *kind).filter(|kind| *kind != RowKind::Entry).collect();
    kinds.dedup();
    kinds
}

/// The school reports to the Sở from the next start on.
async fn move_school(centre: Centre) -> Centre {
    centre.register(SCHOOL, |unit| unit.recipient = Some("SO-GDDT".into())).await;
    centre.restart().await
}

#[tokio::test]
async fn the_former_recipient_loses_the_reports_and_the_new_one_gets_them() {
    let centre = Centre::start().await;
    let mut commune = centre.phone("xa").await;
    let mut department = centre.phone("so").await;
    let mut school = centre.phone("truong").await;
    for phone in [&mut commune, &mut department, &mut school] {
        phone.pull().await;
    }
    let before = school.record(SENT).unwrap();
    let all = [RowKind::Unit, RowKind::Duty, RowKind::Record];
    assert_eq!(kinds(&commune, "area:XP-20161"), all);
    assert_eq!(kinds(&department, "area:SO-GDDT"), [RowKind::Unit], "its media items go there anyway");
    let others = commune.rows.len();

    let centre = move_school(centre).await;
    for phone in [&mut commune, &mut department, &mut school] {
        phone.url.clone_from(&centre.url);
        phone.pull().await;
    }
    assert_eq!(kinds(&commune, "area:XP-20161"), []);
    assert!(commune.rows.len() > others / 2, "what the other schools sent stays");
    assert_eq!(kinds(&department, "area:SO-GDDT"), all);
    for (phone, bucket) in [(&department, "area:SO-GDDT"), (&school, "unit:TH-0001")] {
        let row = &phone.rows[&(bucket.to_owned(), RowKind::Record, SENT.to_owned())];
        let row: RecordRow = serde_json::from_value(row.clone()).unwrap();
        assert_eq!(row.duty.recipient, "SO-GDDT", "{bucket}");
        assert_eq!(row.record, before, "{bucket}");
    }

    // A phone that comes for the first time gets the same as those that were told of the move.
    let mut fresh = centre.phone("xa").await;
    fresh.pull().await;
    assert_eq!(fresh.rows, commune.rows);
}

#[tokio::test]
async fn after_the_move_only_the_new_recipient_can_return_the_report() {
    let centre = move_school(Centre::start().await).await;
    let (mut commune, mut department) = (centre.phone("xa").await, centre.phone("so").await);
    commune.pull().await;
    department.pull().await;
    let refused = commune.command(SENT, Command::Reopen, "Sửa lại số liệu").await;
    assert_eq!(refused, Verdict::refused(Refusal::NotYourUnit));
    assert_eq!(department.command(SENT, Command::Reopen, "Sửa lại số liệu").await, Verdict::APPLIED);
}

#[tokio::test]
async fn a_start_without_a_move_tells_nothing_new() {
    let centre = move_school(Centre::start().await).await;
    let last = centre.count("SELECT seq FROM counter").await;
    let centre = centre.restart().await;
    assert_eq!(centre.count("SELECT seq FROM counter").await, last);
}
