import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { createApi } from '../demo/api.ts'
import { startWorker } from '../demo/worker.ts'
import { serveResend } from '../resend/server.ts'
import { createResend } from '../resend/stand-in.ts'
import { overflows, violations } from './accessibility.ts'
import { enter } from './keyboard.ts'
import { it, scripts, type Visit } from './visit.ts'
import { api, asAuthor, asOwner, openAsOwner } from './ways.ts'

const answer = (page: Page) => page.locator('.answer').innerText()
const save = (page: Page) => page.getByRole('button', { name: 'Save' }).last().click()
const settings = () => api.get<Record<string, unknown>>('/api/settings')

function open(visit: Visit, javaScriptEnabled: boolean): Promise<Page> {
  return openAsOwner(visit, '/desk/settings', { javaScriptEnabled })
}

/** Other tests have this Worker, too. */
async function keep(): Promise<() => Promise<void>> {
  const before = await settings()
  return () => api.patch('/api/settings', before)
}

describe.for(scripts)('the owner, %s,', ([, javaScriptEnabled]) => {
  it('changes every setting once', async ({ visit, onTestFinished }) => {
    onTestFinished(await keep())
    const before = await settings()
    const page = await open(visit, javaScriptEnabled)
    for (const [label, text] of [
      ['Your name', 'The other student'],
      ['Your mail address', 'other@example.edu'],
      ['Title', 'DLRM on GPUs'],
      ['What it is about', 'Another course.\n\nAnd more of it.'],
      ['Public address of these pages', 'https://other.example.edu/'],
      ['Course', 'Research'],
      ['Homepage', 'https://example.edu/course'],
      ['Time', '17:30'],
      ['Time zone', 'Europe/Zurich'],
      ['Language of dates', 'en-US'],
      ['Sender', 'Other <other@mail.example.edu>'],
      ['Address that takes your mail', 'other@notes.example.edu'],
      ['Preview, hours ahead', '12'],
      ['First day', '2030-12-24'],
      ['Last day', '2031-01-03'],
      ['Why, if readers may know', 'holidays'],
      ['Last letter on or after', '2031-02-26'],
      ['Monitoring address', 'https://beat.example.com/x'],
    ] as const)
      await page.getByLabel(label, { exact: true }).fill(text)
    for (const [label, choice] of [
      ['Day', 'Thursday'],
      ['Letters go', 'by hand: I forward them'],
      ['Reminder, if nothing is written', '1 day ahead'],
      ['A week with nothing to tell', 'skip it, always'],
    ] as const)
      await page.getByLabel(label, { exact: true }).selectOption(choice)
    await save(page)
    expect(await answer(page)).toBe('Saved.')

    const after = await settings()
    expect(after).toMatchObject({
      ...{ title: 'DLRM on GPUs', about: 'Another course.\n\nAnd more of it.' },
      ...{ publicUrl: 'https://other.example.edu', delivery: 'byHand', previewHours: 12, nudgeDays: 1 },
      schedule: { weekday: 'thursday', time: '17:30', zone: 'Europe/Zurich' },
      away: [{ since: '2030-12-24', until: '2031-01-03', why: 'holidays' }],
    })
    const isSame = (name: string) => JSON.stringify(before[name]) === JSON.stringify(after[name])
    expect(Object.keys(after).filter(isSame)).toEqual([])

    await page.getByLabel(/Take out .*holidays/u).check()
    await save(page)
    expect(await settings()).toEqual({ ...after, away: [] })
  })

  it('sees what is wrong beside its field, with all that was typed, and the cut-offs before saving', async ({
    visit,
    onTestFinished,
  }) => {
    onTestFinished(await keep())
    const page = await open(visit, javaScriptEnabled)
    const zone = page.getByLabel('Time zone')
    await zone.fill('Zurich')
    await page.getByLabel('Course').fill('Typed')
    await save(page)
    expect(await page.locator('[id="schedule.zone-wrong"]').innerText()).toBe(
      'is no time zone like Europe/Zurich',
    )
    expect([await zone.inputValue(), await page.getByLabel('Course').inputValue()]).toEqual([
      'Zurich',
      'Typed',
    ])
    await page.getByRole('link', { name: 'Time zone' }).click()
    await zone.fill('Asia/Tokyo')
    await page.getByLabel('Day', { exact: true }).selectOption('Monday')
    await page.getByLabel('Time', { exact: true }).fill('08:15')
    const show = page.getByRole('button', { name: 'Show the cut-offs' })
    if (javaScriptEnabled) expect(await show.count()).toBe(0)
    else await show.click()
    await page.getByText(/^Next: (?:Mon \d+ \w+ 08:15(?: · )?){3}/u).waitFor()
    await page.getByText('Not saved yet.').waitFor()
    expect(await settings()).toMatchObject({ course: '', schedule: { weekday: 'friday', zone: 'UTC' } })
    await save(page)
    expect(await answer(page)).toBe('Saved.')
    const schedule = { weekday: 'monday', time: '08:15', zone: 'Asia/Tokyo' }
    expect(await settings()).toMatchObject({ course: 'Typed', schedule })
  })
})

describe('the owner', () => {
  it('is offered the time zones, that of the device first, and sees what wrong ones say', async ({
    visit,
  }) => {
    const page = await asOwner(visit, { timezoneId: 'America/New_York' })
    await page.goto('/desk/settings')
    const zone = page.getByLabel('Time zone')
    const list = await zone.getAttribute('list')
    expect(await page.locator(`#${list} option`).evaluateAll((all) => all.length)).toBeGreaterThan(300)
    await zone.fill('Nowhere')
    await zone.blur()
    await page.getByText('Time zone is no time zone like Europe/Zurich').waitFor()
    await page.getByRole('button', { name: 'Use America/New_York' }).click()
    expect(await zone.inputValue()).toBe('America/New_York')
    await page.getByText(/^Next: .* Not saved yet\.$/u).waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('saves by Enter in a field, reached by Tab', async ({ visit, onTestFinished }) => {
    onTestFinished(await keep())
    const page = await open(visit, true)
    await enter(page.getByLabel('Course'), 'By the keyboard')
    expect(await answer(page)).toBe('Saved.')
    expect(await settings()).toMatchObject({ course: 'By the keyboard' })
  })
})

describe('an author', () => {
  it('does not come to the settings', async ({ visit }) => {
    await api.post('/api/authors', { name: 'No owner' })
    const { authors } = await api.get<{ authors: readonly { id: string; name: string }[] }>('/api/authors')
    const id = authors.find(({ name }) => name === 'No owner')?.id ?? ''
    const page = await asOwner(visit)
    const made = await page.request.post(`/desk/authors/${id}/tokens`, {
      form: { name: 'phone' },
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    })
    const token = /wn_\w+/u.exec(await made.text())?.[0] ?? ''
    const author = await asAuthor(visit, token)
    await author.goto('/write')
    expect(await author.getByRole('link', { name: 'Settings' }).count()).toBe(0)
    expect((await author.goto('/desk/settings'))?.status()).toBe(403)
  })
})

describe('a Worker with an empty database', () => {
  const never = new AbortController().signal
  const token = randomBytes(16).toString('hex')
  const apiKey = `re_${randomBytes(12).toString('hex')}`
  const resend = createResend({ apiKey })
  const open = new AsyncDisposableStack()
  let url = ''

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weeknotes-first-'))
    open.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
    const inbox = await serveResend(resend)
    open.defer(() => inbox.close())
    const secrets = { OWNER_TOKEN: token, RESEND_API_KEY: apiKey, RESEND_BASE_URL: inbox.url }
    const worker = await startWorker({ folder, secrets, port: 0 }, never)
    open.use(worker)
    url = worker.url
  })

  afterAll(() => open.disposeAsync())

  it('leads its owner by a list of steps to the first letter in their own inbox, without a script', async ({
    visit,
  }) => {
    const page = await visit({ baseURL: url, javaScriptEnabled: false })
    const missing = () => page.locator('.asked li', { hasText: '○' }).count()
    const step = async (name: RegExp) => {
      await page.goto('/desk')
      await page.locator('.asked').getByRole('link', { name }).click()
    }
    await page.goto('/desk')
    await page.getByLabel('Token').fill(token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Before the first letter').waitFor()
    expect(await missing()).toBe(6)
    const looking = await visit({ baseURL: url })
    await looking.request.post('/session', { form: { token } })
    await looking.goto('/desk')
    expect.soft(await violations(looking)).toEqual([])
    expect.soft(await overflows(looking)).toEqual([])

    await step(/who you are/u)
    expect(await page.getByLabel('Public address of these pages').inputValue()).toBe(url)
    await page.getByLabel('Your name').fill('The student')
    await page.getByLabel('Your mail address').fill('student@example.edu')
    await page.getByLabel('Time zone').fill('Europe/Zurich')
    await save(page)
    await step(/forward letters by hand/u)
    await page.getByLabel('Letters go').selectOption('by hand: I forward them')
    await save(page)
    await step(/first reader/u)
    await page.getByLabel('Names and addresses').fill('professor@example.edu')
    await page.getByRole('button', { name: 'Add them' }).click()
    await page.goto('/desk')
    expect(await missing()).toBe(1)
    await step(/first update/u)
    await page.getByLabel('What just happened?').fill('Trained the baseline')
    await page.getByRole('button', { name: 'Note it' }).click()

    await page.goto('/desk')
    await page.getByText('All is there for the first letter.').waitFor()
    const see = page.getByRole('link', { name: 'See the first letter' })
    await see.click()
    await page.getByRole('button', { name: 'Mail me this one as a test' }).click()
    expect(await answer(page)).toBe('The test is on its way to your inbox.')
    expect(resend.sent.map(({ to }) => to)).toEqual([['student@example.edu']])
    expect(resend.sent[0]?.html).toContain('Trained the baseline')

    await page.goto('/desk')
    await page.getByRole('button', { name: 'Hide this list' }).click()
    expect(await see.count()).toBe(0)
    await page.getByRole('button', { name: 'Show it again' }).click()
    expect(await see.count()).toBe(1)
    const first = createApi(url, token, never)
    await first.post('/api/digests', { number: 1 })
    await page.goto('/desk')
    expect(await page.locator('.asked', { has: see }).count()).toBe(0)
  })
})
