-- What lay outside a report when it went up: computed answers of what was submitted or accepted must
-- not change because another report was accepted later. NULL while the report is open.
ALTER TABLE records ADD COLUMN background TEXT;
