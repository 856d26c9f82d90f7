-- Links by which another device of the owner signs in, as a QR code shows them: a link's token as SHA-256. It is worth
-- something until it ends or is used, and while OWNER_TOKEN is what it was.
CREATE TABLE sign_ins (
  hash       TEXT PRIMARY KEY,
  owner_hash TEXT NOT NULL,    -- OWNER_TOKEN as SHA-256, as in sessions
  ends_at    INTEGER NOT NULL,
  used_by    TEXT              -- what the page that used it sent along, as SHA-256: tapped twice there, it is one use
) WITHOUT ROWID;
