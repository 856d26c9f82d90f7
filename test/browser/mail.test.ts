import { expect } from 'vitest'
import { it, world } from './visit.ts'
import { api, openAsOwner } from './ways.ts'

/** As Email Routing hands a mail to the Worker; wrangler does so on this path. */
async function mail(from: string, to: string, text: string): Promise<Response> {
  const heads = [
    `From: ${from}`,
    `To: ${to}`,
    'Subject: An update',
    `Message-ID: <${crypto.randomUUID()}@example.edu>`,
  ]
  const query = new URLSearchParams({ from, to })
  return fetch(`${world.url}/cdn-cgi/local/email?${query}`, {
    method: 'POST',
    body: `${heads.join('\r\n')}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n\r\n-- \r\nThe student\r\n`,
  })
}

it('the owner makes an address on the desk, and what is mailed there is noted, in the real Worker', async ({
  visit,
}) => {
  const page = await openAsOwner(visit, '/desk/authors')
  await page.getByText('Post by mail').first().click()
  await page.getByLabel('Senders').first().fill('student@example.edu')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText('Post by mail').first().click()
  const address = await page.locator('a[href^="mailto:weeknotes+"]').innerText()

  expect((await mail('student@example.edu', address, '#done Mailed from the train')).status).toBe(200)
  const refused = await mail('eve@example.org', address, '#done Not mine')
  expect(await refused.text()).toContain('no mail from eve@example.org')
  const { updates } = await api.get<{ updates: { text: string }[] }>('/api/updates')
  expect(updates.filter(({ text }) => /Mailed|Not mine/u.test(text)).map(({ text }) => text)).toEqual([
    'Mailed from the train',
  ])
})
