-- The journal in an order of its own. `seq` is the place of receipt, `judged` that of the last verdict: replaying the
-- applied ops in the order of `judged` gives the records again. `record` is what the op concerns, where it could be
-- read; `was` its place in the journal of an epoch that ended with a restore.
ALTER TABLE journal ADD COLUMN seq INTEGER;
ALTER TABLE journal ADD COLUMN judged INTEGER;
ALTER TABLE journal ADD COLUMN record TEXT;
ALTER TABLE journal ADD COLUMN was INTEGER;
UPDATE journal SET seq = rowid, judged = CASE WHEN status IS NOT NULL THEN rowid END;
UPDATE journal SET record = json_extract(body, '$.record') WHERE json_valid(body);
UPDATE counter SET seq = max(seq, (SELECT coalesce(max(rowid), 0) FROM journal));
CREATE UNIQUE INDEX journal_in_order ON journal (seq);
-- What may be judged again, when the record it concerns changes.
CREATE INDEX journal_waiting ON journal (record) WHERE status = 'parked';

-- What a device that read all of a bucket holds: the number of rows and the sum of their fingerprints (64 bits, kept
-- as a signed number). A cursor below `floor` may have missed tombstones that were cleared away: it starts anew.
CREATE TABLE buckets (
    name     TEXT    NOT NULL PRIMARY KEY,
    n_rows   INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    floor    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- When a row was last written; old tombstones are cleared away by it.
ALTER TABLE feed ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

-- The stores from which people synced. A device that was shut out may deliver and gets nothing.
CREATE TABLE devices (
    id         TEXT    NOT NULL,
    person     TEXT    NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (id, person)
) STRICT, WITHOUT ROWID;

-- Roles that were taken away: what their holder did before, on a phone without a network, is still shown to the unit.
CREATE TABLE former_memberships (
    person TEXT    NOT NULL,
    unit   TEXT    NOT NULL,
    until  INTEGER NOT NULL,
    PRIMARY KEY (person, unit)
) STRICT, WITHOUT ROWID;
