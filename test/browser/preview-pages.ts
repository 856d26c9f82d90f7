/** The preview and what belongs to it, in every state. */
import type { Page } from 'playwright-core'
import type { State } from './pages.ts'
import type { Visit } from './visit.ts'
import { api, openAsOwner, ownersPage } from './ways.ts'

export function previewStates(slug: string): readonly State[] {
  return [
    {
      name: 'the preview',
      heading: 'Preview',
      route: 'get /desk/preview',
      open: (visit) => openPreview(visit, ''),
    },
    {
      name: 'the preview as text, while the period is held',
      heading: 'Preview',
      route: 'post /desk/preview/hold',
      async open(visit) {
        const page = await openPreview(visit, '')
        await page.getByRole('button', { name: 'Hold letter' }).click()
        await page.getByText('As text').click()
        const { number } = await api.get<{ number: number }>('/api/digests/next')
        await api.delete('/api/digests/next/hold', { number, close: false })
        return page
      },
    },
    ownersPage('the preview after a letter was sent', 'Preview', '/desk/preview?did=sentNow'),
    {
      name: 'the preview from an old tab',
      heading: 'Preview',
      route: 'post /desk/preview/hold',
      async open(visit) {
        const page = await openPreview(visit, '')
        await page.locator('form[action$=hold] [name=number]').evaluate((field) => {
          field.setAttribute('value', '1')
        })
        await page.getByRole('button', { name: 'Hold letter' }).click()
        return page
      },
    },
    {
      name: 'send it now?',
      heading: 'Send letter 4 now?',
      route: 'get /desk/preview/send',
      open: (visit) => openPreview(visit, '/send'),
    },
    {
      name: 'a letter to pass on',
      heading: 'Letter 2 to pass on',
      route: 'get /desk/preview/{slug}',
      async open(visit) {
        const page = await openPreview(visit, `/${slug}`)
        await page.getByRole('button', { name: 'Copy with formatting' }).first().waitFor()
        return page
      },
    },
  ]
}

async function openPreview(visit: Visit, path: string): Promise<Page> {
  const next = { by: 'plain', text: '#result auc=0.7934 on=clicks, five seeds', inside: false } as const
  await api.say({ ...next, key: next.text })
  await api.say({ ...next, text: '#inside The quota is nearly gone', key: 'quota' })
  return openAsOwner(visit, `/desk/preview${path}`)
}
