-- Whether the owner has put the list of first steps away. It goes by itself with the first letter.
ALTER TABLE project ADD COLUMN hides_steps INTEGER NOT NULL DEFAULT 0;
