-- Search over what has gone out. The index is derived: it follows `blocks` by triggers, whoever writes them, and
-- does not travel with an export. A block that is replaced or removed leaves no word behind in it.
--
-- D1 runs no `CASE … END` inside a trigger of a migration, nor `begin` in small letters: iif() it is.

CREATE VIRTUAL TABLE search USING fts5 (
  text,                                    -- the block's Markdown, see `searchable`
  circle,                                  -- both, inner, outer: a column to be matched, so that a search reads
                                           -- no row that its reader may not see
  kind, author, tags,                      -- of the updates that the block quotes
  section UNINDEXED, update_id UNINDEXED, slug UNINDEXED,
  columnsize = 0,                          -- no sizes: nothing is ranked by statistics, which would tell of hidden rows
  tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- What a block is found by. `place` orders by letter, then within it. It grows as blocks are written: FTS5 writes
-- a segment of its own for a row that is put before others.
--
-- The link behind an ask repeats its words and has the owner's address: it is left out. Chinese and Japanese put
-- no space between words, so each of their characters is set apart by U+200B, which nobody sees, and a word of
-- them is found as a phrase. The text is taken apart in pieces of 64, because substr() counts from the start.
CREATE VIEW searchable AS
SELECT digest, position, place,
       iif(said GLOB '*[々぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ𠀀-𳎯]*', (
         WITH RECURSIVE pieces (nth, piece, rest) AS (
           SELECT 0, substr(said, 1, 64), substr(said, 65)
           UNION ALL SELECT nth + 1, substr(rest, 1, 64), substr(rest, 65) FROM pieces WHERE rest <> ''
         ), letters (nth, key, letter) AS (
           SELECT nth, key, substr(piece, key + 1, 1)
           FROM pieces, json_each('[' || substr(replace(hex(zeroblob(64)), '00', ',0'), 2) || ']')
         )
         SELECT group_concat(
           iif(letter GLOB '[々぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ𠀀-𳎯]', char(8203) || letter || char(8203), letter), '' ORDER BY nth, key)
         FROM letters
       ), said) AS text,
       circle,
       (SELECT group_concat(u.kind, ' ') FROM json_each(updates) q JOIN updates u ON u.id = q.value) AS kind,
       (SELECT group_concat(u.author, ' ') FROM json_each(updates) q JOIN updates u ON u.id = q.value) AS author,
       (SELECT group_concat(t.value, ' ')
        FROM json_each(updates) q JOIN updates u ON u.id = q.value JOIN json_each(u.tags) t) AS tags,
       section, updates ->> 0 AS update_id, slug
FROM (SELECT b.*, g.slug, b.digest * 1000000 + b.position AS place,
             iif(instr(b.markdown, '[Answer](mailto:') = 0, b.markdown,
                 substr(b.markdown, 1, instr(b.markdown, '[Answer](mailto:') - 1)) AS said
      FROM blocks b JOIN digests g ON g.number = b.digest
      WHERE b.digest < 1000000000 AND b.position < 1000000);

CREATE TRIGGER search_made AFTER INSERT ON blocks BEGIN
  INSERT INTO search (rowid, text, circle, kind, author, tags, section, update_id, slug)
  SELECT place, text, circle, kind, author, tags, section, update_id, slug
  FROM searchable WHERE digest = new.digest AND position = new.position;
END;

CREATE TRIGGER search_replaced AFTER UPDATE ON blocks BEGIN
  DELETE FROM search WHERE rowid = old.digest * 1000000 + old.position;
  INSERT INTO search (rowid, text, circle, kind, author, tags, section, update_id, slug)
  SELECT place, text, circle, kind, author, tags, section, update_id, slug
  FROM searchable WHERE digest = new.digest AND position = new.position;
END;

CREATE TRIGGER search_removed AFTER DELETE ON blocks BEGIN
  DELETE FROM search WHERE rowid = old.digest * 1000000 + old.position;
END;

-- What a withdrawal takes from a frozen update is no longer found by, in whatever order it writes.
CREATE TRIGGER search_retagged AFTER UPDATE OF tags, kind ON updates WHEN old.digest IS NOT NULL BEGIN
  UPDATE blocks SET updates = updates
  WHERE digest >= old.digest AND EXISTS (SELECT 1 FROM json_each(blocks.updates) WHERE value = old.id);
END;

-- From when on a reader may read is an instant.
CREATE INDEX digests_until ON digests (until);

INSERT INTO search (rowid, text, circle, kind, author, tags, section, update_id, slug)
SELECT place, text, circle, kind, author, tags, section, update_id, slug FROM searchable ORDER BY place;
