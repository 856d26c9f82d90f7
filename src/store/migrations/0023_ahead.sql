-- The project's version of which a preview or a nudge was made: an older one is made anew before it is tried for the
-- first time. Null for all other notices.
ALTER TABLE notices ADD COLUMN version INTEGER;
