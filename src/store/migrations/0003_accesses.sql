-- Ways into the archive, mailed to a recipient: the token of /r/ as SHA-256. One works until it ends, however
-- often it is used, because mail scanners try it first.
CREATE TABLE accesses (
  hash      TEXT PRIMARY KEY,
  recipient TEXT NOT NULL REFERENCES recipients (id),
  ends_at   INTEGER NOT NULL
) WITHOUT ROWID;
