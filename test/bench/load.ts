/** Requests as a client sends them: HTTP on connections that stay open. */
import { Agent, request } from 'node:http'
import { ownerToken, type Running } from './world.ts'

/** What a request asked of D1, as workers/measured.ts counts it. */
export type Counts = {
  readonly queries: number
  readonly trips: number
  readonly rowsRead: number
  readonly rowsWritten: number
}

export type Answer<T> = {
  readonly json: T
  /** Zero but from the measured Worker. */
  readonly counts: Counts
}

const agent = new Agent({ keepAlive: true })

/**
 * Posts `body`, what is not text as JSON, or gets; with the owner's token and a key of its own. Throws unless the
 * answer is 2xx.
 */
export function ask<T>(
  { url }: Pick<Running, 'url'>,
  path: string,
  body?: object | string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  const content = body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body)
  const headers = {
    Authorization: `Bearer ${ownerToken}`,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(content),
    'Idempotency-Key': crypto.randomUUID(),
    ...more,
  }
  const method = body === undefined ? 'GET' : 'POST'
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { method, agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const status = response.statusCode ?? 0
        if (status < 200 || status > 299) return reject(new Error(`${path} answered ${status}: ${text}`))
        resolve({ json: JSON.parse(text), counts: countsOf(response.headers['bench-counts']) })
      })
    })
    sent.on('error', reject).end(content)
  })
}

/** Posts all bodies, a few at a time; the answers a second. */
export async function postAll(
  to: Pick<Running, 'url'>,
  path: string,
  bodies: readonly object[],
  connections: number,
): Promise<number> {
  const waiting = bodies.values()
  const started = performance.now()
  const connection = async () => {
    for (const body of waiting) await ask(to, path, body)
  }
  await Promise.all(Array.from({ length: connections }, connection))
  return bodies.length / ((performance.now() - started) / 1000)
}

export function countsOf(header: string | string[] | null | undefined): Counts {
  if (typeof header !== 'string') return { queries: 0, trips: 0, rowsRead: 0, rowsWritten: 0 }
  return JSON.parse(header)
}
