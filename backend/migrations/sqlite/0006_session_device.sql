-- From which device a session syncs: who was shut out with it stays shut out under whatever name it gives itself.
ALTER TABLE sessions ADD COLUMN device TEXT;
