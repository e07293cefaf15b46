-- Which items of the library every device is to have: who said so and when, and who took it back and when. An item that
-- left the library was taken back by nobody. What was taken back stays, so that it can be told.
CREATE TABLE pins (
    item        TEXT NOT NULL REFERENCES records (id),
    collection  TEXT NOT NULL,
    pinned_by   TEXT NOT NULL REFERENCES people (id),
    pinned_at   BIGINT NOT NULL,
    unpinned_by TEXT REFERENCES people (id),
    unpinned_at BIGINT,
    PRIMARY KEY (item, pinned_at)
);
