//! Interim demo: a few units and the accounts.

use crate::{app::App, auth::password, background, feed, store};
use lantoa_shared::{
    duty::Duty,
    language::Bilingual,
    person::{Membership, Person, Role},
    unit::Unit,
    wire::v1::RowKind,
};
use std::collections::{BTreeMap, BTreeSet};

/// The password of all demo accounts.
pub const PASSWORD: &str = "lantoa-demo";

/// The demo's accounts: account, name, unit, role.
pub const ACCOUNTS: [(&str, &str, &str, Role); 9] = [
    ("truong", "Nguyễn Thị Hoa", "TH-0001", Role::Preparer),
    ("hieutruong", "Trần Văn Minh", "TH-0001", Role::Head),
    ("xa", "Lê Thị Lan", "XP-20161", Role::Reviewer),
    ("xa.lap", "Phạm Văn Sơn", "XP-20161", Role::Preparer),
    ("chutich", "Hoàng Văn Dũng", "XP-20161", Role::Head),
    ("so", "Võ Thị Thu", "SO-GDDT", Role::Reviewer),
    ("so.tonghop", "Đặng Văn Hải", "SO-GDDT", Role::Consolidator),
    ("quantri", "Bùi Thị Mai", "SO-GDDT", Role::Administrator),
    ("ubnd", "Nguyễn Văn Bình", "UBND-TP", Role::Reader),
];

/// Interim units.
pub fn units() -> Vec<Unit> {
    let unit = |code: &str, kind: &str, vi: &str, recipient: Option<&str>| Unit {
        code: code.into(),
        kind: kind.into(),
        name: Bilingual::new(vi, ""),
        short_name: None,
        parent: recipient.map(Into::into),
        recipient: recipient.map(Into::into),
        facts: BTreeMap::new(),
    };
    vec![
        unit("UBND-TP", "CITY", "Ủy ban nhân dân thành phố Huế", None),
        unit("SO-GDDT", "LEAD_DEPT", "Sở Giáo dục và Đào tạo", Some("UBND-TP")),
        unit("XP-20161", "COMMUNE", "Ủy ban nhân dân xã Khe Tre", Some("SO-GDDT")),
        unit("TH-0001", "SCHOOL", "Trường Tiểu học Khe Tre", Some("XP-20161")),
    ]
}

/// Fills the store.
///
/// # Errors
/// If the store fails.
pub async fn fill(app: &App) -> Result<(), store::Error> {
    let mut tx = app.store.write().await?;
    if store::people::any(&mut tx).await? {
        return Ok(());
    }
    let hash = tokio::task::spawn_blocking(|| password::hash(PASSWORD)).await.unwrap_or_default();
    for (account, name, unit, role) in ACCOUNTS {
        let person = Person {
            id: format!("demo-{}", account.replace('.', "-")),
            account: account.into(),
            name: name.into(),
            memberships: vec![Membership { unit: unit.into(), role }],
        };
        store::people::put(&mut tx, &person, &hash).await?;
    }
    for unit in units() {
        let bucket = if unit.kind == "SCHOOL" { feed::unit_bucket(&unit.code) } else { feed::PUB.into() };
        let body = store::text("unit", &unit)?;
        store::feed::put(&mut tx, &bucket, RowKind::Unit, &unit.code, Some(&body)).await?;
    }
    for (unit, form, recipient) in [("TH-0001", "FA", "XP-20161"), ("XP-20161", "FB", "SO-GDDT")] {
        let duty = Duty {
            unit: unit.into(),
            form: form.into(),
            form_version: 1,
            period: "2026-year".parse().expect("a period"),
            due: "2026-12-16".parse().expect("a day"),
            recipient: recipient.into(),
        };
        store::duties::put(&mut tx, &duty).await?;
        if let Some(background) = background::load(&mut tx, app, &duty).await? {
            background::publish(&mut tx, &background, &mut BTreeSet::new()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
