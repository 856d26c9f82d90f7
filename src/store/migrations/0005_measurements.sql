-- What letters, the page of results and the report ask of earlier letters.

-- What frozen results measured, one row a number, in the order in which a metric's history is read. Taken out of
-- `updates.said` when a period closes. An update says at most 200.
CREATE TABLE measurements (
  identity  TEXT NOT NULL,                 -- metric and condition in lower case: "auc", "auc on kaggle"
  at        INTEGER NOT NULL,              -- when it happened
  update_id TEXT NOT NULL REFERENCES updates (id),
  position  INTEGER NOT NULL,              -- its place in the update, from 0
  digest    INTEGER NOT NULL REFERENCES digests (number),
  inside    INTEGER NOT NULL,
  metric    TEXT NOT NULL,                 -- as typed, as are all digits
  value     TEXT NOT NULL,
  unit      TEXT,
  baseline  TEXT,                          -- as said with this number; one said earlier is carried on by whoever reads
  runs      INTEGER,
  condition TEXT,                          -- `on=kaggle`: "kaggle"
  link      TEXT,
  PRIMARY KEY (identity, at, update_id, position)
) WITHOUT ROWID;

INSERT INTO measurements
SELECT lower(m.value ->> 'metric') || coalesce(' on ' || lower(m.value ->> 'on'), ''), u.at, u.id, m.key, u.digest, u.inside,
       m.value ->> 'metric', m.value ->> 'value', m.value ->> 'unit', m.value ->> 'baseline', m.value ->> 'runs',
       m.value ->> 'on', m.value ->> 'link'
FROM updates u, json_each(u.said, '$.measurements') m
WHERE u.kind = 'result' AND u.digest IS NOT NULL;

-- The first paragraph of an update that has more than one: long letters show it, with a link to the whole.
ALTER TABLE updates ADD COLUMN brief_markdown TEXT;   -- null: the update is as short as can be
ALTER TABLE updates ADD COLUMN brief_letter TEXT;
ALTER TABLE updates ADD COLUMN brief_words INTEGER;

-- The number of a plan in its circle's letter, and of the plan that an outcome speaks of.
ALTER TABLE blocks ADD COLUMN number INTEGER;

-- Asks, needs and blockers that have gone out: a letter looks for those that are open.
CREATE INDEX updates_items ON updates (at, id) WHERE digest IS NOT NULL AND kind IN ('ask', 'need', 'blocked');
