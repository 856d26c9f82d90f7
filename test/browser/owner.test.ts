import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { enter } from './keyboard.ts'
import { it, scripts, world } from './visit.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()

/** The latest letter in the list. */
const latest = (page: Page) => page.locator('.letters a').first()

describe('the owner', () => {
  it.for(scripts)(
    'signs in, reads from letter to letter, and signs out, %s',
    async ([, javaScriptEnabled], { visit }) => {
      const page = await visit({ javaScriptEnabled })
      await page.goto('/archive')
      await page.getByLabel('Token').fill(world.token)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await latest(page).waitFor() // the page before it has the same address
      expect(new URL(page.url()).pathname).toBe('/archive')
      expect(await page.locator('.letters li').count()).toBe(world.letters.length)

      await latest(page).click()
      expect(await heading(page)).toBe('Letter 3')
      await page.getByRole('link', { name: 'The letter before' }).click()
      expect(await heading(page)).toBe('Letter 2')
      await page.getByRole('link', { name: 'The letter after' }).click()
      expect(await heading(page)).toBe('Letter 3')

      await page.getByRole('button', { name: 'Sign out' }).click()
      expect(await heading(page)).toBe('Sign in')
      await page.goto('/archive')
      expect(await heading(page)).toBe('Sign in')
    },
  )

  it('does all of it with Tab and Enter, and sees at every stop where it is', async ({ visit }) => {
    const page = await visit()
    await page.goto('/archive')
    await enter(page.getByLabel('Token'), world.token)
    await enter(latest(page))
    expect(await heading(page)).toBe('Letter 3')
    await enter(page.getByRole('link', { name: 'The letter before' }))
    expect(await heading(page)).toBe('Letter 2')
    await enter(page.getByRole('link', { name: 'The letter after' }))
    expect(await heading(page)).toBe('Letter 3')

    await enter(page.getByRole('button', { name: 'Sign out' }))
    expect(await heading(page)).toBe('Sign in')
  })
})

describe('somebody who signs out', () => {
  it('leaves nothing to be gone back to', async ({ visit }) => {
    const page = await visit()
    await page.goto('/archive')
    await page.getByLabel('Token').fill(world.token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.goto('/desk')
    await page.getByRole('link', { name: 'Write' }).click()
    expect(await heading(page)).toBe('Write')
    await page.getByLabel('What just happened?').fill('#private nobody else reads this')
    await page.getByRole('button', { name: 'Note it' }).click()
    await page.waitForURL(/posted=/u)
    await page.getByRole('button', { name: 'Sign out' }).click()
    expect(await heading(page)).toBe('Sign in')
    const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    await expect.poll(kept).not.toContain('nobody else reads this')
    for (let steps = 0; steps < 3; steps += 1) {
      await page.goBack()
      expect(await heading(page)).toBe('Sign in')
    }
  })
})

describe('somebody with a wrong token', () => {
  it('is told so, and the page keeps nothing of what was typed', async ({ visit }) => {
    const page = await visit()
    await page.goto('/')
    await page.getByLabel('Token').fill('guessed-by-somebody')
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await page.getByRole('alert').innerText()).toBe('This is not the token.')
    expect(await page.getByLabel('Token').inputValue()).toBe('')
    expect(`${page.url()} ${await page.content()}`).not.toMatch(/guessed/u)
    expect(await page.content()).not.toContain(world.token)
    expect(await page.context().cookies()).toEqual([])
    await page.goto('/archive')
    expect(await heading(page)).toBe('Sign in')
  })
})
