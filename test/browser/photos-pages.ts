/** Pages with photos, and how they come there. */
import { randomUUID } from 'node:crypto'
import * as p from '../photos.ts'
import type { State } from './pages.ts'
import { world } from './visit.ts'
import { asOwner, openAsOwner } from './ways.ts'

/** Posts as a shortcut does, once; `description` is of the first. */
export async function postPhotos(
  text: string,
  description: string,
  ...photos: readonly Uint8Array[]
): Promise<{ readonly id: string; readonly photos?: readonly { readonly name: string }[] }> {
  const body = new FormData()
  body.set('text', text)
  body.set('description', description)
  for (const photo of photos) body.append('photo', new Blob([Uint8Array.from(photo)]), 'IMG_0042.JPG')
  const headers = { authorization: `Bearer ${world.token}`, 'idempotency-key': text }
  const response = await fetch(`${world.url}/api/updates`, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as Awaited<ReturnType<typeof postPhotos>> // as the API has it
}

const several = () =>
  postPhotos('The loss falls, and the sky is blue', 'Loss over steps, three seeds', p.jpeg, p.png, p.heic)

export const photoStates: readonly State[] = [
  {
    name: 'writing, with photos of a post and one that was not kept',
    heading: 'Write',
    route: 'get /write',
    async open(visit) {
      const page = await asOwner(visit)
      await several()
      await page.goto('/write')
      const row = page.getByRole('listitem').filter({ hasText: 'the sky is blue', has: page.locator('form') })
      for (const summary of [page.locator('#write summary').first(), row.locator('summary')])
        await summary.click()
      return page
    },
  },
  {
    name: 'this week, with photos',
    heading: 'This week',
    route: 'get /desk',
    async open(visit) {
      await several()
      return openAsOwner(visit, '/desk')
    },
  },
  {
    name: 'writing, after a photo was taken out',
    heading: 'Write',
    route: 'post /write/{id}',
    async open(visit) {
      const page = await asOwner(visit)
      const text = `Too much ${randomUUID()}`
      await postPhotos(text, '', p.png)
      await page.goto('/write')
      const row = page.getByRole('listitem').filter({ hasText: text, has: page.locator('form') })
      await row.locator('summary').click()
      await row.getByLabel('Take it out').check()
      await row.getByRole('button', { name: 'Save' }).click()
      return page
    },
  },
]
