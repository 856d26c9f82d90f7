-- Which cut-off the owner was told of ahead of it, as <number of the period>-<instant>: whether there was a preview
-- or a nudge to send or not, a tick looks once. Null after a change of settings: then it looks again.

ALTER TABLE project ADD COLUMN previewed TEXT;
ALTER TABLE project ADD COLUMN nudged TEXT;

-- Ways in first: a person waits for each.
DROP INDEX notices_pending;
CREATE INDEX notices_pending ON notices (kind <> 'access', try_after) WHERE state IN ('waiting', 'trying');
