-- The shelf knows more of each item by which a search is narrowed: the commune of its unit, the language, when it was made,
-- and which people are shown. What is looked at for every item stands before what is long. It is worked out from the
-- records, so it is made anew; the server fills it at its next start.
DROP TABLE items;
CREATE TABLE items (
    id          TEXT NOT NULL PRIMARY KEY REFERENCES records (id),
    entry       TEXT NOT NULL,
    unit        TEXT NOT NULL,
    commune     TEXT NOT NULL,
    kind        TEXT NOT NULL,
    licence     TEXT NOT NULL,
    language    TEXT NOT NULL,
    people      TEXT NOT NULL,
    made_on     TEXT NOT NULL,
    topics      TEXT NOT NULL,
    approved_at BIGINT NOT NULL,
    public_from TEXT NOT NULL,
    shown_at    BIGINT NOT NULL,
    valid_until TEXT NOT NULL,
    words       TEXT NOT NULL,
    body        TEXT NOT NULL
);
CREATE INDEX items_in_order ON items (approved_at);
CREATE INDEX items_as_shown ON items (licence, shown_at);
CREATE INDEX items_by_entry ON items (entry);
