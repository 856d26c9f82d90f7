-- What receipts tell beside their name.

ALTER TABLE deliveries ADD COLUMN bounce TEXT;      -- hard, soft: how the letter bounced
ALTER TABLE recipients ADD COLUMN paused_by INTEGER; -- the last digest whose bounce paused them: an older one pauses no more
