-- What a file was found to be when it arrived; empty for those that came before this was looked at.
ALTER TABLE files ADD COLUMN content TEXT;
ALTER TABLE files ADD COLUMN is_clean BIGINT;
