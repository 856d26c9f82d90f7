-- What was read and stands in letters, for the page that lists it.
CREATE INDEX updates_read ON updates (at, id) WHERE kind = 'read' AND digest IS NOT NULL;
