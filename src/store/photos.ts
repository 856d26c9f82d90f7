import type { PhotoType } from '../core/photo/photo.ts'
import type { Circle } from '../core/recipient.ts'
import { type Photo, photoMark } from '../core/update.ts'
import { circleOf, sinceOf } from './archive.ts'
import type { Visitor } from './sessions.ts'
import type { Reader } from './updates.ts'

/** SQL: the photos of an update as JSON, in their order. */
export const photosOf = (update: string) =>
  `(SELECT json_group_array(json_object('name', p.name, 'type', p.type, 'width', p.width, 'height', p.height,
                                        'description', p.description) ORDER BY p.position)
    FROM photos p WHERE p.update_id = ${update})`

/** Notes photos down before their files are kept, so that each file can be found again; no update shows them yet. */
export async function insertPhotos(
  db: D1Database,
  photos: readonly Photo[],
  author: string,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO photos (name, author, position, type, width, height, description, made_at)
       SELECT p.value ->> 'name', ?2, p.key, p.value ->> 'type', p.value ->> 'width', p.value ->> 'height',
              p.value ->> 'description', ?3
       FROM json_each(?1) AS p`,
    )
    .bind(JSON.stringify(photos), author, now)
    .run()
}

/** Whether the update (?1) is open and was stored in the form that shows these photos (?3). */
const isShowing = 'EXISTS (SELECT 1 FROM updates WHERE id = ?1 AND digest IS NULL AND page = ?3)'

/** In the batch that stores `page`, which shows these photos of its author: they are the update's from now on. */
export function showPhotos(
  db: D1Database,
  update: string,
  photos: readonly Photo[],
  page: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE photos SET update_id = ?1, position = new.key, description = new.value ->> 'description'
       FROM json_each(?2) AS new
       WHERE photos.name = new.value ->> 'name' AND (update_id = ?1 OR update_id IS NULL AND NOT withdrawn)
         AND photos.author = (SELECT author FROM updates WHERE id = ?1) AND ${isShowing}`,
    )
    .bind(update, JSON.stringify(photos), page)
}

/** In the same batch: no others are. */
export function hideOtherPhotos(
  db: D1Database,
  update: string,
  photos: readonly Photo[],
  page: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE photos SET update_id = NULL
       WHERE update_id = ?1 AND name NOT IN (SELECT value ->> 'name' FROM json_each(?2)) AND ${isShowing}`,
    )
    .bind(update, JSON.stringify(photos), page)
}

/** Of these those that an author can put back: no update shows them, and their files are there. */
export async function findLoose(
  db: D1Database,
  author: string,
  names: readonly string[],
): Promise<readonly Photo[]> {
  if (names.length === 0) return []
  const { results } = await db
    .prepare(
      `SELECT p.name, p.type, p.width, p.height, p.description
       FROM json_each(?2) AS asked JOIN photos p ON p.name = asked.value
       WHERE p.author = ?1 AND p.update_id IS NULL AND NOT p.withdrawn ORDER BY asked.key`,
    )
    .bind(author, JSON.stringify(names))
    .all<Photo>()
  return results
}

/** The type of a photo whose update `reader` may read; null without the right, and where there is none. */
export async function findPhoto(db: D1Database, reader: Reader, name: string): Promise<PhotoType | null> {
  return db
    .prepare(
      `SELECT p.type FROM photos p JOIN updates u ON u.id = p.update_id
       WHERE p.name = ?3 AND (u.author = ?1 OR (?2 AND u.kind <> 'private'))`,
    )
    .bind(reader.author, Number(reader.isOwner), name)
    .first<PhotoType>('type')
}

/** The type of a photo that an export has. */
export async function findExported(db: D1Database, name: string): Promise<PhotoType | null> {
  return db
    .prepare('SELECT type FROM photos WHERE name = ?1 AND update_id IS NOT NULL')
    .bind(name)
    .first<PhotoType>('type')
}

/** As `findPhoto`, of a photo that a recipient sees in a letter of the archive. */
export async function findArchivedPhoto(
  db: D1Database,
  visitor: Visitor,
  name: string,
): Promise<PhotoType | null> {
  return db
    .prepare(
      `SELECT p.type FROM photos p JOIN updates u ON u.id = p.update_id
       WHERE p.name = ?1 AND EXISTS (
         SELECT 1 FROM digests g JOIN blocks b ON b.digest = g.number
         WHERE g.number >= u.digest AND g.until > ?3 AND b.circle IN ('both', ?2) AND instr(b.page, ?4) > 0)`,
    )
    .bind(name, circleOf(visitor), sinceOf(visitor), photoMark + name)
    .first<PhotoType>('type')
}

/** The same of a photo in one letter. */
export async function findPhotoInLetter(
  db: D1Database,
  digest: number,
  circle: Circle,
  name: string,
): Promise<PhotoType | null> {
  return db
    .prepare(
      `SELECT p.type FROM photos p
       WHERE p.name = ?1 AND p.update_id IS NOT NULL AND EXISTS (
         SELECT 1 FROM blocks b WHERE b.digest = ?2 AND b.circle IN ('both', ?3) AND instr(b.page, ?4) > 0)`,
    )
    .bind(name, digest, circle, photoMark + name)
    .first<PhotoType>('type')
}

/** What is just being posted is left alone. */
const postingMs = 3_600_000
/** R2 deletes so many at once. */
const atOnce = 1000

/** Photos whose files go now, since no update shows them; from here on nobody can put one back. */
export async function takeOrphans(db: D1Database, now: number): Promise<readonly string[]> {
  const { results } = await db
    .prepare(
      `UPDATE photos SET withdrawn = 1
       WHERE update_id IS NULL AND name IN (
         SELECT name FROM photos WHERE update_id IS NULL AND (withdrawn OR made_at < ?1) LIMIT ${atOnce})
       RETURNING name`,
    )
    .bind(now - postingMs)
    .all<{ name: string }>()
  return results.map(({ name }) => name)
}

/** Once their files are gone. */
export async function forgetPhotos(db: D1Database, names: readonly string[]): Promise<void> {
  await db
    .prepare('DELETE FROM photos WHERE update_id IS NULL AND name IN (SELECT value FROM json_each(?1))')
    .bind(JSON.stringify(names))
    .run()
}
