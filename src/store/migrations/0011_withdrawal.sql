-- Words that are taken back after they went out.

-- When a frozen update was withdrawn, and why. Its text, forms, tags, fields and numbers are then gone from every
-- table: `text` and the forms say that it was withdrawn, in the words of its letter.
ALTER TABLE updates ADD COLUMN withdrawn_at INTEGER;
ALTER TABLE updates ADD COLUMN withdrawn_reason TEXT;

-- JSON, in the order in which they are read: the positions of the blocks that the document shows, and how it shows
-- those that it shows in part; what is not here is left to the page. `[]` in documents from before this column.
ALTER TABLE documents ADD COLUMN items TEXT NOT NULL DEFAULT '[]';

-- What a post replaced is forgotten with its answer: nothing can take it back any more.
UPDATE posts SET before = NULL WHERE answer IS NULL;
