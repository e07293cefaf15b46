-- The whole schema as SQLite has it after its migration of the same number; from here on every change has the same
-- number on both. Texts that are compared or ordered are collated "C", which is byte by byte, as SQLite does it.
-- Times are milliseconds since 1970 (UTC) by the server's clock. Why each table is as it is: `../sqlite`.

CREATE TABLE server (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counter (
    id  BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL
);
INSERT INTO counter (id, seq) VALUES (1, 0);

CREATE TABLE units (
    code      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    parent    TEXT COLLATE "C",
    recipient TEXT COLLATE "C",
    body      TEXT NOT NULL
);
CREATE INDEX units_by_recipient ON units (recipient);

CREATE TABLE people (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account       TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    closed_at     BIGINT
);

CREATE TABLE memberships (
    person TEXT COLLATE "C" NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    unit   TEXT COLLATE "C" NOT NULL REFERENCES units (code),
    role   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (person, unit, role)
);

CREATE TABLE former_memberships (
    person TEXT COLLATE "C" NOT NULL,
    unit   TEXT COLLATE "C" NOT NULL,
    until  BIGINT NOT NULL,
    PRIMARY KEY (person, unit)
);

CREATE TABLE sessions (
    token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    person     TEXT COLLATE "C" NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE devices (
    id         TEXT COLLATE "C" NOT NULL,
    person     TEXT COLLATE "C" NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (id, person)
);

-- `body` is bytes: a text of PostgreSQL cannot hold every character that a phone may send.
CREATE TABLE journal (
    device      TEXT COLLATE "C" NOT NULL,
    n           BIGINT NOT NULL,
    sha256      TEXT COLLATE "C" NOT NULL,
    body        BYTEA NOT NULL,
    person      TEXT COLLATE "C" NOT NULL,
    received_at BIGINT NOT NULL,
    status      TEXT,
    refusal     TEXT,
    seq         BIGINT NOT NULL,
    judged      BIGINT,
    record      TEXT COLLATE "C",
    was         BIGINT,
    PRIMARY KEY (device, n, sha256)
);
CREATE UNIQUE INDEX journal_in_order ON journal (seq);
CREATE INDEX journal_unjudged ON journal (received_at) WHERE status IS NULL;
CREATE INDEX journal_waiting ON journal (record) WHERE status = 'parked';

CREATE TABLE duties (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit         TEXT COLLATE "C" NOT NULL REFERENCES units (code),
    form         TEXT COLLATE "C" NOT NULL,
    form_version BIGINT NOT NULL,
    period       TEXT COLLATE "C" NOT NULL,
    due          TEXT NOT NULL,
    recipient    TEXT COLLATE "C" NOT NULL REFERENCES units (code)
);
CREATE INDEX duties_by_form ON duties (form, period, recipient);
CREATE INDEX duties_by_unit ON duties (unit, form);
CREATE INDEX duties_by_recipient ON duties (recipient, period);

CREATE TABLE records (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES duties (id),
    state      TEXT NOT NULL,
    body       TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    background TEXT
);

CREATE TABLE figures (
    record   TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES records (id),
    unit     TEXT COLLATE "C" NOT NULL,
    form     TEXT COLLATE "C" NOT NULL,
    period   TEXT COLLATE "C" NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('submitted', 'accepted', 'withdrawn')),
    revision BIGINT NOT NULL,
    body     TEXT NOT NULL
);
CREATE INDEX figures_by_form ON figures (form, period, revision);
CREATE INDEX figures_by_unit ON figures (unit, form);

CREATE TABLE feed (
    bucket TEXT COLLATE "C" NOT NULL,
    kind   TEXT COLLATE "C" NOT NULL,
    id     TEXT COLLATE "C" NOT NULL,
    seq    BIGINT NOT NULL,
    body   TEXT,
    at     BIGINT NOT NULL,
    PRIMARY KEY (bucket, kind, id)
);
CREATE UNIQUE INDEX feed_in_order ON feed (bucket, seq);

CREATE TABLE buckets (
    name     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    n_rows   BIGINT NOT NULL,
    checksum BIGINT NOT NULL,
    floor    BIGINT NOT NULL
);

CREATE TABLE files (
    sha256      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    size        BIGINT NOT NULL,
    person      TEXT COLLATE "C" NOT NULL,
    received_at BIGINT NOT NULL
);
