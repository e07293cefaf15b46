//! The demo's accounts; all have the same password.

use super::{EXAMPLE_COMMUNE, EXAMPLE_SCHOOL};
use lantoa_shared::person::{Membership, Person, Role};

/// The password of all demo accounts.
pub const PASSWORD: &str = "lantoa-demo";

/// One account: what one signs in with, the person's name, the unit and the role.
pub struct Account {
    /// What one signs in with.
    pub account: &'static str,
    /// The person's name.
    pub name: &'static str,
    /// The unit.
    pub unit: &'static str,
    /// The role held there.
    pub role: Role,
}

/// All accounts, from the school to the city.
pub const ACCOUNTS: [Account; 9] = [
    Account { account: "truong", name: "Nguyễn Thị Hoa", unit: EXAMPLE_SCHOOL, role: Role::Preparer },
    Account {
        account: "hieutruong", name: "Trần Thị Minh Châu", unit: EXAMPLE_SCHOOL, role: Role::Head
    },
    Account { account: "xa", name: "Lê Thị Lan", unit: EXAMPLE_COMMUNE, role: Role::Reviewer },
    Account { account: "xa.lap", name: "Phạm Văn Sơn", unit: EXAMPLE_COMMUNE, role: Role::Preparer },
    Account { account: "chutich", name: "Hoàng Văn Dũng", unit: EXAMPLE_COMMUNE, role: Role::Head },
    Account { account: "so", name: "Võ Thị Thu Hà", unit: "SO-GDDT", role: Role::Reviewer },
    Account { account: "so.tonghop", name: "Đặng Văn Hải", unit: "SO-GDDT", role: Role::Consolidator },
    Account { account: "quantri", name: "Bùi Thị Mai", unit: "SO-GDDT", role: Role::Administrator },
    Account { account: "ubnd", name: "Nguyễn Văn Bình", unit: "UBND-TP", role: Role::Reader },
];

impl Account {
    /// The person with this account.
    pub fn person(&self) -> Person {
        Person {
            id: format!("demo-{}", self.account.replace('.', "-")),
            account: self.account.into(),
            name: self.name.into(),
            memberships: vec![Membership { unit: self.unit.into(), role: self.role }],
        }
    }
}
