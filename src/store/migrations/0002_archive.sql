-- Who reads the archive, and who runs the project. A session's token is in its cookie, here as SHA-256.
CREATE TABLE sessions (
  hash       TEXT PRIMARY KEY,
  recipient  TEXT REFERENCES recipients (id), -- null: the owner's
  owner_hash TEXT,                         -- SHA-256 of the OWNER_TOKEN it was begun with; another one ends it
  ends_at    INTEGER NOT NULL
) WITHOUT ROWID;

-- What the archive's list says of a letter, beside its preheader.
ALTER TABLE documents ADD COLUMN status TEXT;             -- onTrack, atRisk, offTrack; null: not said
ALTER TABLE documents ADD COLUMN news TEXT NOT NULL DEFAULT ''; -- "2 asks, 3 results"
