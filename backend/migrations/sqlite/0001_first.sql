-- The first schema. Migrations are append-only: a published one is never edited.
-- Times are milliseconds since 1970 (UTC) by the server's clock.

-- Facts about this database. `epoch` is drawn when it is created; a phone that knows another
-- epoch starts its buckets anew and keeps its outbox.
CREATE TABLE server (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row, raised inside the writing transaction. A sequence handed out before the commit would
-- let a reader's cursor pass rows that appear later, and those would never be sent.
CREATE TABLE counter (
    id  INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL
) STRICT;
INSERT INTO counter (id, seq) VALUES (1, 0);

CREATE TABLE units (
    code      TEXT NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    parent    TEXT,
    recipient TEXT,
    body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX units_by_recipient ON units (recipient);

CREATE TABLE people (
    id            TEXT NOT NULL PRIMARY KEY,
    account       TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    unit   TEXT NOT NULL REFERENCES units (code),
    role   TEXT NOT NULL,
    PRIMARY KEY (person, unit, role)
) STRICT, WITHOUT ROWID;

-- The token itself exists only in the person's browser; a stolen copy of this table opens nothing.
CREATE TABLE sessions (
    token_hash TEXT    NOT NULL PRIMARY KEY,
    person     TEXT    NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Every op that ever arrived, byte for byte, before anything is made of it. Nothing here is deleted.
-- The hash is part of the key: two ops under one number (a copied device) are both kept.
CREATE TABLE journal (
    device      TEXT    NOT NULL,
    n           INTEGER NOT NULL,
    sha256      TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    person      TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    status      TEXT,
    refusal     TEXT,
    PRIMARY KEY (device, n, sha256)
) STRICT;
CREATE INDEX journal_unjudged ON journal (received_at) WHERE status IS NULL;

-- A duty keeps the form version it was made with: judging by the newest instead would quietly
-- change the meaning of last year's figures.
CREATE TABLE duties (
    id           TEXT    NOT NULL PRIMARY KEY,
    unit         TEXT    NOT NULL REFERENCES units (code),
    form         TEXT    NOT NULL,
    form_version INTEGER NOT NULL,
    period       TEXT    NOT NULL,
    due          TEXT    NOT NULL,
    recipient    TEXT    NOT NULL REFERENCES units (code)
) STRICT, WITHOUT ROWID;
CREATE INDEX duties_by_form ON duties (form, period, recipient);
CREATE INDEX duties_by_unit ON duties (unit, form);
CREATE INDEX duties_by_recipient ON duties (recipient, period);

-- The fold of the applied ops, as canonical JSON. It can be made again from the journal.
CREATE TABLE records (
    id         TEXT    NOT NULL PRIMARY KEY REFERENCES duties (id),
    state      TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What submitted (provisional) and accepted reports say, computed fields included, so that a
-- table is summed without reading forms and records again. A report that was sent back keeps its
-- row, withdrawn and empty: whoever holds figures in memory asks for what changed after a revision,
-- and would never hear of a row that is gone.
CREATE TABLE figures (
    record   TEXT    NOT NULL PRIMARY KEY REFERENCES records (id),
    unit     TEXT    NOT NULL,
    form     TEXT    NOT NULL,
    period   TEXT    NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('submitted', 'accepted', 'withdrawn')),
    revision INTEGER NOT NULL,
    body     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX figures_by_form ON figures (form, period, revision);
CREATE INDEX figures_by_unit ON figures (unit, form);

-- The newest state of each thing in each bucket; a row moves to the end when it changes, so the
-- feed never grows beyond the number of things. `body` is NULL when the thing is gone.
CREATE TABLE feed (
    bucket TEXT    NOT NULL,
    kind   TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    body   TEXT,
    PRIMARY KEY (bucket, kind, id)
) STRICT;
CREATE UNIQUE INDEX feed_in_order ON feed (bucket, seq);

-- Files by the hash of their bytes; the bytes lie in the directory `files`.
CREATE TABLE files (
    sha256      TEXT    NOT NULL PRIMARY KEY,
    size        INTEGER NOT NULL,
    person      TEXT    NOT NULL,
    received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
