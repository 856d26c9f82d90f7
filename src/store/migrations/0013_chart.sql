-- The numbers that the latest letters told, for the chart above the archive's list: all of them, and those that the
-- outer circle may see, so that no row is read that is not shown. In the order in which they are read.
CREATE INDEX measurements_told ON measurements (digest, at, update_id, position);
CREATE INDEX measurements_told_outside ON measurements (digest, at, update_id, position) WHERE inside = 0;
