-- The shelf knows for whom an item is and on which days it may be used. It is worked out from the
-- records, so it is made anew; the server fills it at its next start.
DROP TABLE items;
CREATE TABLE items (
    id          TEXT NOT NULL PRIMARY KEY REFERENCES records (id),
    entry       TEXT NOT NULL,
    unit        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    licence     TEXT NOT NULL,
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
CREATE INDEX duties_by_entry ON duties (entry) WHERE entry IS NOT NULL;
