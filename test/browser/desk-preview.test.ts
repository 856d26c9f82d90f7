/** It closes letters: on a Worker of its own, so that no other test finds its letters gone. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type Api, createApi } from '../demo/api.ts'
import type { Message } from '../resend/message.ts'
import { overflows } from './accessibility.ts'
import { enter } from './keyboard.ts'
import { it, scripts, type Visit } from './visit.ts'
import { startWorld } from './world.ts'

let own: Awaited<ReturnType<typeof startWorld>>
let api: Api

beforeAll(async () => {
  const never = new AbortController().signal
  own = await startWorld(never)
  api = createApi(own.url, own.token, never)
}, 120_000)

afterAll(() => own?.[Symbol.asyncDispose]())

async function opened(visit: Visit, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await visit({ baseURL: own.url, ...options })
  await page.request.post('/session', { form: { token: own.token } })
  await page.goto(path)
  return page
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()
const answer = (page: Page) => page.getByRole('status').innerText()
const refusal = (page: Page) => page.getByRole('alert').innerText()
/** With what stands in it: at first a frame has an empty page. */
const letter = (page: Page, place = 0) =>
  page.frameLocator(`.mail >> nth=${place} >> iframe`).locator('body:has(h1)')

/**
 * Presses a button below the first letter, once it can be pressed; by the keyboard, since a click right after
 * scrolling may reach the frame that stood there before.
 */
async function press(page: Page, name: string): Promise<void> {
  const target = page.locator('[data-src]').first().getByRole('button', { name })
  await target.click({ trial: true })
  await target.press('Enter')
}

/** As it was written: Chromium else parses it under the policy of the page. */
type Unsanitized = { read(how?: { unsanitized: readonly string[] }): Promise<ClipboardItem[]> }

let posts = 0
async function say(text: string): Promise<void> {
  posts += 1
  await api.say({ by: 'plain', text, inside: false, key: `preview ${posts}` })
}

type Next = { readonly number: number; readonly held: boolean }
const next = () => api.get<Next>('/api/digests/next')

async function mails(): Promise<readonly Message[]> {
  return (await (await fetch(`${own.inbox}/mail.json`)).json()) as readonly Message[] // the stand-in's own
}
const mailsTo = async (address: string) => (await mails()).filter(({ to }) => to.join().includes(address))

/** Five minutes of the cron, and more than one letter's worth of runs. */
async function runCron(): Promise<void> {
  for (let runs = 0; runs < 3; runs += 1) await api.tick(Date.now())
}

describe('the owner before a letter goes', () => {
  it.for(scripts)(
    'sees it as each circle will, on a phone, a laptop and as text, %s',
    async ([, javaScriptEnabled], { visit }) => {
      await say('The loader keeps up with the pod')
      await say('#inside Nobody answers at the company')
      const page = await opened(visit, '/desk', { javaScriptEnabled })
      await page.getByRole('link', { name: 'Preview' }).click()
      expect(await letter(page).innerText()).toContain('Nobody answers at the company')
      expect(await letter(page, 1).innerText()).toContain('The loader keeps up with the pod')
      expect(await letter(page, 1).innerText()).not.toContain('Nobody answers')
      const frame = page.locator('iframe').first()
      expect((await frame.boundingBox())?.width).toBe(390)
      await page.getByText('Laptop').click()
      expect((await frame.boundingBox())?.width).toBeGreaterThan(640)
      await page.getByText('As text').click()
      expect(await frame.isVisible()).toBe(false)
      expect(await page.locator('.mail pre').first().innerText()).toContain('# DLRM on TPUs, letter')
    },
  )

  it.for(scripts)(
    'holds it, and no cut-off sends it until the hold is lifted, %s',
    async ([, javaScriptEnabled], { visit }) => {
      await say('Something to tell')
      const page = await opened(visit, '/desk/preview', { javaScriptEnabled })
      const { number } = await next()
      const before = (await mails()).length
      await enter(button(page, `Hold letter ${number}`))
      expect(await answer(page)).toBe('It is held.')
      expect(await page.getByRole('main').innerText()).toContain(`Letter ${number} is held`)
      await button(page, 'Lift the hold').click()
      expect(await answer(page)).toBe('The hold is lifted.')
      expect(await next()).toMatchObject({ number, held: false })
      expect(await mails()).toHaveLength(before)
    },
  )

  it.for(scripts)(
    'sees a long letter whole, with one thing to scroll, %s',
    async ([, hasScript], { visit }) => {
      for (let n = 1; n <= 30; n += 1)
        await say(`Thing ${n} that takes a line or two of the letter on a phone`)
      const page = await opened(visit, '/desk/preview', { javaScriptEnabled: hasScript })
      const height = async () => (await page.locator('iframe').first().boundingBox())?.height ?? 0
      const hidden = () =>
        letter(page).evaluate(({ ownerDocument: { documentElement } }) => {
          return documentElement.scrollHeight - documentElement.clientHeight
        })
      if (!hasScript) return expect(await height()).toBeGreaterThan(1000)
      await expect.poll(hidden).toBe(0)
      const onPhone = await height()
      expect(onPhone).toBeGreaterThan(1500)
      await page.getByText('Laptop').click()
      await expect.poll(height).toBeLessThan(onPhone)
      await expect.poll(hidden).toBe(0)
    },
  )

  it('opens the links of a letter elsewhere, and runs nothing that stands in it', async ({ visit }) => {
    await say('See [the run](https://example.org/run) <script>document.title = 1</script>')
    const page = await opened(visit, '/desk/preview')
    const link = letter(page).getByRole('link', { name: 'the run' })
    expect(
      await link.evaluate((a) => (a as HTMLAnchorElement).ownerDocument.querySelector('base')?.target),
    ).toBe('_blank')
    expect(await letter(page).innerText()).toContain('<script>')
  })

  it('finds no letter wider than its window, whatever words stand in it', async ({ visit }) => {
    const page = await opened(visit, `/desk/preview/letter?circle=inner&of=${own.letters[1]}`)
    expect(await overflows(page)).toEqual([])
  })

  it('gets a test of it by mail, once for two taps', async ({ visit }) => {
    await say('Something to test')
    const { number } = await next()
    const page = await opened(visit, '/desk/preview')
    const before = (await mailsTo('student@example.edu')).length
    await button(page, 'Mail me this one as a test').first().dblclick()
    await page.waitForURL(/did=tested/u)
    expect(await answer(page)).toBe('The test is on its way to your inbox.')
    const all = await mailsTo('student@example.edu')
    expect(all).toHaveLength(before + 1)
    expect(all.at(-1)?.text).toContain(`letter ${number}`)
    expect(await next()).toMatchObject({ number })
  })
})

describe('sending now', () => {
  it.for(scripts)(
    'asks first, goes to those it named, and an old tab does nothing, %s',
    async ([, javaScriptEnabled], { visit }) => {
      await say('#done It is ready')
      const stale = await opened(visit, '/desk/preview', { javaScriptEnabled })
      const asked = await opened(visit, '/desk/preview/send', { javaScriptEnabled })
      const page = await opened(visit, '/desk/preview', { javaScriptEnabled })
      const { number } = await next()
      await button(page, /Send it now/u).click()
      expect(await heading(page)).toBe(`Send letter ${number} now?`)
      expect(await page.getByRole('main').innerText()).toContain(
        `Letter ${number} goes to 3 inner and 2 outer readers now.`,
      )
      await page.getByRole('link', { name: 'Not yet' }).click()
      expect(await heading(page)).toBe('Preview')
      expect(await next()).toMatchObject({ number })
      const before = (await mails()).length
      await button(page, /Send it now/u).click()
      await button(page, 'Send it now').click()
      expect(await answer(page)).toBe(`Letter ${number} is on its way to 5 people.`)
      await runCron()
      expect(await mails()).toHaveLength(before + 5)

      for (const [old, name] of [
        [stale, `Hold letter ${number}`],
        [asked, 'Send it now'],
      ] as const) {
        await button(old, name).click()
        expect(await refusal(old)).toBe(
          `That page was about letter ${number}, which is closed already. Nothing was done; this is letter ${number + 1}.`,
        )
      }
      await runCron()
      expect(await mails()).toHaveLength(before + 5)
      expect(await next()).toMatchObject({ number: number + 1, held: false })
    },
  )

  it('closes one letter for two taps', async ({ visit }) => {
    await say('#done It is ready again')
    const { number } = await next()
    const before = (await mails()).length
    const page = await opened(visit, '/desk/preview/send')
    await button(page, 'Send it now').dblclick()
    await page.getByRole('status').or(page.getByRole('alert')).waitFor()
    await runCron()
    expect(await next()).toMatchObject({ number: number + 1 })
    expect(await mails()).toHaveLength(before + 5)
  })

  it('asks again where something was posted meanwhile', async ({ visit }) => {
    await say('#done It is ready once more')
    const page = await opened(visit, '/desk/preview/send')
    const { number } = await next()
    await say('#done And one more thing')
    await button(page, 'Send it now').click()
    expect(await refusal(page)).toContain('Something changed while you looked.')
    expect(await next()).toMatchObject({ number })
  })
})

describe('by hand', () => {
  beforeAll(() => api.patch('/api/settings', { delivery: 'byHand' }))
  afterAll(() => api.patch('/api/settings', { delivery: null }))

  it.for(scripts)(
    'closes a letter, copies it, and marks it as forwarded, %s',
    async ([, javaScriptEnabled], { visit }) => {
      await say('#result auc=0.7955 with **six** seeds')
      const permissions = ['clipboard-read', 'clipboard-write']
      const page = await opened(visit, '/desk/preview/send', { javaScriptEnabled, permissions })
      const before = (await mails()).length
      const { number } = await next()
      await button(page, 'Close it now').click()
      expect(await answer(page)).toBe('It is closed, and yours to forward.')
      expect(await heading(page)).toBe(`Letter ${number} to pass on`)
      await page.getByRole('link', { name: 'Preview' }).click()
      await page.getByRole('link', { name: `Letter ${number} waits for you to forward it` }).click()
      if (javaScriptEnabled) {
        await press(page, 'Copy with formatting')
        await button(page, 'Copied').waitFor()
        const copied = await page.evaluate(async () => {
          const clipboard = navigator.clipboard as Unsanitized
          const [item] = await clipboard.read({ unsanitized: ['text/html'] })
          const read = async (type: string) => (await item?.getType(type))?.text()
          return { html: await read('text/html'), text: await read('text/plain') }
        })
        expect(copied.html).toMatch(/<b|<strong/u)
        expect(copied.html).toContain(`/l/${number}-inner-`)
        expect(copied.html).not.toContain('waits for you to forward')
        expect(copied.text).toContain('0.7955')
      } else {
        expect(await button(page, 'Copy with formatting').count()).toBe(0)
        await page.getByRole('link', { name: 'Open it alone' }).first().click()
        await page.waitForURL(/letter\?/u)
        await page.keyboard.press('Control+A')
        expect(await page.evaluate(() => String(getSelection()))).toContain('0.7955')
        await page.goBack()
      }
      await button(page, 'I have forwarded it').dblclick()
      expect(await answer(page)).toBe('Noted: you have forwarded it.')
      expect(await page.getByRole('main').innerText()).toContain('Forwarded on')
      expect(await button(page, 'I have forwarded it').count()).toBe(0)
      expect(await mails()).toHaveLength(before)
      await runCron()
      expect(await mails()).toHaveLength(before + 2) // one for each circle, to the owner
    },
  )

  it('shares it as text where the device can', async ({ visit }) => {
    await say('#done To be shared')
    const { number } = await next()
    await api.post('/api/digests', { number })
    const page = await visit({ baseURL: own.url })
    await page.addInitScript(() => {
      const { promise, resolve } = Promise.withResolvers<ShareData>()
      Object.assign(navigator, { share: async (data: ShareData) => resolve(data) })
      Object.assign(window, { shared: promise })
    })
    await page.request.post('/session', { form: { token: own.token } })
    await page.goto('/desk/preview')
    await page.getByRole('link', { name: 'waits for you' }).click()
    await press(page, 'Share as text')
    const shared = await page.evaluate(() => (window as unknown as { shared: Promise<ShareData> }).shared)
    expect(shared.text).toContain('To be shared')
    expect(shared.title).toContain(`letter ${number}`)
  })
})
