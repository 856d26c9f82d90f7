/**
 * What an export carries: a type of line for each table, in the order of their dependence. This is the one
 * place that names what travels: export, import and its validation follow it, and a test compares it with the
 * migrations.
 */

import { openings } from '../core/block.ts'
import { deliveryStates } from '../core/delivery.ts'
import { outcomes } from '../core/grammar/understood.ts'
import { kindNames, sections } from '../core/kinds.ts'
import { photoTypes } from '../core/photo/photo.ts'
import { passReasons } from '../core/project.ts'
import { bounces } from '../core/receipt.ts'
import { circles, recipientStates } from '../core/recipient.ts'
import { statuses } from '../core/update.ts'
import { answerStates } from './answers.ts'
import { scopes } from './authors.ts'
import {
  as,
  computed,
  count,
  date,
  flag,
  hex,
  id,
  instant,
  isOfWithdrawn,
  json,
  type LineType,
  maybe,
  oneOf,
  or,
  text,
} from './columns.ts'
import { milestoneStates } from './milestones.ts'
import { owner } from './project.ts'

const circle = oneOf(circles)
const inside = or(false, flag)
const digest = maybe(count)
const author = or(owner.id, id)

const isUnfinished = `value ->> 'state' IN ('waiting', 'trying')`

export const lineTypes = {
  project: {
    table: 'project',
    key: ['id'],
    columns: {
      ...{ id: text, since: instant, settings: or({}, json), nextCutOff: instant },
      ...{ passedCutOff: maybe(instant), passedWhy: maybe(oneOf(passReasons)), silentPassed: or(0, count) },
    },
    leftOut: [
      ...['only', 'version', 'held_at', 'halt_reason', 'halt_until', 'halt_count'],
      ...['hold_told_at', 'previewed', 'nudged', 'hides_steps'],
    ],
  },
  // The latest first: so the first part already knows which number is open.
  digest: {
    table: 'digests',
    key: ['number'],
    isLatestFirst: true,
    columns: {
      ...{ number: count, slug: text, since: instant, until: instant, freeze: hex, revision: or(0, count) },
      ...{ sendUntil: instant, finishedAt: maybe(instant), forwardedAt: maybe(instant) },
      delivery: oneOf(['direct', 'byHand']),
      ...{ last: as('is_last', or(false, flag)), title: text, about: text, ownerName: text },
      ...{ locale: text, zone: text },
    },
    leftOut: ['awake_until', 'runs', 'look_at', 'missing', 'open_from'], // no letter of it is tried elsewhere before the owner's word
  },
  author: {
    table: 'authors',
    key: ['id'],
    columns: { id, name: text, owner: as('is_owner', or(false, flag)), createdAt: instant },
  },
  token: {
    table: 'tokens',
    key: ['hash'],
    columns: {
      ...{ hash: hex, id, author, name: text, scope: oneOf(scopes), createdAt: instant, usedOn: maybe(date) },
    },
  },
  mailbox: {
    table: 'mailboxes',
    key: ['author'],
    columns: { author: id, secret: hex, senders: json, usedOn: maybe(date) },
  },
  recipient: {
    table: 'recipients',
    key: ['id'],
    columns: {
      ...{ id, email: maybe(text), addressHash: computed(maybe(hex)), name: maybe(text) },
      ...{ handle: maybe(text), circle: or('inner', circle), state: or('active', oneOf(recipientStates)) },
      ...{ reason: maybe(text), unsubscribe: computed(hex), joinedAt: instant, deletedAt: maybe(instant) },
      pausedBy: maybe(count),
    },
  },
  document: {
    table: 'documents',
    key: ['digest', 'circle'],
    columns: {
      ...{ digest: count, circle, subject: text, news: text, status: maybe(oneOf(statuses)) },
      ...{ preheader: text, markdown: text, html: text, words: count, items: or([], json) },
    },
  },
  post: {
    table: 'posts',
    key: ['author', 'id'],
    columns: {
      ...{ author, id, receivedAt: instant, postedAt: instant, key: maybe(text), given: text },
      ...{ status: count, answer: maybe(json), nth: count, project: maybe(json) },
      ...{ before: maybe(json), undoneAt: maybe(instant) },
    },
  },
  update: {
    table: 'updates',
    key: ['id'],
    columns: {
      ...{ id, post: computed(id), author, kind: computed(oneOf(kindNames)), text },
      ...{ fields: or({}, json), said: or({}, json), tags: or([], json) },
      ...{ inside, at: computed(instant), postedAt: instant, digest },
      ...{ markdown: computed(text), letter: computed(text), page: computed(text), words: computed(count) },
      ...{ briefMarkdown: computed(maybe(text)), briefLetter: computed(maybe(text)) },
      ...{ briefWords: computed(maybe(count)), withdrawnAt: maybe(instant), withdrawnReason: maybe(text) },
    },
  },
  // The row; files are copied beside. One that no update shows is about to go.
  photo: {
    table: 'photos',
    key: ['name'],
    columns: {
      ...{ name: text, author, update: as('update_id', id), position: or(0, count), madeAt: instant },
      ...{ format: as('type', oneOf(photoTypes)), width: count, height: count, description: or('', text) },
    },
    ...{ leftOut: ['withdrawn'], only: 'update_id IS NOT NULL', unless: isOfWithdrawn },
  },
  // Behind the updates that it quotes: search finds it by their kinds, authors and tags.
  block: {
    table: 'blocks',
    key: ['digest', 'position'],
    columns: {
      ...{ digest: count, position: count, section: oneOf([...openings, ...sections]) },
      ...{ circle: oneOf(['both', ...circles]), updates: json, number: maybe(count) },
      ...{ markdown: text, letter: text, page: text },
    },
  },
  correction: {
    table: 'corrections',
    key: ['id'],
    columns: {
      ...{ id, update: as('update_id', id), text, fact: as('is_fact', or(false, flag)) },
      ...{ postedAt: instant, digest },
    },
    unless: isOfWithdrawn,
  },
  outcome: {
    table: 'outcomes',
    key: ['id'],
    columns: {
      ...{ id, plan: id, outcome: oneOf(outcomes), why: maybe(text), inside },
      ...{ post: maybe(id), postedAt: instant, digest },
    },
  },
  answer: {
    table: 'answers',
    key: ['id'],
    columns: {
      ...{ id, update: as('update_id', id), state: oneOf(answerStates), answer: maybe(text), inside },
      ...{ post: maybe(id), postedAt: instant, digest },
    },
  },
  milestone: {
    table: 'milestones',
    key: ['id'],
    columns: {
      ...{ id, title: text, due: date, inside, state: or('open', oneOf(milestoneStates)) },
      ...{ post: maybe(id), madeAt: instant, settledAt: maybe(instant) },
    },
  },
  revision: {
    table: 'revisions',
    key: ['id'],
    columns: {
      ...{ id, milestone: id, oldDue: date, newDue: date, reason: maybe(text), inside },
      ...{ post: maybe(id), postedAt: instant, digest },
    },
  },
  measurement: {
    table: 'measurements',
    key: ['identity', 'at', 'update', 'position'],
    columns: {
      ...{ identity: text, at: instant, update: as('update_id', id), position: count, digest: count, inside },
      ...{ metric: text, value: text, unit: maybe(text), baseline: maybe(text), runs: maybe(count) },
      ...{ condition: maybe(text), link: maybe(text) },
    },
    unless: isOfWithdrawn,
  },
  metric: { table: 'metrics', key: ['name'], columns: { name: text, typed: text } },
  summary: {
    table: 'summaries',
    key: ['id'],
    columns: { id, text, inside, post: maybe(id), postedAt: instant, digest },
  },
  status: {
    table: 'statuses',
    key: ['id'],
    columns: {
      ...{ id, status: oneOf(statuses), reason: maybe(text), inside },
      ...{ post: maybe(id), postedAt: instant, digest },
    },
  },
  report: {
    table: 'reports',
    key: ['id'],
    columns: {
      ...{ id, since: instant, until: instant, circle: or('inner', circle) },
      ...{ paragraphs: or({}, json), ticks: or({}, json), madeAt: instant, changedAt: instant },
    },
  },
  // What was under way may have arrived: it is uncertain elsewhere, and never sent again by itself.
  delivery: {
    table: 'deliveries',
    key: ['digest', 'recipient'],
    columns: {
      ...{ digest: count, recipient: text, token: hex, circle },
      state: {
        ...oneOf(deliveryStates),
        arrives: `CASE WHEN NOT ${isUnfinished} THEN value ->> 'state' WHEN value ->> 'receipt' IS NULL
                  THEN 'uncertain' ELSE 'accepted' END`,
      },
      reason: {
        ...maybe(text),
        arrives: `coalesce(value ->> 'reason', CASE WHEN ${isUnfinished} THEN 'imported' END)`,
      },
      ...{ n: or(1, count), sendUntil: maybe(instant), unsettledSince: maybe(instant) },
      ...{ envelope: maybe(json), sha256: maybe(hex), providerId: maybe(text), receipt: maybe(text) },
      bounce: maybe(oneOf(bounces)),
    },
    leftOut: ['try_after', 'tries', 'claims', 'lease', 'lease_until'],
  },
} as const satisfies Record<string, LineType>

export type TypeName = keyof typeof lineTypes

/** In the order of their dependence. */
export const typesInOrder: readonly (readonly [TypeName, LineType])[] = Object.entries(lineTypes).map(
  ([name, type]) => [name as TypeName, type], // Object.entries forgets the names
)
