//! Every table and column, as both engines have them.
//!
//! Invariant: this list is the schema; a test asks each engine for what it has. Whoever adds a table or a column by a
//! migration adds it here, else copies would leave it out.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Bytes,
}

use Kind::{Bytes, Number, Text};

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    pub(super) columns: &'static [(&'static str, Kind)],
}

/// All tables; whatever a row names stands in a table before it.
pub const TABLES: &[Table] = &[
    Table { name: "server", columns: &[("key", Text), ("value", Text)] },
    Table { name: "counter", columns: &[("id", Number), ("seq", Number)] },
    Table {
        name: "units",
        columns: &[("code", Text), ("kind", Text), ("parent", Text), ("recipient", Text), ("body", Text)],
    },
    Table {
        name: "people",
        columns: &[
            ("id", Text),
            ("account", Text),
            ("name", Text),
            ("password_hash", Text),
            ("closed_at", Number),
        ],
    },
    Table { name: "memberships", columns: &[("person", Text), ("unit", Text), ("role", Text)] },
    Table { name: "former_memberships", columns: &[("person", Text), ("unit", Text), ("until", Number)] },
    Table {
        name: "sessions",
        columns: &[("token_hash", Text), ("person", Text), ("expires_at", Number), ("device", Text)],
    },
    Table {
        name: "devices",
        columns: &[
            ("id", Text),
            ("person", Text),
            ("first_seen", Number),
            ("last_seen", Number),
            ("revoked_at", Number),
            ("allowed_at", Number),
        ],
    },
    Table {
        name: "journal",
        columns: &[
            ("device", Text),
            ("n", Number),
            ("sha256", Text),
            ("body", Bytes),
            ("person", Text),
            ("received_at", Number),
            ("status", Text),
            ("refusal", Text),
            ("seq", Number),
            ("judged", Number),
            ("record", Text),
            ("was", Number),
        ],
    },
    Table {
        name: "duties",
        columns: &[
            ("id", Text),
            ("unit", Text),
            ("form", Text),
            ("form_version", Number),
            ("period", Text),
            ("due", Text),
            ("recipient", Text),
            ("entry", Text),
        ],
    },
    Table {
        name: "records",
        columns: &[
            ("id", Text),
            ("state", Text),
            ("body", Text),
            ("updated_at", Number),
            ("background", Text),
        ],
    },
    Table {
        name: "figures",
        columns: &[
            ("record", Text),
            ("unit", Text),
            ("form", Text),
            ("period", Text),
            ("state", Text),
            ("revision", Number),
            ("body", Text),
        ],
    },
    Table {
        name: "items",
        columns: &[
            ("id", Text),
            ("entry", Text),
            ("unit", Text),
            ("commune", Text),
            ("kind", Text),
            ("licence", Text),
            ("language", Text),
            ("people", Text),
            ("made_on", Text),
            ("topics", Text),
            ("approved_at", Number),
            ("public_from", Text),
            ("shown_at", Number),
            ("valid_until", Text),
            ("words", Text),
            ("body", Text),
        ],
    },
    Table {
        name: "pins",
        columns: &[
            ("item", Text),
            ("collection", Text),
            ("pinned_by", Text),
            ("pinned_at", Number),
            ("unpinned_by", Text),
            ("unpinned_at", Number),
        ],
    },
    Table {
        name: "receipts",
        columns: &[("item", Text), ("person", Text), ("here_at", Number), ("opened_at", Number)],
    },
    Table {
        name: "feed",
        columns: &[
            ("bucket", Text),
            ("kind", Text),
            ("id", Text),
            ("seq", Number),
            ("body", Text),
            ("at", Number),
        ],
    },
    Table {
        name: "buckets",
        columns: &[("name", Text), ("n_rows", Number), ("checksum", Number), ("floor", Number)],
    },
    Table {
        name: "files",
        columns: &[
            ("sha256", Text),
            ("size", Number),
            ("person", Text),
            ("received_at", Number),
            ("content", Text),
            ("is_clean", Number),
            ("unnamed_at", Number),
            ("going_at", Number),
            ("likeness", Number),
        ],
    },
    Table { name: "texts", columns: &[("sha256", Text), ("words", Text), ("body", Text)] },
    Table { name: "namings", columns: &[("sha256", Text), ("record", Text)] },
];

impl Table {
    /// Its columns, each as `table.column`.
    pub fn column_names(&self) -> impl Iterator<Item = String> + use<'_> {
        self.columns.iter().map(|(name, _)| format!("{}.{name}", self.name))
    }

    /// The columns' names, as a list for SQL.
    pub(super) fn column_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}
