-- When a device that was shut out was let in again: what it delivered in between is judged then.
ALTER TABLE devices ADD COLUMN allowed_at BIGINT;
