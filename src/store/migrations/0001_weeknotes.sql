-- Instants are milliseconds since 1970, UTC. Local dates are YYYY-MM-DD. Ids are UUIDv7. Booleans are 0 and 1.
-- No statement asks the clock: every instant comes from the caller.
--
-- `posted_at` and `digest` stand in every table that a letter is made of. `posted_at` is when the row came in,
-- never before the last period's end; `digest` is null until the closing of a period takes the row, which is
-- then frozen. What is open at `until` is `digest IS NULL AND posted_at < until`.

-- The one row of the project. The open period is number (highest digest + 1), since that digest's `until`.
CREATE TABLE project (
  only          INTEGER PRIMARY KEY CHECK (only = 1),
  id            TEXT NOT NULL,             -- random; stands in every idempotency key at the provider
  since         INTEGER NOT NULL,          -- creation: the first period begins here
  version       INTEGER NOT NULL DEFAULT 0, -- raised by every write that a letter can show
  settings      TEXT NOT NULL DEFAULT '{}', -- JSON; what is not in it has its default
  next_cut_off  INTEGER NOT NULL,
  held_at       INTEGER,                   -- since when the open period is held
  passed_cut_off INTEGER,                  -- the last cut-off that passed in the open period
  passed_why    TEXT,                      -- held, away, silent, ended, notReady
  silent_passed INTEGER NOT NULL DEFAULT 0, -- silent cut-offs passed in a row
  halt_reason   TEXT,                      -- why the provider refuses all letters
  halt_until    INTEGER,                   -- no letter is tried before
  halt_count    INTEGER NOT NULL DEFAULT 0  -- halts in a row
);

CREATE TABLE authors (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  is_owner   INTEGER NOT NULL DEFAULT 0,   -- the author who runs the Worker; made on first use
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX authors_owner ON authors (is_owner) WHERE is_owner = 1;

-- An author's devices. The token is shown once and kept as its SHA-256.
CREATE TABLE tokens (
  hash       TEXT PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  author     TEXT NOT NULL REFERENCES authors (id),
  name       TEXT NOT NULL,                -- the device, in the author's words
  scope      TEXT NOT NULL CHECK (scope IN ('post', 'tick')),
  created_at INTEGER NOT NULL,
  used_on    TEXT                          -- the UTC date of its last use
) WITHOUT ROWID;

-- What came in at once: the unit of idempotency and of undo.
CREATE TABLE posts (
  author      TEXT NOT NULL REFERENCES authors (id),
  id          TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  posted_at   INTEGER NOT NULL,            -- received_at, but never before the last period's end
  key         TEXT,                        -- given by the sender; forgotten after 7 days
  given       TEXT NOT NULL,               -- SHA-256 of what was given, to tell a repeat from another post
  status      INTEGER NOT NULL,            -- the answer to the first request, repeated to a second
  answer      TEXT,                        -- JSON without postedAt; forgotten with the key
  -- What the answer line says beside it: how many public updates are then open, and of the project.
  nth         INTEGER NOT NULL,
  project     TEXT,                        -- JSON: settings, nextCutOff, heldAt; forgotten with the key
  PRIMARY KEY (author, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX posts_key ON posts (author, key) WHERE key IS NOT NULL;

CREATE TABLE updates (
  id         TEXT PRIMARY KEY,
  post       TEXT NOT NULL,
  author     TEXT NOT NULL REFERENCES authors (id),
  kind       TEXT NOT NULL,
  text       TEXT NOT NULL,                -- Markdown as typed, without marker and trailing hashtags
  fields     TEXT NOT NULL DEFAULT '{}',   -- JSON
  tags       TEXT NOT NULL DEFAULT '[]',   -- JSON
  inside     INTEGER NOT NULL DEFAULT 0,   -- for the inner circle alone
  at         INTEGER NOT NULL,             -- when it happened; may be backdated
  posted_at  INTEGER NOT NULL,
  digest     INTEGER REFERENCES digests (number),
  -- Rendered once, when it was posted or edited; closing parses no Markdown.
  markdown   TEXT NOT NULL,
  letter     TEXT NOT NULL,                -- HTML for the mail
  page       TEXT NOT NULL,                -- HTML for the archive
  words      INTEGER NOT NULL
);

CREATE INDEX updates_at ON updates (at, id);
CREATE INDEX updates_open ON updates (posted_at) WHERE digest IS NULL AND kind <> 'private';

-- What was found wrong in a frozen update. Those that change a fact stand in the next letter.
CREATE TABLE corrections (
  id        TEXT PRIMARY KEY,
  update_id TEXT NOT NULL REFERENCES updates (id),
  text      TEXT NOT NULL,
  is_fact   INTEGER NOT NULL DEFAULT 0,
  posted_at INTEGER NOT NULL,
  digest    INTEGER REFERENCES digests (number)
) WITHOUT ROWID;

CREATE INDEX corrections_update ON corrections (update_id);
CREATE INDEX corrections_open ON corrections (posted_at) WHERE digest IS NULL;

-- The owner's words over a period: a summary, and the status, if said. At most one of each is open.
CREATE TABLE summaries (
  id        TEXT PRIMARY KEY,
  text      TEXT NOT NULL,
  inside    INTEGER NOT NULL DEFAULT 0,
  posted_at INTEGER NOT NULL,
  digest    INTEGER REFERENCES digests (number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX summaries_open ON summaries ((digest IS NULL)) WHERE digest IS NULL;

CREATE TABLE statuses (
  id        TEXT PRIMARY KEY,
  status    TEXT NOT NULL CHECK (status IN ('onTrack', 'atRisk', 'offTrack')),
  reason    TEXT,
  inside    INTEGER NOT NULL DEFAULT 0,
  posted_at INTEGER NOT NULL,
  digest    INTEGER REFERENCES digests (number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX statuses_open ON statuses ((digest IS NULL)) WHERE digest IS NULL;

-- Who gets the letter. A deleted one stays as a tombstone without address and name.
CREATE TABLE recipients (
  id           TEXT PRIMARY KEY,
  email        TEXT,                       -- null once deleted
  address_hash TEXT UNIQUE,                -- SHA-256 of the address in lower case; stays if it must stay known
  name         TEXT,
  handle       TEXT,
  circle       TEXT NOT NULL CHECK (circle IN ('inner', 'outer')),
  state        TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'unsubscribed')),
  reason       TEXT,
  unsubscribe  TEXT NOT NULL UNIQUE,       -- the token of /unsubscribe/, kept for ever
  joined_at    INTEGER NOT NULL,
  deleted_at   INTEGER
) WITHOUT ROWID;

-- Closed periods. `freeze` is random and made by the closing: only its own statements find it.
CREATE TABLE digests (
  number      INTEGER PRIMARY KEY,
  slug        TEXT NOT NULL UNIQUE,        -- the local date of `until`; a second one that day has -2
  since       INTEGER NOT NULL,
  until       INTEGER NOT NULL,
  freeze      TEXT NOT NULL,
  revision    INTEGER NOT NULL DEFAULT 0,  -- raised by a withdrawal
  send_until  INTEGER NOT NULL,            -- no letter is first tried after this
  awake_until INTEGER,                     -- a tick looks at its deliveries until then; null: none can be due
  finished_at INTEGER,                     -- when every delivery had come to an end
  delivery    TEXT NOT NULL,               -- direct, byHand
  is_last     INTEGER NOT NULL DEFAULT 0,
  -- Settings that a letter shows, as they were: a later change must not change its bytes.
  title       TEXT NOT NULL,
  about       TEXT NOT NULL,
  owner_name  TEXT NOT NULL,
  locale      TEXT NOT NULL,
  zone        TEXT NOT NULL
);

CREATE INDEX digests_awake ON digests (number) WHERE awake_until IS NOT NULL;

-- The pieces of a digest in their order; pages are made from them.
CREATE TABLE blocks (
  digest   INTEGER NOT NULL REFERENCES digests (number),
  position INTEGER NOT NULL,
  section  TEXT NOT NULL,
  circle   TEXT NOT NULL CHECK (circle IN ('both', 'inner', 'outer')),
  updates  TEXT NOT NULL,                  -- JSON: the ids of the updates that it quotes
  markdown TEXT NOT NULL,
  letter   TEXT NOT NULL,
  page     TEXT NOT NULL,
  PRIMARY KEY (digest, position)
) WITHOUT ROWID;

-- The letter's form, one a circle, as it is mailed to everybody in it.
CREATE TABLE documents (
  digest    INTEGER NOT NULL REFERENCES digests (number),
  circle    TEXT NOT NULL CHECK (circle IN ('inner', 'outer')),
  subject   TEXT NOT NULL,
  preheader TEXT NOT NULL,
  markdown  TEXT NOT NULL,
  html      TEXT NOT NULL,
  words     INTEGER NOT NULL,
  PRIMARY KEY (digest, circle)
) WITHOUT ROWID;

-- One letter to one recipient. By hand the recipient is the circle's name and the letter goes to the owner.
-- A claim (lease) stands before every call to the provider. While `unsettled_since` is set the provider may
-- have taken the letter: only the same bytes under the same key may be tried again.
CREATE TABLE deliveries (
  digest          INTEGER NOT NULL REFERENCES digests (number),
  recipient       TEXT NOT NULL,
  token           TEXT NOT NULL,             -- of the letter's own page
  circle          TEXT NOT NULL,             -- whose document it is
  state           TEXT NOT NULL DEFAULT 'waiting'
                  CHECK (state IN ('waiting', 'trying', 'accepted', 'rejected', 'uncertain', 'withdrawn')),
  reason          TEXT,
  n               INTEGER NOT NULL DEFAULT 1, -- last part of the key; rises with new bytes or the owner's word
  send_until      INTEGER,                   -- the owner's word for this one; else the digest's
  try_after       INTEGER NOT NULL DEFAULT 0,
  tries           INTEGER NOT NULL DEFAULT 0, -- unknown answers in a row
  claims          INTEGER NOT NULL DEFAULT 0, -- raised by each claim: the guard of the next one
  lease           TEXT,
  lease_until     INTEGER,
  unsettled_since INTEGER,
  envelope        TEXT,                      -- JSON
  sha256          TEXT,                      -- of the body of the last try
  provider_id     TEXT,
  receipt         TEXT,                      -- the highest receipt: sent, delayed, delivered, bounced …
  PRIMARY KEY (digest, recipient)
) WITHOUT ROWID;

-- Any other mail of the system, at most one for each (kind, ref, recipient); claimed and settled as deliveries are.
CREATE TABLE notices (
  kind            TEXT NOT NULL,             -- preview, nudge, alarm, hold, access, bounce
  ref             TEXT NOT NULL,             -- what it is about
  recipient       TEXT NOT NULL,             -- 'owner', or a recipient's id
  subject         TEXT NOT NULL,
  markdown        TEXT NOT NULL,
  html            TEXT NOT NULL,
  useful_until    INTEGER NOT NULL,          -- past it the notice is dropped, never late
  state           TEXT NOT NULL DEFAULT 'waiting'
                  CHECK (state IN ('waiting', 'trying', 'accepted', 'rejected', 'uncertain', 'withdrawn')),
  reason          TEXT,
  n               INTEGER NOT NULL DEFAULT 1,
  try_after       INTEGER NOT NULL DEFAULT 0,
  tries           INTEGER NOT NULL DEFAULT 0,
  claims          INTEGER NOT NULL DEFAULT 0,
  lease           TEXT,
  lease_until     INTEGER,
  unsettled_since INTEGER,
  envelope        TEXT,
  sha256          TEXT,
  provider_id     TEXT,
  receipt         TEXT,
  PRIMARY KEY (kind, ref, recipient)
) WITHOUT ROWID;

CREATE INDEX notices_pending ON notices (try_after) WHERE state IN ('waiting', 'trying');
