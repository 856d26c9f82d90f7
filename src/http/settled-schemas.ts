import * as v from 'valibot'
import { outcomes } from '../core/grammar/understood.ts'
import { answerStates } from '../store/answers.ts'
import { milestoneStates } from '../store/milestones.ts'
import { date, filled, flag, instant } from './schemas.ts'

export const newOutcome = v.strictObject({
  outcome: v.picklist(outcomes),
  why: v.optional(v.nullable(filled(500))),
  inside: v.optional(flag),
})

export const newAnswer = v.strictObject({
  state: v.picklist(answerStates),
  answer: v.optional(v.nullable(filled(1000))),
  inside: v.optional(flag),
})

export const newWithdrawal = v.strictObject({ reason: v.optional(v.nullable(filled(200))) })

export const newMilestone = v.strictObject({ title: filled(200), due: date, inside: v.optional(flag) })

export const milestoneEdit = v.strictObject({
  title: v.optional(filled(200)),
  due: v.optional(date),
  reason: v.optional(v.nullable(filled(500))),
  inside: v.optional(flag),
  state: v.optional(v.picklist(milestoneStates)),
})

export const milestone = v.object({
  id: v.string(),
  title: v.string(),
  due: date,
  inside: v.boolean(),
  state: v.picklist(milestoneStates),
  revisions: v.array(
    v.object({ oldDue: date, newDue: date, reason: v.nullable(v.string()), postedAt: instant }),
  ),
})
