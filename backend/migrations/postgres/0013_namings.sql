-- Which records name a file: worked out from the records.
CREATE TABLE namings (
    sha256 TEXT NOT NULL,
    record TEXT NOT NULL REFERENCES records (id),
    PRIMARY KEY (sha256, record)
);
CREATE INDEX namings_by_record ON namings (record);
-- Since when no record names a file, as far as that was noticed.
ALTER TABLE files ADD COLUMN unnamed_at BIGINT;
