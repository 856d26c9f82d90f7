-- Photos. Their files lie in R2, each under its name, which nobody can guess; a name is never used twice.
CREATE TABLE photos (
  name        TEXT PRIMARY KEY,            -- 32 random hexadecimal digits, and the ending of the type
  author      TEXT NOT NULL REFERENCES authors (id),
  -- The update that shows it. Null before its post is stored, and once the update is deleted or the photo taken out of
  -- it: the author can still put it back, until a closing removes the file and then the row.
  update_id   TEXT REFERENCES updates (id) ON DELETE SET NULL,
  position    INTEGER NOT NULL,            -- among those of the update
  type        TEXT NOT NULL,               -- image/jpeg, image/png, image/webp, image/gif; known by its bytes
  width       INTEGER NOT NULL,
  height      INTEGER NOT NULL,
  description TEXT NOT NULL DEFAULT '',    -- in the author's words
  made_at     INTEGER NOT NULL,
  withdrawn   INTEGER NOT NULL DEFAULT 0   -- with its update: nobody can put it back
) WITHOUT ROWID;

CREATE INDEX photos_update ON photos (update_id);
