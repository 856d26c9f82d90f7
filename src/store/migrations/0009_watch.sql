-- What a tick must know so that nothing fails in silence, and so that a run which dies gets further next time.

ALTER TABLE digests ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;  -- runs in a row that began to send and did not come to their end
ALTER TABLE digests ADD COLUMN look_at INTEGER;                  -- when a tick looks whether all letters went out; null: they did
ALTER TABLE digests ADD COLUMN missing INTEGER NOT NULL DEFAULT 0; -- letters that had not, when it looked last
ALTER TABLE project ADD COLUMN hold_told_at INTEGER;             -- when the owner was last told of a hold

CREATE INDEX digests_look ON digests (look_at) WHERE look_at IS NOT NULL;

UPDATE digests SET look_at = until + 7200000 WHERE finished_at IS NULL;
