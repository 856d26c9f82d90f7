/** A visitor whose line is cut, and comes back. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Visit } from './visit.ts'
import { asOwner } from './ways.ts'

/** Others may be at work beside. */
export const soon = { timeout: 15_000 }

export const text = (page: Page) => page.getByLabel('What just happened?')

export const waiting = (page: Page) => page.getByRole('heading', { name: /^Not sent yet: / })

/** The owner's page for writing, once it works without a line. */
export async function openReady(visit: Visit): Promise<Page> {
  const page = await asOwner(visit)
  await openWriting(page)
  return page
}

export async function openWriting(page: Page): Promise<void> {
  await page.goto('/write')
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null)
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done))
  })
}

export async function note(page: Page, words: string, nowWaiting: number): Promise<void> {
  await text(page).fill(words)
  await page.getByRole('button', { name: 'Note it' }).click()
  await expect.poll(() => waiting(page).innerText(), soon).toBe(`Not sent yet: ${nowWaiting}`)
}

export async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.goto('/write')
  await page.getByText('You are offline.').waitFor()
}
