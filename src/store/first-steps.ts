/** What the first steps ask of the project beside its settings, as long as no letter has closed. */
export type Stepped = {
  /** Whether the schedule was ever said, be it as it is by default. */
  readonly hasSchedule: boolean
  readonly isHidden: boolean
}

export async function readStepped(db: D1Database): Promise<Stepped> {
  const row = await db
    .prepare("SELECT settings -> '$.schedule' IS NOT NULL AS has_schedule, hides_steps FROM project")
    .first<{ readonly has_schedule: number; readonly hides_steps: number }>()
  return { hasSchedule: row?.has_schedule === 1, isHidden: row?.hides_steps === 1 }
}

export async function hideSteps(db: D1Database, isHidden: boolean): Promise<void> {
  await db.prepare('UPDATE project SET hides_steps = ?1').bind(Number(isHidden)).run()
}
