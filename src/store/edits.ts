/** Changes of updates that are not frozen. */
import type { Rendered, Update } from '../core/update.ts'
import { hideOtherPhotos, showPhotos } from './photos.ts'
import { raiseVersion } from './project.ts'

export type Edit = Pick<Update, 'kind' | 'text' | 'tags' | 'fields' | 'said' | 'inside' | 'at' | 'photos'> & {
  readonly rendered: Rendered
}

/** Changes an update that is as it was read; false if it was changed, frozen or deleted meanwhile. */
export async function editUpdate(db: D1Database, before: Update, edit: Edit): Promise<boolean> {
  const { rendered } = edit
  const [done] = await db.batch([
    db
      .prepare(
        `UPDATE updates SET kind = ?2, text = ?3, tags = ?4, fields = ?5, inside = ?6, at = ?7,
                markdown = ?8, letter = ?9, page = ?10, words = ?11, said = ?15,
                brief_markdown = ?16, brief_letter = ?17, brief_words = ?18
         WHERE id = ?1 AND digest IS NULL AND kind = ?12 AND inside = ?13 AND text = ?14
           AND (SELECT coalesce(group_concat(name || description, ' ' ORDER BY position), '')
                FROM photos WHERE update_id = ?1) = ?19`,
      )
      .bind(
        before.id,
        edit.kind,
        edit.text,
        JSON.stringify(edit.tags),
        JSON.stringify(edit.fields),
        Number(edit.inside),
        edit.at,
        rendered.markdown,
        rendered.letter,
        rendered.page,
        rendered.words,
        before.kind,
        Number(before.inside),
        before.text,
        JSON.stringify(edit.said),
        rendered.brief?.markdown ?? null,
        rendered.brief?.letter ?? null,
        rendered.brief?.words ?? null,
        before.photos.map(({ name, description }) => name + description).join(' '),
      ),
    ...(edit.photos === before.photos
      ? []
      : [
          hideOtherPhotos(db, before.id, edit.photos, rendered.page),
          showPhotos(db, before.id, edit.photos, rendered.page),
        ]),
    allowSameAgain(db, before.id),
    raiseVersion(db),
  ])
  return (done?.meta.changes ?? 0) > 0
}

/** Deletes an update that is not frozen; false if it is, or is gone. */
export async function deleteUpdate(db: D1Database, id: string): Promise<boolean> {
  const [, , , done] = await db.batch([
    allowSameAgain(db, id),
    db.prepare('DELETE FROM outcomes WHERE plan = ?1 AND digest IS NULL').bind(id),
    db.prepare('DELETE FROM answers WHERE update_id = ?1 AND digest IS NULL').bind(id),
    db.prepare('DELETE FROM updates WHERE id = ?1 AND digest IS NULL').bind(id),
    raiseVersion(db),
  ])
  return (done?.meta.changes ?? 0) > 0
}

/** Once an update was changed or taken back, the same words without a key are a new post. */
function allowSameAgain(db: D1Database, update: string): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE posts SET given = '' WHERE key IS NULL AND (author, id) = (
         SELECT author, post FROM updates WHERE id = ?1 AND digest IS NULL)`,
    )
    .bind(update)
}
