-- When the owner marked a digest by hand as forwarded; null until then.
ALTER TABLE digests ADD COLUMN forwarded_at INTEGER;
