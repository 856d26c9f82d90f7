-- Milestone reports. What is compiled is read from the other tables each time; kept is what the owner gave.
CREATE TABLE reports (
  id         TEXT PRIMARY KEY,
  since      INTEGER NOT NULL,             -- the span, half-open
  until      INTEGER NOT NULL,
  circle     TEXT NOT NULL CHECK (circle IN ('inner', 'outer')), -- who may read all that is in it
  paragraphs TEXT NOT NULL DEFAULT '{}',   -- JSON: Markdown by heading
  ticks      TEXT NOT NULL DEFAULT '{}',   -- JSON: true or false by point; what is not in it has its default
  made_at    INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- When a milestone was met or dropped; null while it is open, and where that was before this column.
ALTER TABLE milestones ADD COLUMN settled_at INTEGER;
