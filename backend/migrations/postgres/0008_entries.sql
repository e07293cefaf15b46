-- Entries of registers have a frame as duties have one, though nobody owes them: what tells an entry apart stands here.
ALTER TABLE duties ADD COLUMN entry TEXT;
