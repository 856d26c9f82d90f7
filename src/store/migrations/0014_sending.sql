-- When the owner marked a digest by hand as forwarded; null until then.
ALTER TABLE digests ADD COLUMN forwarded_at INTEGER;

-- Every delivery before this recipient has come to its end: a run does not read past 10,000 of them for its next 40.
ALTER TABLE digests ADD COLUMN open_from TEXT NOT NULL DEFAULT '';

-- Whose deliveries a run ends before it sends.
CREATE INDEX recipients_gone ON recipients (id) WHERE state <> 'active' OR deleted_at IS NOT NULL;
