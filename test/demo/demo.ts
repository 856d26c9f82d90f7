/** `npm run demo`: a sample week from the phone to the inbox, on this machine alone; `--once` checks it and ends. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serveResend } from '../resend/server.ts'
import { createResend, type Resend } from '../resend/stand-in.ts'
import { recipients, settings } from '../sample/project.ts'
import { summary, week } from '../sample/week.ts'
import { type Api, createApi } from './api.ts'
import { check, type Letter } from './checks.ts'
import { startWorker } from './worker.ts'
import { Failed } from './wrangler.ts'

/** Tried first; if taken, free ones. */
const usualPorts = { worker: 8787, inbox: 8788 }

const once = process.argv.includes('--once')
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

try {
  const holds = await demo()
  process.exitCode = holds ? 0 : 1
} catch (error) {
  process.exitCode = stop.signal.aborted && !once ? 0 : 1
  console.log(stop.signal.aborted ? '\nStopped, and its database removed.' : `\n${explained(error)}`)
}

/** Whether all checks hold; without `--once` it runs until it is stopped. */
async function demo(): Promise<boolean> {
  await using open = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'weeknotes-demo-'))
  open.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

  console.log('Starting a Worker with an empty database, and an inbox that stands in for the mail provider.')
  const key = `re_${randomBytes(12).toString('hex')}`
  const resend = createResend({ apiKey: key, perSecond: 5 })
  const inbox = await serveResend(resend, usualPorts.inbox).catch(() => serveResend(resend))
  open.defer(() => inbox.close())
  const token = randomBytes(16).toString('hex')
  const secrets = { OWNER_TOKEN: token, RESEND_API_KEY: key, RESEND_BASE_URL: inbox.url }
  const worker = open.use(await startWorker({ folder, secrets, port: usualPorts.worker }, stop.signal))
  const api = createApi(worker.url, token, stop.signal)

  await api.patch('/api/settings', { ...settings, publicUrl: worker.url })
  for (const recipient of recipients) await api.post('/api/recipients', recipient)
  await postWeek(api)
  await closeWeek(api)
  const letters = await readLetters(resend)
  if (once) return checked(letters)

  console.log(links({ worker: worker.url, inbox: inbox.url, token, letters }))
  return await worker.ended
}

async function postWeek(api: Api): Promise<void> {
  console.log(`\nThe student posts ${week.length} updates; the Worker answers each with a line:\n`)
  for (const { by, text, for: readers } of week) {
    console.log(`  ${await api.say({ by, text, inside: readers === 'inner', key: randomUUID() })}`)
  }
  await api.patch('/api/digests/next', summary)
}

/** Runs the cron at the cut-off, and again until no delivery is left to be tried. */
async function closeWeek(api: Api): Promise<void> {
  const { cutOff } = await api.get<{ cutOff: string }>('/api/digests/next')
  const due = Date.parse(cutOff)
  console.log(`\nThe cron runs as if it were ${localTime(due)}, and the week's letter goes out:\n`)
  for (let tries = 0; tries < 20; tries += 1) {
    await api.tick(due)
    const deliveries = await readDeliveries(api)
    if (deliveries.some(({ state }) => state === 'waiting' || state === 'trying')) {
      await sleep(1000, undefined, { signal: stop.signal })
      continue
    }
    for (const { state, email } of deliveries) console.log(`  ${state}  ${email}`)
    return
  }
  throw new Error('The letters had not all gone out after 20 runs of the cron.')
}

async function readDeliveries(api: Api): Promise<readonly { email: string; state: string }[]> {
  const { digests } = await api.get<{ digests: { slug: string }[] }>('/api/digests')
  const [digest] = digests
  if (digest === undefined) throw new Error('The week did not close at its cut-off.')
  const { deliveries } = await api.get<{ deliveries: { email: string; state: string }[] }>(
    `/api/digests/${digest.slug}/deliveries`,
  )
  return deliveries
}

type LinkedLetter = Letter & { readonly link: string }

async function readLetters(resend: Resend): Promise<readonly LinkedLetter[]> {
  const found = recipients.flatMap(({ email, circle }) =>
    resend.inbox(email).map(({ html, text }) => ({ to: email, circle, html, text })),
  )
  return Promise.all(
    found.map(async (letter) => {
      const link = /https?:\/\/[^\s<>()]+\/l\/[\w-]+/.exec(letter.text)?.[0]
      if (link === undefined) throw new Error(`The letter to ${letter.to} has no link to its page.`)
      const response = await fetch(link, { signal: stop.signal })
      if (!response.ok) throw new Error(`The page of the letter to ${letter.to} answered ${response.status}.`)
      return { ...letter, link, page: await response.text() }
    }),
  )
}

function checked(letters: readonly Letter[]): boolean {
  console.log('\nChecked, in the text and the HTML of each letter and on its page:\n')
  const checks = check(recipients, letters, week)
  for (const { what, problems } of checks) {
    console.log(`  ${problems.length === 0 ? '✓' : '✗'} ${what}`)
    for (const problem of problems) console.log(`      ${problem}`)
  }
  return checks.every(({ problems }) => problems.length === 0)
}

type Running = {
  readonly worker: string
  readonly inbox: string
  readonly token: string
  readonly letters: readonly LinkedLetter[]
}

function links({ worker, inbox, token, letters }: Running): string {
  return `
Look at it:

  ${inbox}
      the inbox: every mail that went out, as its reader sees it
${letters.map(({ to, link }) => `  ${link}\n      the page of the letter to ${to}`).join('\n')}
  ${worker}/openapi.json
      the API

Post something; it goes into the next letter:

  curl ${worker}/api/updates -H "Authorization: Bearer ${token}" -H "Accept: text/plain" --data-urlencode "text=#done My first update"

Ctrl+C stops everything.`
}

function localTime(instant: number): string {
  const { zone } = settings.schedule
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'full', timeStyle: 'short' })
  return `${time.format(instant)} (${zone})`
}

function explained(error: unknown): string {
  if (error instanceof Failed) return `${error.message} It said last:\n\n${error.output}`
  return error instanceof Error ? error.message : String(error)
}
