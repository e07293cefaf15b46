-- What a picture looks like, in 64 signs; empty for what is no picture or shows too little.
ALTER TABLE files ADD COLUMN likeness BIGINT;
