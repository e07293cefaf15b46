-- Since when the bytes of a file are being thrown away, which no record named for long.
ALTER TABLE files ADD COLUMN going_at INTEGER;
