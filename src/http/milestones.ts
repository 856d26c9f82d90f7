import { formatInstant } from '../core/period.ts'
import { fail, type Problem } from '../core/result.ts'
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
import { type Handlers, json, none } from './call.ts'

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

  async editMilestone({ db, body, params, now }) {
    const before = await findMilestone(db, params.id ?? '')
    if (before === null) return fail({ reason: 'notFound' })
    const {
      title = before.title,
      inside = before.inside,
      state = before.state,
      due = before.due,
      reason = null,
    } = body
    if (await isTaken(db, title, before.id)) return fail(taken)
    const said = { id: before.id, revision: newId(now), title: before.title, due, inside, reason }
    const moved = due === before.due ? [] : sayMilestone(db, said, byRequest, now)
    await db.batch([...moved, editMilestone(db, before.id, { title, inside, state }, now), raiseVersion(db)])
    const after = await findMilestone(db, before.id)
    return after === null ? fail({ reason: 'notFound' }) : json(200, shown(after))
  },

  async deleteMilestone({ db, params, now }) {
    const found = await findMilestone(db, params.id ?? '')
    if (found === null) return fail({ reason: 'notFound' })
    await db.batch([...deleteMilestone(db, found.id, now), raiseVersion(db)])
    return none()
  },
}

async function isTaken(db: D1Database, title: string, id: string | null): Promise<boolean> {
  const all = await listMilestones(db)
  return all.some((each) => each.id !== id && each.title.toLowerCase() === title.toLowerCase())
}

function shown({ revisions, ...milestone }: Milestone) {
  const dated = revisions.map((revision) => ({ ...revision, postedAt: formatInstant(revision.postedAt) }))
  return { ...milestone, revisions: dated }
}
