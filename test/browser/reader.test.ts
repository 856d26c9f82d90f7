import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { enter } from './keyboard.ts'
import { readers, words } from './seed.ts'
import { it, scripts, world } from './visit.ts'
import { api, asReader, linkTo } from './ways.ts'

const [first = '', second = ''] = world.letters

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()

/** All that a reader can come to from the archive. */
async function everything(page: Page): Promise<string> {
  const texts: string[] = []
  await page.goto('/archive')
  texts.push(await page.content())
  const links = page.locator('.letters a')
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  for (const path of paths) {
    await page.goto(path)
    texts.push(await page.content(), await (await page.request.get(`${path}.md`)).text())
  }
  return [...texts, await (await page.request.get('/archive/all.md')).text()].join('\n')
}

const stateOf = async ({ email }: { readonly email: string }) => {
  const { recipients } = await api.get<{ recipients: readonly Found[] }>('/api/recipients')
  return recipients.find((recipient) => recipient.email === email)
}

type Found = { readonly id: string; readonly email: string; readonly state: string }

describe('a reader', () => {
  it.for(scripts)(
    'comes in by a link that is mailed, within the hour again and again, %s',
    async ([, javaScriptEnabled], { visit }) => {
      const page = await visit({ javaScriptEnabled })
      await page.goto('/archive')
      await page.getByLabel('Mail address').fill(readers.professor.email)
      await page.getByRole('button', { name: 'Mail me a link' }).click()
      expect(await heading(page)).toBe('Look into your mail')

      await page.goto(await linkTo('r', readers.professor.email))
      expect(await page.getByRole('button').allInnerTexts()).toEqual(['Open the letters'])
      expect(await page.context().cookies()).toEqual([])
      await page.getByRole('button').click()
      expect(new URL(page.url()).pathname).toBe('/archive')
      await page.waitForLoadState('domcontentloaded') // counting waits for nothing
      expect(await page.locator('.letters li').count()).toBe(world.letters.length)
    },
  )

  it('comes in with Tab and Enter', async ({ visit }) => {
    const page = await visit()
    await page.goto('/')
    await enter(page.getByLabel('Mail address'), readers.professor.email)
    await page.goto(await linkTo('r', readers.professor.email))
    await enter(page.getByRole('button', { name: 'Open the letters' }))
    expect(await heading(page)).toBe('Letters')
  })

  it('is not told whether an address is known', async ({ visit }) => {
    const answers: string[] = []
    for (const email of [readers.professor.email, 'nobody@example.edu']) {
      const page = await visit()
      await page.goto('/')
      await page.getByLabel('Mail address').fill(email)
      await page.getByRole('button', { name: 'Mail me a link' }).click()
      answers.push(await page.content())
    }
    expect(answers[0]).toContain('Look into your mail')
    expect(answers[1]).toBe(answers[0])
  })

  it('loses the way in, and the session, with the place among the readers', async ({ visit }) => {
    const page = await asReader(visit, readers.deleted)
    await page.goto('/archive')
    expect(await heading(page)).toBe('Letters')
    const { id } = (await stateOf(readers.deleted)) ?? {}
    const headers = { authorization: `Bearer ${world.token}` }
    await fetch(`${world.url}/api/recipients/${id}`, { method: 'DELETE', headers })
    await page.reload()
    expect(await heading(page)).toBe('Sign in')
    await page.goto(await linkTo('r', readers.deleted.email))
    expect(await heading(page)).toBe('This link has ended')
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['Mail me a link'])
  })

  it('passes a letter on by its link, and nothing but that letter', async ({ visit }) => {
    const page = await visit()
    await page.goto(await linkTo('l', readers.team.email))
    expect(await heading(page)).toBe('Letter 2')
    const links = await page
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links.filter((href) => href?.startsWith('/'))).toEqual(['/archive'])
    await page.goto('/archive')
    expect(await heading(page)).toBe('Sign in')
  })
})

describe('an outer reader', () => {
  it('sees what came after joining, and no word from inside', async ({ visit }) => {
    const page = await asReader(visit, readers.team)
    const seen = await everything(page)
    expect(seen).toContain(words.all)
    for (const hidden of [words.first, words.inside, words.private]) expect(seen).not.toContain(hidden)
    await page.goto(`/archive/${second}`)
    expect(await page.getByRole('link', { name: 'The letter before' }).count()).toBe(0)
    await page.goto(`/archive/${first}`)
    expect(await heading(page)).toBe('There is nothing here')
  })
})

describe('an inner reader', () => {
  it('sees all letters with what is inside, and nothing private', async ({ visit }) => {
    const seen = await everything(await asReader(visit, readers.professor))
    for (const shown of [words.first, words.all, words.inside]) expect(seen).toContain(shown)
    expect(seen).not.toContain(words.private)
  })
})

describe('a reader who has had enough', () => {
  it.for(scripts)(
    'stops the letters by a button, not by the link alone, and takes it back, %s',
    async ([, javaScriptEnabled], { visit }) => {
      const page = await visit({ javaScriptEnabled })
      const link = await linkTo('unsubscribe', readers.leaver.email)
      await fetch(`${link}/undo`, { method: 'POST' })
      await page.goto(link)
      expect(await stateOf(readers.leaver)).toMatchObject({ state: 'active' })
      await page.getByRole('button', { name: 'Stop the letters' }).click()
      expect(await heading(page)).toBe('No more letters')
      expect(await stateOf(readers.leaver)).toMatchObject({ state: 'unsubscribed' })
      await page.getByRole('button', { name: 'send them again' }).click()
      expect(await heading(page)).toBe('The letters go on')
      expect(await stateOf(readers.leaver)).toMatchObject({ state: 'active' })
    },
  )
})
