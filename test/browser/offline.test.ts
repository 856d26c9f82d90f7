import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { goOffline, note, openReady, openWriting, soon, text, waiting } from './line.ts'
import { words } from './seed.ts'
import { it, world } from './visit.ts'
import { api, asOwner } from './ways.ts'

type Update = {
  readonly text: string
  readonly at: string
  readonly postedAt: string
  readonly author: string
}

const row = (page: Page, words: string) => page.getByRole('listitem').filter({ hasText: words })

async function stored(word: string): Promise<readonly Update[]> {
  return (await api.get<{ updates: readonly Update[] }>(`/api/updates?q=${word}`)).updates
}

/** As somebody else than before. */
async function signIn(page: Page, token: string): Promise<void> {
  await page.context().clearCookies()
  await page.request.post('/session', { form: { token } })
}

describe('writing without a line', () => {
  it('keeps ten posts, and each is stored once when the line is back', async ({ visit }) => {
    const page = await openReady(visit)
    await goOffline(page)
    for (let i = 1; i <= 10; i++) await note(page, `heron ${i}`, i)
    await page.reload()
    await expect.poll(() => waiting(page).innerText(), soon).toBe('Not sent yet: 10')
    expect(await stored('heron')).toEqual([])
    const back = new Date().toISOString()
    await page.context().setOffline(false)
    await page.getByText('What waited on this device was sent.').waitFor()
    const updates = await stored('heron')
    const expected = Array.from({ length: 10 }, (_, i) => `heron ${10 - i}`)
    expect(updates.map(({ text }) => text)).toEqual(expected)
    for (const { at, postedAt } of updates) expect([at < back, postedAt > back]).toEqual([true, true])
    expect(await waiting(page).count()).toBe(0)
  })

  it('shows nothing of anybody: what the device keeps is the page and its looks', async ({ visit }) => {
    const page = await asOwner(visit)
    await page.goto('/desk')
    await page.evaluate(() => caches.open('shell of an earlier deploy'))
    await openWriting(page)
    const kept = await page.evaluate(async () => {
      const [name = '', ...others] = await caches.keys()
      const answers = await (await caches.open(name)).matchAll()
      const texts = await Promise.all(answers.map((answer) => answer.text()))
      return { others, paths: answers.map(({ url }) => new URL(url).pathname), all: texts.join('\n') }
    })
    expect(kept.others).toEqual([])
    expect(kept.paths.filter((path) => !path.startsWith('/assets/'))).toEqual(['/write/offline'])
    expect(kept.all).not.toMatch(new RegExp(`DLRM|professor|${words.private}|${words.all}`, 'u'))
    await goOffline(page)
    expect(await page.locator('main').innerText()).not.toMatch(/DLRM|Your latest/u)
    const other = await page.context().newPage()
    await expect(other.goto('/desk')).rejects.toThrow('ERR_INTERNET_DISCONNECTED')
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: 'Your latest' }).waitFor()
  })

  it('sends once what was on its way when the tab was closed and the answer was lost', async ({ visit }) => {
    const page = await openReady(visit)
    const context = page.context()
    const isTaken = Promise.withResolvers<void>()
    await context.route('**/write', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch() // the Worker has it, and nobody hears of it
      isTaken.resolve()
      await route.abort().catch(() => {}) // its tab is gone
    })
    await text(page).fill('egret on its way')
    await page.getByRole('button', { name: 'Note it' }).click({ noWaitAfter: true })
    await isTaken.promise
    await page.close({ runBeforeUnload: false })
    expect(await stored('egret')).toHaveLength(1)
    await context.unroute('**/write')
    const next = await context.newPage()
    await openWriting(next)
    await expect.poll(() => waiting(next).count(), soon).toBe(0)
    await expect.poll(() => text(next).inputValue(), soon).toBe('')
    await expect.poll(() => queued(next), soon).toEqual([])
    expect(await stored('egret')).toHaveLength(1)
  })

  it('sends soon where the word of the line comes before the line', async ({ visit }) => {
    const page = await openReady(visit)
    await goOffline(page)
    await note(page, 'A snipe', 1)
    let tries = 0
    await page.context().route('**/write', (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      tries += 1
      return tries === 1 ? route.abort() : route.continue()
    })
    await page.context().setOffline(false)
    await page.getByText('What waited on this device was sent.').waitFor(soon)
    expect(await stored('snipe')).toHaveLength(1)
    expect(tries).toBeGreaterThan(1)
  })

  it('keeps what it cannot send for want of a session, and sends it after signing in', async ({ visit }) => {
    const page = await openReady(visit)
    await goOffline(page)
    for (let i = 1; i <= 3; i++) await note(page, `stork ${i}`, i)
    await page.context().clearCookies()
    await page.context().setOffline(false)
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    expect(await waiting(page).innerText()).toBe('Not sent yet: 3')
    expect(await stored('stork')).toEqual([])
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByLabel('Token').fill(world.token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('What waited on this device was sent.').waitFor()
    expect(await stored('stork')).toHaveLength(3)
  })

  it('neither sends nor shows to another author what one has written', async ({ visit }) => {
    const other = await newAuthor('A labmate')
    const page = await openReady(visit)
    await goOffline(page)
    await note(page, 'ibis of the owner', 1)
    await page.context().clearCookies()
    await page.context().setOffline(false)
    await signIn(page, other.token)
    await openWriting(page)
    await sendNow(page)
    expect(await waiting(page).count()).toBe(0)
    expect(await queued(page)).toEqual(['ibis of the owner'])
    expect(await stored('ibis')).toEqual([])
    await signIn(page, world.token)
    await page.goto('/write')
    await page.getByText('What waited on this device was sent.').waitFor()
    const [mine] = (await api.get<{ authors: readonly { id: string; owner: boolean }[] }>('/api/authors'))
      .authors
    expect(await stored('ibis')).toMatchObject([{ author: mine?.id }])
  })

  it('keeps the photo of a post that finds no session, and sends both after signing in', async ({
    visit,
  }) => {
    const page = await openReady(visit)
    await page.getByText('Photo', { exact: true }).click()
    await page.getByLabel('Photo or plot').setInputFiles('src/client/icon-180.png')
    await text(page).fill('An avocet')
    await page.getByText('Done: “An avocet”').waitFor()
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Note it' }).click()
    await page.getByLabel('Token').fill(world.token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('What waited on this device was sent.').waitFor()
    expect(await stored('avocet')).toMatchObject([{ photos: [{}] }])
  })

  it('keeps what is too large with its photo, with a line too', async ({ visit }) => {
    const page = await openReady(visit)
    await page.getByText('Photo', { exact: true }).click()
    await page.getByLabel('Photo or plot').setInputFiles('src/client/icon-180.png')
    await note(page, 'gannet '.repeat(6000), 1)
    await page.locator('#waiting .wrong').getByText('longer than 32 KiB').waitFor()
    await row(page, 'icon-180.png').waitFor()
  })

  it('keeps what is refused with the reason, to be changed or discarded', async ({ visit }) => {
    const page = await openReady(visit)
    await goOffline(page)
    const [first, second] = ['bittern ', 'grebe '].map((word) => word.repeat(6000)) as [string, string]
    await note(page, first, 1)
    await note(page, second, 2)
    await page.context().setOffline(false)
    const reason = expect.stringContaining('longer than 32 KiB')
    await expect.poll(() => page.locator('#waiting .wrong').allInnerTexts(), soon).toEqual([reason, reason])
    page.once('dialog', (dialog) => dialog.accept())
    await row(page, 'grebe').getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => waiting(page).innerText(), soon).toBe('Not sent yet: 1')
    await row(page, 'bittern').getByRole('button', { name: 'Edit' }).click()
    await expect.poll(() => queued(page), soon).toEqual([])
    expect(await text(page).inputValue()).toBe(first)
    await text(page).fill('The bittern')
    await page.getByRole('button', { name: 'Note it' }).click()
    await page.getByText('Done: “The bittern”').waitFor()
    expect(await stored('bittern')).toHaveLength(1)
  })

  it('keeps both where Back brought up the page of the first, and asks before one takes the place of what is typed', async ({
    visit,
  }) => {
    const page = await openReady(visit)
    await goOffline(page)
    const key = page.locator('#write [name=key]')
    const first = await key.inputValue()
    await note(page, 'dunlin one', 1)
    await key.evaluate((input: HTMLInputElement, value) => {
      input.value = value
    }, first)
    await note(page, 'dunlin two', 2)
    await text(page).fill('dunlin three')
    page.once('dialog', (dialog) => dialog.dismiss())
    await row(page, 'dunlin one').getByRole('button', { name: 'Edit' }).click()
    expect(await text(page).inputValue()).toBe('dunlin three')
    expect((await queued(page)).toSorted()).toEqual(['dunlin one', 'dunlin two'])
    await page.context().setOffline(false)
    await expect.poll(() => queued(page), soon).toEqual([])
    expect((await stored('dunlin')).map(({ text }) => text)).toEqual(['dunlin two', 'dunlin one'])
  })

  it('says at signing out what waits, and shows it to nobody after that', async ({ visit }) => {
    const page = await openReady(visit)
    await goOffline(page)
    await note(page, 'crane left behind', 1)
    await page
      .context()
      .route('**/write', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    await page.context().setOffline(false)
    await page.goto('/sessions')
    await page.getByRole('button', { name: 'Sign out', exact: true }).last().click()
    await page.getByText('kept on this device until you sign in here again: 1.').waitFor()
    await page.context().setOffline(true)
    await page.goto('/write')
    await page.getByText('nobody is signed in on this device').waitFor()
    expect(await page.locator('main').innerText()).not.toContain('crane')
  })
})

describe('the installed page', () => {
  it('can be installed, and leads to done, need and result', async ({ visit }) => {
    const page = await openReady(visit)
    const devtools = await page.context().newCDPSession(page)
    const { data = '', errors } = await devtools.send('Page.getAppManifest')
    expect(errors).toEqual([])
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
    const manifest = JSON.parse(data) as Manifest // our own
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (source) => {
        const image = Object.assign(new Image(), { src: source })
        await image.decode()
        return `${image.naturalWidth}x${image.naturalHeight}`
      }, src)
      if (sizes !== 'any') expect(size).toBe(sizes)
    }
    for (const { name, url } of manifest.shortcuts) {
      await page.goto(url)
      expect(await page.locator('[name=kind]:checked').inputValue()).toBe(name.toLowerCase())
    }
  })

  it('is filled in by what another app shares, with a line and without, and posts nothing by itself', async ({
    visit,
  }) => {
    const page = await openReady(visit)
    await share(page, 'A plover', [])
    await expect.poll(() => text(page).inputValue(), soon).toBe('[A plover](https://example.com/plover)')
    await page.context().setOffline(true)
    await share(page, 'A plover', [])
    await page.getByText('You are offline.').waitFor()
    await expect.poll(() => text(page).inputValue(), soon).toBe('A plover\nhttps://example.com/plover')
    expect(await queued(page)).toEqual([])
    expect(await stored('plover')).toEqual([])
  })

  it('takes a photo that another app shares, and sends it once there is a line', async ({ visit }) => {
    const page = await openReady(visit)
    const photo = await readFile(new URL('../../src/client/icon-180.png', import.meta.url), 'base64')
    await goOffline(page)
    await share(page, 'A sandpiper', [photo])
    await page.getByLabel('What it shows').fill('Its beak')
    await page.getByRole('button', { name: 'Note it' }).click()
    await row(page, 'plover.png').waitFor()
    await page.context().setOffline(false)
    await page.getByText('What waited on this device was sent.').waitFor()
    expect(await stored('sandpiper')).toMatchObject([{ photos: [{ description: 'Its beak' }] }])
  })

  it('takes a photo that is shared while nobody is signed in, once somebody is', async ({ visit }) => {
    const page = await openReady(visit)
    const photo = await readFile(new URL('../../src/client/icon-180.png', import.meta.url), 'base64')
    await page.context().clearCookies()
    await share(page, 'A dunlin', [photo])
    await page.getByLabel('Token').fill(world.token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect.poll(() => text(page).inputValue(), soon).toContain('A dunlin')
    await expect.poll(() => chosen(page), soon).toBe(1)
  })

  it('leaves a shared photo to the page that it is for', async ({ visit }) => {
    const page = await openReady(visit)
    const photo = await readFile(new URL('../../src/client/icon-180.png', import.meta.url), 'base64')
    await page.context().clearCookies()
    await share(page, 'A ruff', [photo])
    const address = page.url()
    await signIn(page, world.token)
    await openWriting(page)
    expect(await chosen(page)).toBe(0)
    await page.goto(address)
    await expect.poll(() => chosen(page), soon).toBe(1)
  })

  it('keeps the draft beside what is shared, and a shared photo when the line comes back', async ({
    visit,
  }) => {
    const page = await openReady(visit)
    await page.clock.install()
    await goOffline(page)
    await text(page).fill('A draft of a curlew')
    await share(page, 'A turnstone', [])
    await expect.poll(() => text(page).inputValue(), soon).toMatch(/^A turnstone/u)
    await goOffline(page)
    expect(await text(page).inputValue()).toBe('A draft of a curlew')
    await text(page).fill('')
    await page.getByText('Photo', { exact: true }).click()
    await page.getByLabel('Photo or plot').setInputFiles('src/client/icon-180.png')
    await page.context().setOffline(false)
    await page.clock.runFor(3000) // it looks for the line after a second, then two
    expect(await chosen(page)).toBe(1)
    await page.getByLabel('Photo or plot').setInputFiles([])
    await page.clock.runFor(10_000)
    await page.waitForFunction(() => document.querySelector('#offline') === null)
  })
})

/** How many photos the form holds. */
function chosen(page: Page): Promise<number | undefined> {
  return page.locator('#photo').evaluate((field: HTMLInputElement) => field.files?.length)
}

/** As Android hands over what another app shares: a page's address comes as the text. */
async function share(page: Page, title: string, photos: readonly string[]): Promise<void> {
  const shared = page.waitForURL('**/write?title=*')
  await page.evaluate(
    ({ title, photos }) => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', action: '/write/shared', enctype: 'multipart/form-data' })
      const field = (name: string, more: object) =>
        form.append(Object.assign(document.createElement('input'), { name, ...more }))
      field('title', { value: title })
      field('text', { value: 'https://example.com/plover' })
      const files = new DataTransfer()
      for (const photo of photos) {
        const bytes = Uint8Array.from(atob(photo), (byte) => byte.charCodeAt(0))
        files.items.add(new File([bytes], 'plover.png', { type: 'image/png' }))
      }
      field('photo', { type: 'file', files: files.files })
      document.body.append(form)
      form.submit()
    },
    { title, photos },
  )
  await shared
}

type Manifest = {
  readonly icons: readonly { readonly src: string; readonly sizes: string }[]
  readonly shortcuts: readonly { readonly name: string; readonly url: string }[]
}

/** The texts of all that waits on the device, whoever wrote it. */
function queued(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const asked = indexedDB.open('weeknotes', 1)
        asked.onsuccess = () => {
          const all = asked.result.transaction('posts').objectStore('posts').getAll()
          all.onsuccess = () => {
            asked.result.close()
            resolve(all.result.map(({ fields }) => new Map<string, string>(fields).get('text') ?? ''))
          }
        }
      }),
  )
}

/** Waits until all was tried. */
function sendNow(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const heard = new Promise<unknown>((done) => {
      new BroadcastChannel('posts').onmessage = ({ data }) => data !== 'changed' && done(data)
    })
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage('send')
    return heard
  })
}

async function newAuthor(name: string): Promise<{ readonly token: string }> {
  const headers = { authorization: `Bearer ${world.token}`, 'content-type': 'application/json' }
  const ask = async <T>(path: string, body: object) => {
    const answer = await fetch(`${world.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as T // as the API answers
  }
  const { id } = await ask<{ id: string }>('/api/authors', { name })
  return ask<{ token: string }>(`/api/authors/${id}/tokens`, { name: 'phone' })
}
