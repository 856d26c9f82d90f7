-- A session of an author is begun with a device's token, and lasts while that token is there (no foreign key: the
-- token goes, the join finds none). The owner's has neither token nor recipient.
ALTER TABLE sessions ADD COLUMN token TEXT;                      -- tokens.id
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT ''; -- "Firefox on Linux", to tell one's own apart
