import { describe, expect } from 'vitest'
import { withdraw } from './letters-pages.ts'
import { it, scripts, world } from './visit.ts'
import { openAsOwner } from './ways.ts'

const slug = world.letters[1] ?? ''

describe.for(scripts)('the owner, %s,', ([_, javaScriptEnabled]) => {
  it('finds a letter, who got it, and its updates to correct', async ({ visit }) => {
    const page = await openAsOwner(visit, '/desk/letters', { javaScriptEnabled })
    await page.getByRole('link', { name: 'Letter 2,' }).click()
    expect(await page.getByText('team@example.com').innerText()).toContain('✓')
    await page.getByRole('link', { name: 'Correct' }).first().click()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Correct')
  })

  it('has a reason that cannot stand in a letter again, beside what is wrong with it', async ({ visit }) => {
    const page = await openAsOwner(visit, `/desk/letters/${slug}`, { javaScriptEnabled })
    const [told = ''] = (await page.locator('.rows > li').first().innerText()).split('\n')
    await withdraw(page, '#private the reviewer asked')
    expect(await page.getByRole('alert').innerText()).toBe('is private; it stands in a letter')
    expect(await page.getByLabel('Why, for readers').inputValue()).toBe('#private the reviewer asked')
    expect(await page.locator('main').innerText()).toContain(told)
  })
})
