-- What came of plans, asks, needs and blockers, and what milestones are; said by a post or on its own.
-- `post` names the post that said it, so that it can be taken back with it.

ALTER TABLE updates ADD COLUMN said TEXT NOT NULL DEFAULT '{}'; -- JSON: what was read out of the text
ALTER TABLE summaries ADD COLUMN post TEXT;
ALTER TABLE statuses ADD COLUMN post TEXT;
ALTER TABLE posts ADD COLUMN before TEXT;       -- JSON: what it replaced, put back when it is taken back
ALTER TABLE posts ADD COLUMN undone_at INTEGER; -- taken back, or itself one that takes back or re-files

-- What came of a plan. At most one is open; one that is frozen stays, and a later one stands beside it.
CREATE TABLE outcomes (
  id        TEXT PRIMARY KEY,
  plan      TEXT NOT NULL REFERENCES updates (id),
  outcome   TEXT NOT NULL CHECK (outcome IN ('met', 'partly', 'not', 'dropped')),
  why       TEXT,
  inside    INTEGER NOT NULL DEFAULT 0,
  post      TEXT,
  posted_at INTEGER NOT NULL,
  digest    INTEGER REFERENCES digests (number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX outcomes_open ON outcomes (plan) WHERE digest IS NULL;
CREATE INDEX outcomes_plan ON outcomes (plan, posted_at);

-- An ask, need or blocker is answered, dropped, or confirmed to be open still.
CREATE TABLE answers (
  id        TEXT PRIMARY KEY,
  update_id TEXT NOT NULL REFERENCES updates (id),
  state     TEXT NOT NULL CHECK (state IN ('answered', 'open', 'dropped')),
  answer    TEXT,
  inside    INTEGER NOT NULL DEFAULT 0,
  post      TEXT,
  posted_at INTEGER NOT NULL,
  digest    INTEGER REFERENCES digests (number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX answers_open ON answers (update_id) WHERE digest IS NULL;
CREATE INDEX answers_update ON answers (update_id, posted_at);

CREATE TABLE milestones (
  id      TEXT PRIMARY KEY,
  title   TEXT NOT NULL,
  due     TEXT NOT NULL,                   -- local date
  inside  INTEGER NOT NULL DEFAULT 0,
  state   TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'met', 'dropped')),
  post    TEXT,
  made_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX milestones_title ON milestones (lower(title));

-- Every move of a milestone's date; none is overwritten.
CREATE TABLE revisions (
  id        TEXT PRIMARY KEY,
  milestone TEXT NOT NULL REFERENCES milestones (id),
  old_due   TEXT NOT NULL,
  new_due   TEXT NOT NULL,
  reason    TEXT,
  inside    INTEGER NOT NULL DEFAULT 0,
  post      TEXT,
  posted_at INTEGER NOT NULL,
  digest    INTEGER REFERENCES digests (number)
) WITHOUT ROWID;

CREATE INDEX revisions_open ON revisions (posted_at) WHERE digest IS NULL;

-- Names of metrics that results have measured, in lower case and as first typed.
CREATE TABLE metrics (
  name  TEXT PRIMARY KEY,
  typed TEXT NOT NULL
) WITHOUT ROWID;
