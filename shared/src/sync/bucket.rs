//! Who gets what: the names of buckets, and those a person may hold on a device.
//!
//! Worked out anew for every request from the roles held at that moment; a cursor is a hint where to go on, never a
//! permission.

use crate::person::{Person, Role};

/// The bucket everybody reads: the programme, its forms and lists, and the units that are no schools.
pub const PUB: &str = "pub";

/// The bucket of what one unit owes and files.
pub fn of_unit(unit: &str) -> String {
    format!("unit:{unit}")
}

/// The bucket of what a unit receives.
pub fn of_area(unit: &str) -> String {
    format!("area:{unit}")
}

/// The bucket of what concerns one person alone.
pub fn of_user(person: &str) -> String {
    format!("user:{person}")
}

/// The buckets a person may read, the smallest and most needed first. `receives` says whether other units report to a
/// unit.
pub fn entitled(person: &Person, receives: impl Fn(&str) -> bool) -> Vec<String> {
    let mut buckets = vec![PUB.to_owned(), of_user(&person.id)];
    let mut push = |bucket: String| {
        if !buckets.contains(&bucket) {
            buckets.push(bucket);
        }
    };
    for membership in &person.memberships {
        push(of_unit(&membership.unit));
    }
    for membership in &person.memberships {
        // Preparers and administrators work inside their unit; what others send is not theirs (R3).
        let is_reader =
            matches!(membership.role, Role::Reviewer | Role::Consolidator | Role::Head | Role::Reader);
        if is_reader && receives(&membership.unit) {
            push(of_area(&membership.unit));
        }
    }
    buckets
}
