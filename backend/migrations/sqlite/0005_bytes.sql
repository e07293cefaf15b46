-- The journal keeps bytes, as it says: the other engine's texts cannot hold every character that a phone may send, and
-- both are to have one shape. Every row has its place in the order of receipt.
CREATE TABLE kept (
    device      TEXT    NOT NULL,
    n           INTEGER NOT NULL,
    sha256      TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    person      TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    status      TEXT,
    refusal     TEXT,
    seq         INTEGER NOT NULL,
    judged      INTEGER,
    record      TEXT,
    was         INTEGER,
    PRIMARY KEY (device, n, sha256)
) STRICT;
INSERT INTO kept
SELECT device, n, sha256, CAST(body AS BLOB), person, received_at, status, refusal, seq, judged, record, was
FROM journal ORDER BY seq;
DROP TABLE journal;
ALTER TABLE kept RENAME TO journal;
CREATE UNIQUE INDEX journal_in_order ON journal (seq);
CREATE INDEX journal_unjudged ON journal (received_at) WHERE status IS NULL;
CREATE INDEX journal_waiting ON journal (record) WHERE status = 'parked';
