import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { enter } from './keyboard.ts'
import { beginReport } from './report-pages.ts'
import { it, scripts } from './visit.ts'
import { api, openAsOwner } from './ways.ts'

const answer = (page: Page) => page.getByRole('status').innerText()
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const own = (page: Page, heading: string) => page.getByLabel(heading, { exact: true })
const accomplished = 'What I have accomplished since the last meeting'

let posts = 0
/** Words that no other test has. */
async function say(text: string): Promise<void> {
  posts += 1
  await api.say({ by: 'plain', text, inside: false, key: `report ${posts}` })
}

describe.for(scripts)('the owner, %s,', ([way, javaScriptEnabled]) => {
  it('writes in a report, goes on to now, and keeps words and ticks', async ({ visit }) => {
    await say(`#done The first thing ${way}`)
    const page = await openAsOwner(visit, '/desk/report', { javaScriptEnabled })
    await page.getByRole('button', { name: 'Begin a report' }).click()
    await own(page, accomplished).fill('It **runs**.\n\nAnd well.')
    await page.getByLabel(`The first thing ${way}`).uncheck()
    await save(page)
    expect(await answer(page)).toBe('Saved.')
    await say(`#done The second thing ${way}`)
    await page.getByRole('button', { name: 'Save, and include everything up to now' }).click()
    expect(await answer(page)).toBe('Saved.')
    expect(await own(page, accomplished).inputValue()).toBe('It **runs**.\n\nAnd well.')
    expect(await page.getByLabel(`The first thing ${way}`).isChecked()).toBe(false)
    expect(await page.getByLabel(`The second thing ${way}`).isChecked()).toBe(true)
    await page.getByRole('link', { name: 'Read, copy or print it' }).click()
    const report = await page.getByRole('article').innerText()
    expect(report).toContain('It runs.')
    expect(report).toContain(`The second thing ${way}`)
    expect(report).not.toContain(`The first thing ${way}`)
    expect(await page.getByLabel('As Markdown').inputValue()).toContain('It **runs**.\n\nAnd well.')
    await page.getByRole('link', { name: 'Change it' }).click()
    expect(await own(page, accomplished).inputValue()).toContain('It **runs**.')
  })

  it('has in an old tab what was typed there, and then theirs', async ({ visit }) => {
    const id = await beginReport({})
    const page = await openAsOwner(visit, `/desk/report/${id}`, { javaScriptEnabled })
    const old = await openAsOwner(visit, `/desk/report/${id}`, { javaScriptEnabled })
    await own(page, 'Surprises').fill('None at all')
    await save(page)
    await own(old, 'Surprises').fill('One, after all')
    await own(old, 'Looking ahead').fill('On we go')
    await save(old)
    expect(await old.locator('#surprises-wrong').innerText()).toContain('meanwhile: “None at all”')
    expect(await own(old, 'Surprises').inputValue()).toBe('One, after all')
    expect(await own(old, 'Looking ahead').inputValue()).toBe('On we go')
    const { markdown } = await api.get<{ markdown: string }>(`/api/reports/${id}`)
    expect(markdown).toContain('None at all')
    expect(markdown).not.toContain('On we go')
    await save(old)
    expect(await answer(old)).toBe('Saved.')
    expect(await own(old, 'Surprises').inputValue()).toBe('One, after all')
    expect(await own(old, 'Looking ahead').inputValue()).toBe('On we go')
  })
})

/** As it was written: Chromium else parses it under the policy of the page. */
type Unsanitized = { read(how?: { unsanitized: readonly string[] }): Promise<ClipboardItem[]> }

async function copied(page: Page) {
  return page.evaluate(async () => {
    const clipboard = navigator.clipboard as Unsanitized
    const [item] = await clipboard.read({ unsanitized: ['text/html'] })
    const read = async (type: string) => {
      return item?.types.includes(type) ? (await item.getType(type)).text() : null
    }
    return { html: await read('text/html'), text: await read('text/plain') }
  })
}

describe('the owner', () => {
  it('copies a report with its looks, and as Markdown', async ({ visit }) => {
    const id = await beginReport({})
    await api.put(`/api/reports/${id}`, { paragraphs: { changes: 'We train on **less**' }, ticks: {} })
    const { markdown } = await api.get<{ markdown: string }>(`/api/reports/${id}`)
    const permissions = ['clipboard-read', 'clipboard-write']
    const page = await openAsOwner(visit, `/desk/report/${id}/read`, { permissions })
    await page.getByRole('button', { name: 'Copy with formatting' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const both = await copied(page)
    expect(both.html).toMatch(/<h1>Milestone report: .*<h2>Major changes<\/h2>.*<strong>less<\/strong>/su)
    expect(both.text).toBe(markdown)
    await page.getByRole('button', { name: 'Copy as Markdown' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Copied' }).count()).toBe(2)
    expect(await copied(page)).toEqual({ html: null, text: markdown })
  })

  it('prints a report, and nothing around it', async ({ visit }) => {
    const id = await beginReport({})
    const page = await openAsOwner(visit, `/desk/report/${id}/read`)
    await page.evaluate(() => Object.assign(window, { print: () => document.body.append('printed') }))
    await page.getByRole('button', { name: 'Print' }).click()
    await page.getByText('printed').waitFor()
    await page.emulateMedia({ media: 'print' })
    const main = page.getByRole('main')
    expect(await main.innerText()).toMatch(/^Milestone report: .*\nResources needed\n+[^\n]+(?:\n[^\n]+)*$/su)
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.getByRole('navigation').count()).toBe(0)
    expect(await page.getByLabel('As Markdown').isVisible()).toBe(false)
  })

  it('begins a report with Tab and Enter alone, and one for two taps', async ({ visit }) => {
    const page = await openAsOwner(visit, '/desk/report')
    const before = await page.locator('.rows li').count()
    await enter(page.getByRole('button', { name: 'Begin a report' }))
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/^Report, /u)
    await page.goto('/desk/report')
    await page.getByRole('button', { name: 'Begin a report' }).dblclick()
    await page.waitForURL(/report\/[\da-f]/u)
    await page.goto('/desk/report')
    expect(await page.locator('.rows li').count()).toBe(before + 2)
  })
})
