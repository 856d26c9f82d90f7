/** The world around the Worker in tests: its owner and readers, its clock, its cron, the stand-in's inbox. */
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { claimsByPlan } from '../src/core/delivery.ts'
import { createMailer } from '../src/delivery/mailer.ts'
import { tick } from '../src/delivery/tick.ts'
import worker from '../src/index.ts'
import { createResend } from './resend/stand-in.ts'
import { strictDb } from './strict-db.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** A Monday, and the cut-off of its week by the default schedule: Friday 16:00 UTC. */
export const monday = Date.UTC(2026, 10, 16, 9)
export const friday = Date.UTC(2026, 10, 20, 16)

export const resend = createResend({ clock: () => Date.now(), apiKey: 're_test', perSecond: 1000 })

export const owner = env.OWNER_TOKEN ?? ''

const tables = [
  ...['notices', 'deliveries', 'documents', 'blocks', 'corrections', 'summaries', 'statuses'],
  ...['outcomes', 'answers', 'revisions', 'milestones', 'metrics', 'measurements', 'photos', 'updates'],
  ...[
    'reports',
    'posts',
    'tokens',
    'mailboxes',
    'authors',
    'sessions',
    'sign_ins',
    'accesses',
    'recipients',
    'digests',
    'project',
  ],
]

/** An empty database and an empty inbox. */
export async function emptyAll(): Promise<void> {
  await emptyTables(env.DB)
  resend.reset()
}

export async function emptyTables(db: D1Database): Promise<void> {
  await db.batch(tables.map((table) => db.prepare(`DELETE FROM ${table}`)))
}

/** The clock stands at `instant` until it is set again. */
export function setClock(instant: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: instant })
}

type Asked = {
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly db?: D1Database
  readonly limit?: RateLimit
  /** null: there is no room for photos. */
  readonly files?: R2Bucket | null
}

/** Asks the Worker; a body that is not text or bytes is sent as JSON. */
export async function ask(
  method: string,
  path: string,
  body?: unknown,
  asked: Asked = {},
): Promise<Response> {
  const headers = new Headers(asked.headers)
  const token = asked.token === undefined ? owner : asked.token
  if (token !== null) headers.set('Authorization', `Bearer ${token}`)
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData
  if (body !== undefined && !isRaw && !headers.has('Content-Type'))
    headers.set('Content-Type', 'application/json')
  const request = new Request(`https://notes.example.edu${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  })
  const context = createExecutionContext()
  const [DB, POST_LIMIT] = [asked.db ?? strictDb(env.DB).db, asked.limit ?? env.POST_LIMIT]
  const { FILES, ...others } = env
  const files = asked.files === undefined ? FILES : asked.files
  const bucket = files ? { FILES: files } : {}
  const response = await worker.fetch(request, { ...others, ...bucket, DB, POST_LIMIT }, context)
  await waitOnExecutionContext(context)
  return response
}

/** Asks, and reads the JSON of an answer that must be a success. */
export async function get<T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await ask(method, path, body)
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T // the caller knows the answer's shape
}

/** Posts an update, and gives its id. */
export async function post(text: string, more: object = {}): Promise<string> {
  const { id } = await get<{ id: string }>('POST', '/api/updates', { text, ...more })
  return id
}

/** Everything that direct sending needs, but for recipients. */
export async function setUp(settings: object = {}): Promise<void> {
  await get('PATCH', '/api/settings', {
    title: 'DLRM on TPUs',
    ownerName: 'The student',
    ownerEmail: 'student@example.edu',
    sender: 'DLRM on TPUs <notes@mail.example.edu>',
    publicUrl: 'https://notes.example.edu',
    ...settings,
  })
}

/** Adds a recipient, and gives its id. */
export async function addRecipient(email: string, circle: 'inner' | 'outer' = 'inner'): Promise<string> {
  const { id } = await get<{ id: string }>('POST', '/api/recipients', { email, circle })
  return id
}

/** The cron as the platform calls it. */
export async function runCron(due: number): Promise<void> {
  const controller = createScheduledController({ scheduledTime: new Date(due), cron: '*/5 * * * *' })
  await worker.scheduled(controller, { ...env, DB: strictDb(env.DB).db })
}

/** Many recipients of the inner circle at once: reader1@example.edu and so on. */
export async function addReaders(count: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT INTO recipients (id, email, circle, unsubscribe, joined_at)
     SELECT printf('00000000-0000-7000-8000-%012d', i), 'reader' || i || '@example.edu', 'inner',
            lower(hex(randomblob(16))), ?2
     FROM n`,
  )
    .bind(count, monday)
    .run()
}

/** What a run of a free account may do. */
export const freePlan = { stopAfterMs: hour, claims: claimsByPlan.free }

/** A tick at `due` whose real clock stands at `now`, and that waits without waiting. */
export function tickAt(due: number, now = due, db = strictDb(env.DB).db) {
  const mailer = createMailer({ key: 're_test', baseUrl: 'https://resend.test' })
  return tick(db, mailer, due, { clock: () => now, wait: async () => {} }, freePlan)
}
