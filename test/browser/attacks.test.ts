/** Strings that attack, on their way from an update to all who read it, where no content security policy helps. */
import { marked } from 'marked'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Api } from '../demo/api.ts'
import type { Message } from '../resend/message.ts'
import { attacks } from './attacks.ts'
import { send } from './seed.ts'
import { world as shared } from './visit.ts'
import { startWorld, type World } from './world.ts'

const stop = new AbortController()

/** Kinds of which a letter shows all, and the next ones none. */
const kinds = ['done', 'result', 'surprise', 'change', 'read', 'next', 'meeting']
const inLetter = 20

/** The words by which each letter's updates are found. */
const letters = Array.from({ length: Math.ceil(attacks.length / inLetter) }, (_, i) => ({
  word: `finch${String.fromCharCode(97 + i)}`,
  strings: attacks.slice(i * inLetter, (i + 1) * inLetter),
}))

/** Also where plain text goes: names, titles, reasons, answers. */
const inAText = `"><img src=x onerror=alert(1)><script>alert(1)</script>`

let world: World & AsyncDisposable
let browser: Browser

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(stop.signal, attack), chromium.connect(shared.browser)])
})

afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

async function attack(api: Api, publicUrl: string): Promise<readonly string[]> {
  await api.patch('/api/settings', {
    ...{ title: inAText, about: inAText, ownerName: 'the student', ownerEmail: 'student@example.edu' },
    ...{ publicUrl, sender: 'Notes <notes@mail.example.edu>' },
  })
  await api.post('/api/recipients', { email: 'professor@example.edu', name: inAText })
  for (const [i, { word, strings }] of letters.entries()) {
    for (const [j, string] of strings.entries())
      await api.post('/api/updates', { text: `${string}\n\n${word}`, kind: kinds[j % kinds.length] })
    await api.post('/api/milestones', { title: `${i} ${inAText}`, due: '2030-01-01' })
    await api.patch('/api/digests/next', { summary: inAText, status: 'atRisk', reason: inAText })
    await api.post('/api/digests', { number: i + 1 })
    await api.tick(Date.now()) // a run sends one digest's letters
  }
  const { digests } = await api.get<{ digests: readonly { slug: string }[] }>('/api/digests')
  const slugs = digests.map(({ slug }) => slug).toReversed()
  await send(api, slugs)
  await api.post('/api/updates', { text: inAText, kind: 'ask' })
  return slugs
}

const markers = async (page: Page, word: string) => (await page.content()).split(word).length - 1

describe('published attacks', () => {
  test('are 150 at least, and run where they are trusted, so that whoever watches for them sees it', async () => {
    const { page, ran } = await watch()
    const some = attacks.filter((_, i) => i % 3 === 0)
    const frames = some.map((string) => {
      const trusted = marked.parse(string, { async: false })
      return `<iframe srcdoc="${trusted.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`
    })
    await show({ page, ran }, frames.join(''))
    expect(new Set(attacks).size).toBe(attacks.length)
    expect(attacks.length).toBeGreaterThanOrEqual(150)
    const calls = ran.filter((what) => !what.startsWith('asked'))
    expect(calls.length).toBeGreaterThan(30) // the others are for older browsers
  })

  test('run in no letter, on no page and in no search', async () => {
    const { page, ran } = await watch()
    await page.request.post('/session', { form: { token: world.token } })
    const answer = await fetch(`${world.inbox}/mail.json`)
    const mails = (await answer.json()) as readonly Message[] // the stand-in's own
    for (const [i, { word, strings }] of letters.entries()) {
      const mail = mails.find(({ text, to }) => text.includes(word) && to.join().includes('professor'))
      await show({ page, ran }, mail?.html ?? '')
      expect.soft(await markers(page, word), `letter ${i}`).toBe(strings.length)
      const [link = ''] = /http:\S+\/l\/[^\s<>()]+/u.exec(mail?.text ?? '') ?? []
      for (const path of [link, `/archive/${world.letters[i]}`]) {
        await open(page, path)
        expect.soft(await markers(page, word), path).toBe(strings.length)
      }
      await open(page, `/archive/search?q=${word}`)
      expect.soft(await page.locator('main li').count(), word).toBe(strings.length)
    }
    expect(ran).toEqual([])
  })

  test('run in no other place where words of updates, titles, names and reasons are shown', async () => {
    const { page, ran } = await watch()
    await page.request.post('/session', { form: { token: world.token } })
    const typed = encodeURIComponent(inAText)
    const latest = world.letters.at(-1)
    for (const path of [
      ...['/archive', '/archive/results', '/archive/reading', '/archive/milestones'],
      ...[`/archive/search?q=${typed}`, `/write?text=${typed}&title=${typed}&url=javascript:alert(1)`],
      ...['/write', '/desk', `/desk?q=${typed}`, '/desk/preview', '/desk/preview/letter?circle=inner'],
      ...['/desk/letters', `/desk/letters/${latest}`, '/desk/milestones', '/desk/report', '/desk/people'],
      ...['/desk/settings', '/sessions', '/archive/all.md', `/archive/${latest}.md`, `/desk/${typed}`],
    ]) {
      await open(page, path)
      expect(ran, path).toEqual([])
    }
  })
})

type Watched = { readonly page: Page; readonly ran: string[] }

/** A page on which no policy holds; `ran` names what ran, and what another host was asked for. */
async function watch(): Promise<Watched> {
  const context = await browser.newContext({ baseURL: world.url, bypassCSP: true })
  onTestFinished(() => context.close())
  const ran: string[] = []
  await context.exposeBinding('ran', ({ frame }, what: string) => ran.push(`${frame.url()}: ${what}`))
  await context.addInitScript(provoke)
  await context.route(
    ({ origin }) => origin !== world.url,
    async (route) => {
      ran.push(`asked for ${route.request().url()}`)
      await route.abort()
    },
  )
  return { page: await context.newPage(), ran }
}

/** HTML as a page of its own, which asks nobody for anything. */
async function show({ page, ran }: Watched, body: string): Promise<void> {
  await page.route('**', async (route) => {
    const url = route.request().url()
    if (url.endsWith('/shown')) return route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
    ran.push(`asked for ${url}`)
    return route.abort()
  })
  await open(page, '/shown')
  await page.unroute('**')
}

/** Gives everything on a page that could run two frames of time to do so. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  )
}

/** Runs in each document before all else: tells once what is called, and does there what a reader could do by hand. */
function provoke(): void {
  const { ran } = window as unknown as { ran: (what: string) => void } // exposed by `watch`
  let hasTold = false
  const tell = (...what: unknown[]) => {
    if (!hasTold) ran(what.join())
    hasTold = true
  }
  Object.assign(window, { alert: tell, confirm: tell, prompt: tell, print: tell })
  /** What leads to an address is not followed, but what would run a script is. */
  const stay = (event: Event) => {
    const names = ['href', 'xlink:href', 'action', 'formaction']
    const path = event.composedPath().filter((each) => each instanceof Element)
    const addresses = path.flatMap((each) => names.map((name) => each.getAttribute(name) ?? ''))
    if (!addresses.some((address) => /^\W*j\W*a\W*v\W*a\W*s/iu.test(address))) event.preventDefault()
  }
  for (const type of ['click', 'submit']) addEventListener(type, stay, { capture: true })
  addEventListener('load', () => {
    for (const element of document.querySelectorAll('*')) {
      const handled = element.getAttributeNames().filter((name) => name.startsWith('on'))
      for (const act of ['click', ...handled.map((name) => name.slice(2))])
        element.dispatchEvent(new MouseEvent(act, { cancelable: true, bubbles: true }))
    }
  })
}
