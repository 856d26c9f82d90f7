-- Where an author posts by mail. The secret is a part of the address, which every mail server on the way reads and an
-- address book keeps: it is stored as it is, and opens nothing alone, since the sender must be named here, too.
CREATE TABLE mailboxes (
  author   TEXT PRIMARY KEY REFERENCES authors (id),
  secret   TEXT NOT NULL UNIQUE, -- 32 hexadecimal digits
  senders  TEXT NOT NULL,        -- JSON array of addresses in lower case
  used_on  TEXT                  -- the UTC date of the last mail that was taken
) STRICT, WITHOUT ROWID;
