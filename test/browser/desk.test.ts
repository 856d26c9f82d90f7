import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { enter } from './keyboard.ts'
import { it, scripts, type Visit, world } from './visit.ts'
import { api, asAuthor, openAsOwner } from './ways.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()
const field = (page: Page) => page.getByLabel('What just happened?')
const note = (page: Page) => page.getByRole('button', { name: 'Note it' })
const answer = (page: Page) => page.getByRole('status').innerText()
const row = (page: Page, text: string) =>
  page
    .getByRole('listitem')
    .filter({ hasText: text, has: page.locator('form') })
    .first()

type Shown = { readonly id: string; readonly text: string; readonly kind: string }

/** Updates that contain these words. */
async function found(words: string): Promise<readonly Shown[]> {
  const path = `/api/updates?q=${encodeURIComponent(words)}`
  return (await api.get<{ updates: readonly Shown[] }>(path)).updates
}

/** Words that no other test has. */
let marks = 0
function mark(): string {
  marks += 1
  return `mark${marks}x${Math.random().toString(36).slice(2, 8)}`
}

async function signInAgain(page: Page): Promise<void> {
  await page.getByLabel('Token').fill(world.token)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

function opened(visit: Visit, path: string, javaScriptEnabled = true): Promise<Page> {
  return openAsOwner(visit, path, { javaScriptEnabled })
}

/** Whether what was changed is in sight where the page opens, has the focus, and is answered right above it. */
async function placeOf(page: Page, text: string) {
  const target = page.locator(':target')
  expect(await target.innerText()).toContain(text)
  return {
    isFocused: await target.evaluate((element) => element === document.activeElement),
    isInSight: await isInSight(target),
    isSaid: await isInSight(page.getByRole('status')),
    isBelow: await isRightBelow(target, page.locator('.told')),
  }
}

/** Not beneath it, and with no part of another row between, unless the page ends before it can be there. */
async function isRightBelow(target: Locator, strip: Locator): Promise<boolean> {
  const [row, above] = [await target.boundingBox(), await strip.boundingBox()]
  const gap = (row?.y ?? 0) - (above === null ? 0 : above.y + above.height)
  const isAtEnd = await target.evaluate(() => scrollY + innerHeight >= document.body.scrollHeight - 1)
  return gap >= 3 && (gap <= 20 || isAtEnd) // the outline of the row, and less than a line
}

function isInSight(place: Locator): Promise<boolean> {
  return place.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })
}

function chosenIn(place: Locator): Promise<string[]> {
  return place
    .locator('[aria-pressed="true"]')
    .evaluateAll((buttons) => buttons.map(({ firstChild }) => firstChild?.textContent ?? ''))
}

const inPlace = { isFocused: true, isInSight: true, isSaid: true, isBelow: true }

describe('whoever writes', () => {
  it.for(scripts)(
    'posts two updates at once, changes one, deletes it, brings it back, and takes a post back, %s',
    async ([, javaScriptEnabled], { visit }) => {
      const page = await opened(visit, '/write', javaScriptEnabled)
      const word = mark()
      await field(page).fill(`bf16 compiles ${word}\n#next run ${word} on the pod`)
      await note(page).click()
      expect(await answer(page)).toMatch(/^2 noted: done, plan · \d+ this week, out Fri (?:\d+ \w+ )?16:00$/u)
      expect(await field(page).inputValue()).toBe('')

      await row(page, `bf16 compiles ${word}`).locator('summary').click()
      await row(page, `bf16 compiles ${word}`).getByLabel('Text').fill(`bf16 ${word} compiles on v3-8`)
      await row(page, `bf16 compiles ${word}`).getByLabel('Kind').selectOption('surprise')
      await row(page, `bf16 compiles ${word}`).getByRole('button', { name: 'Save' }).click()
      expect(await answer(page)).toBe('Changed.')
      expect(await found(`bf16 ${word}`)).toMatchObject([{ kind: 'surprise' }])

      await row(page, 'compiles on v3-8').locator('summary').click()
      await row(page, 'compiles on v3-8').getByRole('button', { name: 'Delete' }).click()
      expect(await answer(page)).toContain('Deleted: “bf16')
      expect(await found(`bf16 ${word}`)).toEqual([])
      await page.getByRole('button', { name: 'Undo' }).click()
      expect(await found(`bf16 ${word}`)).toMatchObject([{ kind: 'surprise' }])

      await field(page).fill(`never mind ${word}`)
      await note(page).click()
      await page.getByRole('button', { name: 'Undo' }).click()
      expect(await answer(page)).toContain('Taken back: “never mind')
      expect(await found(`never mind ${word}`)).toEqual([])
    },
  )

  it('finds the field ready, and does all of it with the keyboard', async ({ visit }) => {
    const page = await opened(visit, '/write')
    const word = mark()
    const ready = field(page).and(page.locator(':focus')) // which comes with the first frame
    await ready.waitFor()
    await page.keyboard.type(`typed ${word}`)
    await enter(note(page))
    expect(await answer(page)).toContain(`Done: “typed ${word}”`)
    await ready.waitFor()
    await page.keyboard.type(`again ${word}`)
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/posted=/u)
    await expect.poll(() => answer(page)).toContain(`Done: “again ${word}”`)
  })

  it('sees what is understood while typing, and without scripts when asking for it', async ({ visit }) => {
    const page = await opened(visit, '/write')
    await field(page).fill('#ask which day?')
    await expect.poll(() => answer(page).catch(() => '')).toContain('Would be ask: “which day?”')
    await page.locator('#write').getByText('private').click()
    await expect.poll(() => answer(page)).toBe('Would be private: stays with you.')
    await field(page).fill('')

    const plain = await opened(visit, '/write', false)
    await field(plain).fill('#ask which day?')
    await plain.getByRole('button', { name: 'Check first' }).click()
    expect(await answer(plain)).toContain('Would be ask: “which day?”')
    expect(await field(plain).inputValue()).toBe('#ask which day?')
    expect(await found('which day?')).toEqual([])
  })

  it('keeps a draft over a reload and a lost line, and notes it once, where nothing else keeps it', async ({
    visit,
  }) => {
    const page = await openAsOwner(visit, '/write', { serviceWorkers: 'block' })
    const word = mark()
    await field(page).fill(`draft ${word}`)
    await expect.poll(() => answer(page).catch(() => '')).toContain(word)
    await page.reload()
    expect(await field(page).inputValue()).toBe(`draft ${word}`)
    // The post arrives, and its answer is lost.
    await page.route('**/write', async (route) => {
      await route.fetch({ maxRedirects: 0 })
      await route.abort()
    })
    await note(page).click()
    await page.unroute('**/write')
    await expect.poll(async () => (await found(`draft ${word}`)).length).toBe(1)
    await page.goto('/write')
    expect(await field(page).inputValue()).toBe(`draft ${word}`)
    await note(page).click()
    expect(await answer(page)).toContain(`Done: “draft ${word}”`)
    expect(await found(`draft ${word}`)).toHaveLength(1)
    await page.goto('/write')
    expect(await field(page).inputValue()).toBe('')
  })

  it('notes once what is tapped twice', async ({ visit }) => {
    const page = await opened(visit, '/write')
    const word = mark()
    await field(page).fill(`tapped ${word}`)
    await note(page).dblclick()
    await page.waitForURL(/posted=/u)
    expect(await found(`tapped ${word}`)).toHaveLength(1)
  })

  it('goes back to an empty field: what was noted is not there to be noted again', async ({ visit }) => {
    const page = await opened(visit, '/write')
    const word = mark()
    await field(page).fill(`gone back ${word}`)
    await note(page).click()
    await page.waitForURL(/posted=/u)
    await page.goBack()
    await expect.poll(() => field(page).inputValue()).toBe('')
    await field(page).fill(`another ${word}`)
    await note(page).click()
    await page.waitForURL(/posted=/u)
    expect(await found(word)).toHaveLength(2)
  })

  it.for(scripts)(
    'whose session ended with an update half written finds it again after signing in, %s',
    async ([, javaScriptEnabled], { visit }) => {
      const page = await opened(visit, '/write', javaScriptEnabled)
      const word = mark()
      await field(page).fill(`half ${word}\nand <more>`)
      if (javaScriptEnabled) await expect.poll(() => answer(page).catch(() => '')).toContain(word)
      await page.context().clearCookies()
      await note(page).click()
      expect(await heading(page)).toBe('Sign in')
      await page.getByLabel('Token').fill('mistyped')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await signInAgain(page)
      expect(await heading(page)).toBe('Signed in again')
      expect(await page.getByRole('textbox').inputValue()).toBe(`half ${word}\nand <more>`)
      await page.getByRole('textbox').fill(`half ${word} and whole`)
      await page.getByRole('button', { name: 'Note it' }).click()
      expect(await answer(page)).toContain(`Done: “half ${word} and whole”`)
      expect(await found(`half ${word}`)).toMatchObject([{ text: `half ${word} and whole` }])
    },
  )
})

describe('the owner at the desk', () => {
  it.for(scripts)(
    'says what came of a plan, confirms what is open, answers it, and takes it back, %s',
    async ([, javaScriptEnabled], { visit }) => {
      const page = await opened(visit, '/', javaScriptEnabled)
      expect(await heading(page)).toBe('This week')
      const plan = () => row(page, 'the report')
      const why = () => plan().getByLabel('Why, if you like')
      await why().fill('the tables are missing')
      await why().press('Enter') // says nothing yet of what came of it
      expect(await why().inputValue()).toBe('the tables are missing')
      await plan().getByRole('button', { name: '◐ partly' }).click()
      expect(await answer(page)).toBe('Noted.')
      expect(await placeOf(page, 'the report')).toEqual(inPlace)
      expect(await plan().innerText()).toBe('◐ partly: the report – the tables are missing Change')
      expect(await why().isVisible()).toBe(false)

      await plan().getByText('Change').click()
      expect(await chosenIn(plan())).toEqual(['◐ partly'])
      await plan().getByRole('button', { name: '✗ not' }).click()
      expect(await plan().innerText()).toBe('✗ not: the report – the tables are missing Change')
      await plan().getByText('Change').click()
      expect(await chosenIn(plan())).toEqual(['✗ not'])
      await plan().getByRole('button', { name: 'Take back' }).click()
      expect(await why().inputValue()).toBe('')
      expect(await chosenIn(plan())).toEqual([])

      const blocker = () => row(page, 'waiting for the quota')
      expect(await blocker().innerText()).toContain('not confirmed since')
      await blocker().getByRole('button', { name: 'Still open' }).click()
      expect(await blocker().innerText()).toContain('confirmed this week')
      await blocker().getByText('Change').click()
      expect(await chosenIn(blocker())).toEqual(['Still open'])
      await blocker().getByRole('button', { name: 'Take back' }).click()
      expect(await blocker().innerText()).toContain('not confirmed since')
      await blocker().getByLabel('What cleared it, if you like').fill('it came on Tuesday')
      await blocker().getByRole('button', { name: 'Solved' }).click()
      expect(await placeOf(page, 'Solved: waiting for the quota')).toEqual(inPlace)
      await page.goto('/desk')
      expect(await blocker().isVisible()).toBe(false)
      await page.getByText('Answered, solved or dropped: 1').click()
      await blocker().getByText('Change').click()
      await blocker().getByRole('button', { name: 'Take back' }).click()
      expect(await blocker().innerText()).toContain('not confirmed since')
    },
  )

  it.for(scripts)('says what opens the letter, %s', async ([, javaScriptEnabled], { visit }) => {
    const page = await opened(visit, '/desk#summary', javaScriptEnabled)
    const opening = page.locator('#opening')
    const save = () => opening.getByRole('button', { name: 'Save' }).click()
    await page.getByLabel('Summary, one sentence').fill('It trains.')
    await page.getByLabel('Status', { exact: true }).selectOption('at risk')
    await page.getByLabel('Reason for the status').fill('no quota')
    await page.setViewportSize({ width: 1100, height: 800 })
    const fields = ['Summary, one sentence', 'Status', 'Reason for the status']
    const widths = fields.map(
      async (name) => (await page.getByLabel(name, { exact: true }).boundingBox())?.width,
    )
    expect(new Set(await Promise.all(widths)).size).toBe(1)
    await save()
    expect(await placeOf(page, 'It trains.')).toEqual(inPlace)
    expect(await page.locator('p.status').innerText()).toContain('no quota')
    await opening.locator('summary').click()
    await page.getByLabel('Summary, one sentence').fill('')
    await page.getByLabel('Status', { exact: true }).selectOption('none')
    await save()
    expect(await opening.innerText()).toContain('No summary and no status yet.')
  })

  it('sees on a phone the first lines of what is long, and all of it where it is opened or led to', async ({
    visit,
  }) => {
    const word = mark()
    await api.say({ by: 'plain', text: `#done ${'long '.repeat(90)}${word}`, inside: false, key: word })
    const page = await openAsOwner(visit, '/desk', { viewport: { width: 390, height: 844 } })
    const lines = async () => {
      const shown = row(page, word).locator('.piece > div')
      return ((await shown.boundingBox())?.height ?? 0) / 23
    }
    expect(await lines()).toBeCloseTo(3, 0)
    await row(page, word).getByText('Edit').click()
    expect(await lines()).toBeGreaterThan(10)
    await page.goto(`/desk#${await row(page, word).getAttribute('id')}`)
    expect(await lines()).toBeGreaterThan(10)
  })

  it('changes an update where it stands, and finds it by its words', async ({ visit }) => {
    const word = mark()
    await api.say({ by: 'plain', text: `#done stands ${word}`, inside: false, key: word })
    const page = await opened(visit, '/desk', false)
    await row(page, `stands ${word}`).locator('summary').click()
    await row(page, `stands ${word}`).getByLabel('Text').fill(`moved ${word}`)
    await row(page, `stands ${word}`).getByRole('button', { name: 'Save' }).click()
    expect(await heading(page)).toBe('This week')
    expect(await placeOf(page, `moved ${word}`)).toEqual(inPlace)
    await page.getByText('Search your updates').click()
    await page.getByLabel('Search your updates').fill(word)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.locator('#search').getByRole('link', { name: 'Edit' }).click()
    expect(await page.locator(':target').innerText()).toContain(`moved ${word}`)
    await page.locator(':target').locator('summary').click()
    await page.locator(':target').getByRole('button', { name: 'Delete' }).click()
    expect(await heading(page)).toBe('This week')
    expect(await page.locator(':target').count()).toBe(1)
    expect(await isInSight(page.getByRole('status'))).toBe(true)
    expect(await found(word)).toEqual([])
  })
})

describe('an author’s device', () => {
  it('writes and sees the own updates, not the desk, until its token is ended', async ({ visit }) => {
    const { id } = await post<{ id: string }>('/api/authors', { name: 'A labmate' })
    const device = await post<{ id: string; token: string }>(`/api/authors/${id}/tokens`, { name: 'phone' })
    const page = await asAuthor(visit, device.token)
    await page.goto('/')
    expect(await heading(page)).toBe('Write')
    const word = mark()
    await field(page).fill(`mine ${word}`)
    await note(page).click()
    expect(await answer(page)).toContain(`mine ${word}`)
    expect(await page.getByRole('navigation').innerText()).not.toContain('This week')
    await page.goto('/desk')
    expect(await heading(page)).toBe('This page is not yours')

    const headers = { authorization: `Bearer ${world.token}` }
    await fetch(`${world.url}/api/tokens/${device.id}`, { method: 'DELETE', headers })
    await page.goto('/write')
    expect(await heading(page)).toBe('Sign in')
    await signInAgain(page)
    expect(await heading(page)).toBe('Write')
  })

  it('is signed out from another one', async ({ visit }) => {
    const lost = await opened(visit, '/write')
    const page = await opened(visit, '/sessions')
    await page.getByRole('button', { name: 'Sign me out everywhere' }).click()
    expect(await heading(page)).toBe('Sign in')
    await lost.reload()
    expect(await heading(lost)).toBe('Sign in')
  })
})

async function post<T>(path: string, body: object): Promise<T> {
  const headers = { authorization: `Bearer ${world.token}`, 'content-type': 'application/json' }
  const response = await fetch(`${world.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await response.json()) as T // the API's own
}
