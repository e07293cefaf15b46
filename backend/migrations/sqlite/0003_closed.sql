-- When an account was closed; NULL while it can be signed in with. The row stays: what the person did names it.
ALTER TABLE people ADD COLUMN closed_at INTEGER;
