-- Media items that every unit may use again, with the words by which they are found. Worked out from the records.
CREATE TABLE items (
    id          TEXT NOT NULL PRIMARY KEY REFERENCES records (id),
    kind        TEXT NOT NULL,
    topics      TEXT NOT NULL,
    approved_at INTEGER NOT NULL,
    words       TEXT NOT NULL,
    body        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX items_in_order ON items (approved_at);
