import { formatInstant } from '../core/period.ts'
import { fail, type Problem, type Result } from '../core/result.ts'
import { newId } from '../core/secret.ts'
import {
  deleteMilestone,
  editMilestone,
  findMilestone,
  listMilestones,
  type Milestone,
  sayMilestone,
} from '../store/milestones.ts'
import { raiseVersion } from '../store/project.ts'
import { type Call, type Handlers, json, none, type Reply } from './call.ts'
import type { Routes } from './routes.ts'

type Names = 'listMilestones' | 'addMilestone' | 'editMilestone' | 'deleteMilestone'

const byRequest = { author: null, post: null } as const
const taken: Problem = { reason: 'stale', detail: 'another milestone has this title' }

export const milestoneHandlers: Handlers<Names> = {
  async listMilestones({ db }) {
    return json(200, { milestones: (await listMilestones(db)).map(shown) })
  },

  async addMilestone({ db, body, now }) {
    const { title, due, inside = false } = body
    if (await isTaken(db, title, null)) return fail(taken)
    const said = { id: newId(now), revision: newId(now), title, due, inside, reason: null }
    await db.batch([...sayMilestone(db, said, byRequest, now), raiseVersion(db)])
    const made = await findMilestone(db, said.id)
    return made === null ? fail(taken) : json(201, shown(made), { Location: `/api/milestones/${made.id}` })
  },

  async editMilestone(call) {
    const before = await findMilestone(call.db, call.params.id ?? '')
    return before === null ? fail({ reason: 'notFound' }) : changeMilestone(call, before)
  },

  async deleteMilestone({ db, params, now }) {
    const found = await findMilestone(db, params.id ?? '')
    if (found === null) return fail({ reason: 'notFound' })
    await db.batch([...deleteMilestone(db, found.id, now), raiseVersion(db)])
    return none()
  },
}

/** Changes a milestone that is still what it was `before`. */
export async function changeMilestone(
  { db, body, now }: Call<Routes['editMilestone']>,
  before: Milestone,
): Promise<Result<Reply>> {
  const { title = before.title, inside = before.inside, state = before.state, due = before.due } = body
  if (await isTaken(db, title, before.id)) return fail(taken)
  const revision = { id: newId(now), reason: body.reason ?? null }
  const edits = editMilestone(db, before, { title, due, inside, state }, revision, now)
  const done = await db.batch([raiseVersion(db), ...edits])
  if (done.at(-1)?.meta.changes === 0) return fail({ reason: 'stale', detail: 'it was changed meanwhile' })
  const after = await findMilestone(db, before.id)
  return after === null ? fail({ reason: 'notFound' }) : json(200, shown(after))
}

async function isTaken(db: D1Database, title: string, id: string | null): Promise<boolean> {
  const all = await listMilestones(db)
  return all.some((each) => each.id !== id && each.title.toLowerCase() === title.toLowerCase())
}

function shown({ revisions, ...milestone }: Milestone) {
  const dated = revisions.map((revision) => ({ ...revision, postedAt: formatInstant(revision.postedAt) }))
  return { ...milestone, revisions: dated }
}
