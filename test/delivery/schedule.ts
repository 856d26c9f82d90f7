/** A random schedule: what happens, one thing after another, or one between two touches of another. */
import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { keepWorld } from '../boundaries.ts'
import { addRecipient, day, emptyAll, hour, minute, monday, resend, setClock, setUp } from '../world.ts'
import { type Command, commands, type Name } from './commands.ts'
import { lettersSent, nextCutOff, type Recipient, setTime, type World } from './schedule-world.ts'

const names = (Object.keys(commands) as Name[]).flatMap((name) =>
  Array<Name>(commands[name].often).fill(name),
)
/** What a letter in the making may not miss. */
const writing = [
  'post',
  'edit',
  'hide',
  'delete',
  'settings',
  'close',
  'overlap',
  'unsubscribe',
  'withdraw',
] as const

const isWhole = (name: Name) => 'isWhole' in commands[name]

/** How far the clock goes before a step; a name goes to the next cut-off. */
const clockSteps = [0, 1, minute, 6 * minute, hour, 'cutOff', 'before', 21 * hour, 8 * day, 20 * day] as const

const one = {
  does: fc.constantFrom(...names),
  which: fc.nat(1000),
}
const step = fc.record({
  ...one,
  later: fc.constantFrom(...clockSteps, ...clockSteps.slice(0, 6), 'cutOff' as const),
  /** Between two touches of the first; the clock may jump there, as it does where a machine sleeps. */
  meanwhile: fc.option(
    fc.record({
      ...one,
      does: fc.oneof(
        fc.constantFrom(...writing),
        one.does.filter((name) => !isWhole(name)),
      ),
      at: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 30 })),
      later: fc.constantFrom(0, 0, 0, minute, 6 * minute, 21 * hour),
    }),
    { freq: 3 },
  ),
})

export type Step = Readonly<typeof step extends fc.Arbitrary<infer T> ? T : never>

export const schedule = (steps: number) => fc.array(step, { minLength: 4, maxLength: steps, size: 'max' })

/** Plays a schedule from an empty world. */
export async function play(steps: readonly Step[]): Promise<World> {
  const world = await begin()
  for (const each of steps) await take(world, each)
  return world
}

type First = { readonly putBack: () => Promise<void>; readonly recipients: readonly Recipient[] }

/** Made once: every schedule begins with it. */
let first: First | null = null

async function begin(): Promise<World> {
  setClock(monday)
  first ??= await makeFirst()
  await first.putBack()
  const world: World = {
    ...{ now: monday, latest: monday, due: monday, updates: [], words: 0 },
    ...{ recipients: first.recipients.map((one) => ({ ...one })), again: [] },
    ...{ released: new Set(), left: new Map(), withdrawn: new Map() },
    ...{ faults: [], trouble: undefined, receipts: [], restore: null, isRestored: false },
    ...{ running: null, waiting: [] },
  }
  resend.fault((message) => world.faults.shift() ?? world.trouble?.(message))
  return world
}

async function makeFirst(): Promise<First> {
  await emptyAll()
  await setUp()
  const recipients: Recipient[] = []
  for (const [email, circle] of [
    ['professor@example.edu', 'inner'],
    ['team@example.com', 'outer'],
    ['phd@example.edu', 'inner'],
  ] as const) {
    recipients.push({ id: await addRecipient(email, circle), email, wasInner: circle === 'inner' })
  }
  return { putBack: await keepWorld(), recipients }
}

async function take(world: World, { does, which, later, meanwhile }: Step): Promise<void> {
  setTime(world, await instantOf(world, later))
  const command: Command = commands[does]
  let isLeft = meanwhile !== null
  const between = async () => {
    if (meanwhile === null || !isLeft) return
    isLeft = false
    setTime(world, world.now + meanwhile.later)
    await commands[meanwhile.does].run(world, meanwhile.which, async () => {})
  }
  await command.run(world, which, async (boundary) => {
    if (boundary === meanwhile?.at) await between()
  })
  await between()
  await noteWhoLeft(world)
}

const lettersTo = (recipient: string) =>
  lettersSent().filter(({ tags }) => tags.recipient === recipient).length

async function noteWhoLeft({ recipients, left }: World): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT id FROM recipients WHERE state = 'active' AND deleted_at IS NULL",
  ).all<{ id: string }>()
  const active = results.map(({ id }) => id)
  for (const { id } of recipients) {
    if (active.includes(id)) left.delete(id)
    else if (!left.has(id)) left.set(id, lettersTo(id))
  }
}

async function instantOf(world: World, later: Step['later']): Promise<number> {
  if (typeof later === 'number') return world.now + later
  const next = await nextCutOff()
  return later === 'before' ? Math.max(next - 1, world.now) : Math.max(next, world.now)
}
