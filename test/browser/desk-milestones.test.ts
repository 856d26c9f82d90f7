import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { enter } from './keyboard.ts'
import { listMilestones } from './milestones-pages.ts'
import { it, scripts } from './visit.ts'
import { api, openAsOwner } from './ways.ts'

const here = '/desk/milestones'
const answer = (page: Page) => page.getByRole('status').innerText()
const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title })
const button = (page: Page, title: string, name: string) => row(page, title).getByRole('button', { name })

const find = async (title: string) => (await listMilestones()).filter((each) => each.title === title)

async function add(page: Page, title: string, due: string): Promise<void> {
  await page.getByText('Add a milestone').click()
  await page.getByLabel('What is to be reached').first().fill(title)
  await page.getByLabel('Due').first().fill(due)
  await page.getByRole('button', { name: 'Add it' }).click()
}

describe.for(scripts)('the owner, %s,', ([way, javaScriptEnabled]) => {
  it('adds a milestone, moves it with a reason, meets it, and opens it again', async ({ visit }) => {
    const title = `A draft ${way}`
    const page = await openAsOwner(visit, here, { javaScriptEnabled })
    await add(page, title, '2030-03-01')
    expect(await answer(page)).toBe('It is in the list.')
    await row(page, title).getByText('Change').click()
    await row(page, title).getByLabel('Due').fill('2030-03-15')
    await row(page, title).getByLabel('Why another day').fill('the company reads it first')
    await button(page, title, 'Save').click()
    expect(await row(page, title).innerText()).toMatch(
      /Fri 15 Mar.*Moved .* Fri 1 Mar.* → Fri 15 Mar.* – the company reads it first/su,
    )
    await button(page, title, 'Met').click()
    expect(await answer(page)).toBe('Met.')
    expect(await row(page, title).innerText()).toContain('✓ met')
    expect(await find(title)).toMatchObject([
      { due: '2030-03-15', state: 'met', revisions: [{ reason: 'the company reads it first' }] },
    ])
    await button(page, title, 'Open again').click()
    expect(await find(title)).toMatchObject([{ state: 'open' }])
  })

  it('changes nothing from an old tab, and has there what was typed', async ({ visit }) => {
    const title = `Two tabs ${way}`
    const page = await openAsOwner(visit, here, { javaScriptEnabled })
    await add(page, title, '2030-04-01')
    const old = await openAsOwner(visit, here, { javaScriptEnabled })
    await button(page, title, 'Met').click()
    expect(await answer(page)).toBe('Met.')
    await row(old, title).getByText('Change').click()
    await row(old, title).getByLabel('Due').fill('2030-04-30')
    await button(old, title, 'Save').click()
    expect(await old.getByRole('alert').innerText()).toContain('changed meanwhile, and nothing was saved')
    expect(await row(old, title).getByLabel('Due').inputValue()).toBe('2030-04-30')
    expect(await row(old, title).innerText()).toContain('✓ met')
    expect(await find(title)).toMatchObject([{ due: '2030-04-01', state: 'met', revisions: [] }])
  })
})

describe('the owner', () => {
  it('adds a milestone once for two taps', async ({ visit }) => {
    const page = await openAsOwner(visit, here)
    await page.getByText('Add a milestone').click()
    await page.getByLabel('What is to be reached').first().fill('Tapped twice')
    await page.getByLabel('Due').first().fill('2030-05-02')
    await page.getByRole('button', { name: 'Add it' }).dblclick()
    await page.waitForURL(/did=milestoneAdded/u)
    expect(await find('Tapped twice')).toHaveLength(1)
  })

  it('meets one with Tab and Enter alone', async ({ visit }) => {
    await api.post('/api/milestones', { title: 'By the keyboard', due: '2000-01-01' })
    const page = await openAsOwner(visit, here)
    await enter(button(page, 'By the keyboard', 'Met'))
    expect(await find('By the keyboard')).toMatchObject([{ state: 'met' }])
  })
})
