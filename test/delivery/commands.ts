/**
 * What may happen in a random schedule. A new part of the product that writes to D1 or sends mail gets a row here;
 * what it promises goes into the model.
 */
import { keepWorld, killAt } from '../boundaries.ts'
import type { Fault } from '../resend/stand-in.ts'
import { day, hour, minute } from '../world.ts'
import {
  adds,
  changes,
  decides,
  deletes,
  delivers,
  editsRecipient,
  forwards,
  givesEarlier,
  moves,
  number,
  overlaps,
  pick,
  posts,
  receives,
  refuses,
  releases,
  restores,
  says,
  stops,
  withdraws,
} from './acts.ts'
import { type At, asks, nextCutOff, runTick, setTime, type World } from './schedule-world.ts'

export type Command = {
  /** How often it comes, against the others. */
  readonly often: number
  /** Never in the midst of another one. */
  readonly isWhole?: true
  /** `which` chooses what it is about; `at` is called before each touch of D1 or the provider. */
  readonly run: (world: World, which: number, at: At) => Promise<unknown>
}

export type Name = keyof typeof table

const table = {
  week: { often: 12, run: closesWeek },
  tick: { often: 6, run: (world, _, at) => runTick(world, world.now, at) },
  ahead: { often: 3, run: looksAhead },
  post: { often: 12, run: (world, which, at) => posts(world, pick(markers, which), at) },
  edit: { often: 4, run: (world, which, at) => changes(world, which, at, {}) },
  hide: { often: 3, run: (world, which, at) => changes(world, which, at, { kind: 'private' }) },
  show: { often: 1, run: (world, which, at) => changes(world, which, at, { kind: 'done' }) },
  delete: { often: 2, run: deletes },
  withdraw: { often: 3, run: withdraws },
  undo: { often: 1, run: (_, __, at) => asks(at, 'POST', '/api/updates', { text: 'undo' }) },
  outcome: { often: 1, run: (world, which, at) => says(world, which, at, 'outcome') },
  answer: { often: 1, run: (world, which, at) => says(world, which, at, 'answer') },
  status: {
    often: 1,
    run: (_, which, at) =>
      asks(at, 'PATCH', '/api/digests/next', { status: pick(['atRisk', null], which), summary: 'In short' }),
  },
  hold: { often: 1, run: async (_, __, at) => asks(at, 'PUT', '/api/digests/next/hold', await number()) },
  lift: {
    often: 4,
    run: async (_, which, at) =>
      asks(at, 'DELETE', '/api/digests/next/hold', { ...(await number()), close: which % 2 === 0 }),
  },
  close: { often: 2, run: async (_, __, at) => asks(at, 'POST', '/api/digests', await number()) },
  settings: { often: 2, run: (_, which, at) => asks(at, 'PATCH', '/api/settings', pick(changed, which)) },
  add: { often: 1, run: adds },
  move: { often: 1, run: moves },
  pause: { often: 1, run: (world, which, at) => editsRecipient(world, which, at, { state: 'paused' }) },
  resume: { often: 1, run: (world, which, at) => editsRecipient(world, which, at, { state: 'active' }) },
  remove: {
    often: 1,
    run: (world, which, at) =>
      asks(at, 'DELETE', `/api/recipients/${pick(world.recipients, which)?.id}`, undefined),
  },
  unsubscribe: { often: 1, run: (world, which, at) => stops(world, which, at, '') },
  resubscribe: { often: 1, run: (world, which, at) => stops(world, which, at, '/undo') },
  settle: { often: 1, run: (world, which, at) => decides(world, which, at, 'accepted') },
  again: { often: 1, run: (world, which, at) => decides(world, which, at, 'waiting') },
  release: { often: 1, run: releases },
  forward: { often: 1, run: forwards },
  newcomer: { often: 1, run: givesEarlier },
  killed: { often: 4, run: (world, which, at) => runTick(world, world.now, killedAt(1 + (which % 40), at)) },
  // A run that the platform scheduled a little ahead of our clock, or long ago, or twice.
  early: { often: 1, run: (world, which, at) => runTick(world, world.now + pick([minute, hour], which), at) },
  late: { often: 1, run: (world, which, at) => runTick(world, world.now - pick([hour, 3 * day], which), at) },
  repeated: { often: 1, run: (world, _, at) => runTick(world, world.due, at) },
  sleeps: { often: 5, run: sleeps },
  overlap: { often: 2, run: overlaps },
  fault: { often: 8, run: async (world, which) => world.faults.push(...someFaults(which)) },
  down: { often: 1, run: async (world, which) => (world.trouble = () => pick(faults, which)) },
  refuses: { often: 1, run: refuses },
  up: { often: 1, run: async (world) => (world.trouble = undefined) },
  receipt: { often: 3, run: receives },
  receiptAgain: {
    often: 1,
    run: async (world, which, at) => delivers(pick(world.receipts, which), at),
  },
  back: {
    often: 1,
    run: async (world, which) => setTime(world, world.now - pick([minute, hour, day, 10 * day], which)),
  },
  keep: {
    often: 1,
    isWhole: true,
    run: async (world) => (world.restore = await keepWorld({ withInbox: true })),
  },
  restore: { often: 1, isWhole: true, run: restores },
} as const satisfies Record<string, Command>

export const commands: Readonly<Record<Name, Command>> = table

/** What most weeks are: the cron comes at the cut-off. */
async function closesWeek(world: World, _: number, at: At): Promise<void> {
  setTime(world, Math.max(await nextCutOff(), world.now))
  await runTick(world, world.now, at)
}

/** A run at the cut-off that sleeps longer than its lease, while the next one comes and goes. */
async function sleeps(world: World, which: number, at: At): Promise<void> {
  if (which % 2 === 0) world.faults.unshift(pick(faults, which / 2))
  setTime(world, Math.max(await nextCutOff(), world.now))
  await runTick(world, world.now, async (reached) => {
    await at(reached)
    if (reached !== 6 + (which % 22)) return
    setTime(world, world.now + 6 * minute)
    await runTick(world, world.now)
  })
}

/** Some of the next calls go wrong, each in its own way. */
function someFaults(which: number): readonly Fault[] {
  return Array.from({ length: 1 + (which % 6) }, (_, i) =>
    (which + i) % 3 === 2 ? 'ok' : pick(faults, which + 5 * i),
  )
}

/** The cron comes when the owner is to hear what is about to go out. */
async function looksAhead(world: World, which: number, at: At): Promise<void> {
  const cutOff = await nextCutOff()
  setTime(world, Math.max(cutOff - pick([20 * hour, 2 * day], which), world.now))
  await runTick(world, world.now, at)
}

/** Kills the run at a touch; what happens there happens first. */
function killedAt(boundary: number, at: At): At {
  const kill = killAt(boundary)
  return async (reached) => {
    await at(reached)
    kill(reached)
  }
}

const markers = [
  ...['', '#private', '#inside', '#result auc=0.7889', '#ask @professor', '#next', '#inside #next'],
  ...['#blocked', '#need', '#surprise', '#change', '#ask', '#meeting', '#read', '#inside #ask'],
]

const changed = [
  { title: 'Another title' },
  { sender: 'Other <other@mail.example.edu>' },
  { sender: null },
  { sender: 'DLRM on TPUs <notes@mail.example.edu>' },
  { schedule: { weekday: 'saturday', time: '09:00', zone: 'UTC' } },
  { schedule: { weekday: 'sunday', time: '02:30', zone: 'Australia/Lord_Howe' } },
  { schedule: { weekday: 'friday', time: '16:00', zone: 'America/New_York' } },
  { silentWeek: 'skip' },
  { silentWeek: 'note' },
  { delivery: 'byHand' },
  { previewHours: 6, nudgeDays: 1 },
  { delivery: 'direct' },
  { publicUrl: 'https://other.example.edu' },
  { ownerEmail: null },
  { ownerEmail: 'student@example.edu' },
  {
    sender: 'DLRM on TPUs <notes@mail.example.edu>',
    ownerEmail: 'student@example.edu',
    delivery: 'direct',
    away: [],
  },
  { away: [{ since: '2026-11-19', until: '2026-11-29', why: 'sick' }] },
] as const

const faults: readonly Fault[] = [
  ...(['lost', 'unreachable', 'garbage', 'empty'] as const),
  { status: 500 },
  { status: 503, body: null },
  { status: 302 },
  { status: 408 },
  { status: 422, name: 'validation_error' },
  { status: 422, name: 'invalid_parameter' },
  { status: 400, name: 'validation_error' },
  { status: 401, name: 'missing_api_key' },
  { status: 403, name: 'suspended_api_key' },
  { status: 409, name: 'concurrent_idempotent_requests' },
  { status: 409, name: 'invalid_idempotent_request' },
  { status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '5' } },
  { status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '1200' } },
  { status: 429, name: 'daily_quota_exceeded' },
]
