import { describe, expect } from 'vitest'
import { overflows, violations } from './accessibility.ts'
import { states } from './pages.ts'
import { takePictures } from './picture.ts'
import { it } from './visit.ts'
import { api } from './ways.ts'

type Operation = { readonly tags: readonly string[] }

describe('every page breaks no rule of axe, and is no wider than its window', () => {
  it.for(states)('$name', async ({ name, heading, open }, { visit }) => {
    const page = await open(visit)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading)
    await takePictures(page, name)
    expect.soft(await violations(page)).toEqual([])
    expect.soft(await overflows(page)).toEqual([])
  })

  it('is in the list that is gone through here, if the OpenAPI document knows it', async () => {
    const { paths } = await api.get<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json')
    const pages = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { tags }]) => tags.includes('pages'))
        .map(([method]) => `${method} ${path}`),
    )
    // A mail, where no script runs, axe neither; it stands in a frame of pages that are in the list.
    const framed = 'get /desk/preview/letter'
    const missing = new Set(pages).difference(new Set([framed, ...states.map(({ route }) => route)]))
    expect([...missing]).toEqual([])
    expect(pages.length).toBeGreaterThan(5)
  })
})
