/** `npm run demo`: a sample semester from the phone to the inbox, on this machine alone; `--once` checks it and ends. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveResend } from '../resend/server.ts'
import { createResend } from '../resend/stand-in.ts'
import { recipients, settings } from '../sample/project.ts'
import { type Api, createApi } from './api.ts'
import { type Archive, check, type Letter } from './checks.ts'
import { askForWaysIn, type LinkedLetter, readArchives, readLetters, type WayIn } from './letters.ts'
import { type DatedWeek, datedWeeks } from './term.ts'
import { tellTerm } from './told.ts'
import { closeOpenWeek, closePastWeek, keepTime, postWeek } from './weeks.ts'
import { startWorker } from './worker.ts'
import { Failed } from './wrangler.ts'

/** Tried first; if taken, free ones. */
const usualPorts = { worker: 8787, inbox: 8788 }

/** The cron of a deployed Worker runs every five minutes: here nobody wants to wait. */
const minute = 60_000

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

  const weeks = datedWeeks(Date.now())
  await tellPastWeeks(api, worker.url, weeks.slice(0, -1))
  for (const week of weeks.slice(-1)) await tellThisWeek(api, week)
  const letters = await readLetters(resend)
  const waysIn = await askForWaysIn(api, resend)
  if (once) return checked(letters, await readArchives(api, token, waysIn), weeks)

  console.log(links({ worker: worker.url, inbox: inbox.url, token, letters, waysIn }))
  return await Promise.race([worker.ended, keepTime(api, minute, stop.signal).then(() => true)])
}

async function tellPastWeeks(api: Api, publicUrl: string, past: readonly DatedWeek[]): Promise<void> {
  const count = past.flatMap(({ posts }) => posts).length
  console.log(`
${count} posts of ${past.length} past weeks are imported as they were posted. The cron runs at each cut-off; by now
its letter is late, so it waits until the owner releases it:
`)
  for (const week of tellTerm(randomUUID(), publicUrl, past)) {
    const { subject, deliveries } = await closePastWeek(api, week)
    const sent = deliveries.filter(({ state }) => state === 'accepted').length
    console.log(
      `  ${dayOf(week.cutOff)}  ${String(week.posts.length).padStart(2)} posts  ${sent} sent  ${subject}`,
    )
  }
}

async function tellThisWeek(api: Api, week: DatedWeek): Promise<void> {
  console.log(
    `\nThis week the student posts ${week.posts.length} times; the Worker answers each with a line:\n`,
  )
  await postWeek(api, week, (line) => console.log(`  ${line}`))
  console.log(`\nThe owner does not wait for ${localTime(week.cutOff)}, and sends the week’s letter now:\n`)
  const { subject, deliveries } = await closeOpenWeek(api, week)
  console.log(`  ${subject}\n`)
  for (const { state, email } of deliveries) console.log(`  ${state}  ${email}`)
}

function checked(
  letters: readonly Letter[],
  archives: readonly Archive[],
  weeks: readonly DatedWeek[],
): boolean {
  console.log(`\nChecked, in ${letters.length} letters and ${archives.length} archives:\n`)
  const checks = check(recipients, letters, archives, weeks)
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
  readonly waysIn: readonly WayIn[]
}

function links({ worker, inbox, token, letters, waysIn }: Running): string {
  const last = Math.max(...letters.map(({ number }) => number))
  const latest = letters.filter(({ number }) => number === last)
  return `
Look at it:

  ${inbox}
      the inbox: every mail that went out, as its reader sees it
  ${latest[0]?.link}
      the latest letter, on the page that it links to
  ${worker}
      the archive as its owner sees it; the token is ${token}
${waysIn.map(({ link, name, circle }) => `  ${link}\n      the archive as the ${circle} circle sees it: the way in of the ${name}`).join('\n')}
  ${worker}/openapi.json
      the API

Each way in works for an hour; ${worker}/archive mails another.
A browser holds one reader at a time: give the next one a private window.

Post something; it goes into the next letter:

  curl ${worker}/api/updates -H "Authorization: Bearer ${token}" -H "Accept: text/plain" --data-urlencode "text=#done My first update"

Close that week now, as "Send now" on the desk does. The cron runs each minute, so the letter is in the inbox soon:

  curl ${worker}/api/digests -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d '{"number": ${last + 1}}'

Ctrl+C stops everything.`
}

function dayOf(instant: number): string {
  const day = { timeZone: settings.schedule.zone, weekday: 'short', day: '2-digit', month: 'short' } as const
  return new Intl.DateTimeFormat('en-GB', day).format(instant).replace(',', '').padEnd(11) // "Sept" is longer
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
