/** A link by which another browser of the owner signs in, once. */
type SignIn = { readonly hash: string; readonly ownerHash: string }

/** Makes one, in the place of any that is not used yet. */
export async function insertSignIn(
  db: D1Database,
  { hash, ownerHash, endsAt, now }: SignIn & { readonly endsAt: number; readonly now: number },
): Promise<void> {
  await db.batch([
    db.prepare('DELETE FROM sign_ins WHERE used_by IS NULL OR ends_at <= ?1').bind(now),
    db
      .prepare('INSERT INTO sign_ins (hash, owner_hash, ends_at) VALUES (?1, ?2, ?3)')
      .bind(hash, ownerHash, endsAt),
  ])
}

/** Whether it can still be used. */
export async function isOpenSignIn(
  db: D1Database,
  { hash, ownerHash }: SignIn,
  now: number,
): Promise<boolean> {
  const found = await db
    .prepare(
      'SELECT 1 FROM sign_ins WHERE hash = ?1 AND owner_hash = ?2 AND ends_at > ?3 AND used_by IS NULL',
    )
    .bind(hash, ownerHash, now)
    .first()
  return found !== null
}

/** Uses it up; false if it has ended, or somewhere else used it. */
export async function useSignIn(
  db: D1Database,
  { hash, ownerHash }: SignIn,
  usedBy: string,
  now: number,
): Promise<boolean> {
  const done = await db
    .prepare(
      `UPDATE sign_ins SET used_by = ?4
       WHERE hash = ?1 AND owner_hash = ?2 AND ends_at > ?3 AND coalesce(used_by, ?4) = ?4`,
    )
    .bind(hash, ownerHash, now, usedBy)
    .run()
  return done.meta.changes > 0
}
