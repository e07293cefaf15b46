-- Who has an item that was pinned for all units, and who opened it: the first time of each.
CREATE TABLE receipts (
    item      TEXT NOT NULL REFERENCES records (id),
    person    TEXT NOT NULL REFERENCES people (id),
    here_at   INTEGER,
    opened_at INTEGER,
    PRIMARY KEY (item, person)
) STRICT, WITHOUT ROWID;
