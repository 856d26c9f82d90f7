import { afterEach, describe, expect, it, vi } from 'vitest'
import { submit } from '../../src/client/sending.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a post on its way from a device', () => {
  const megabyte = new File([new Uint8Array(1024 * 1024)], 'plot.png')

  it.each([
    ['words', [], 15_000],
    ['four megabytes of photos', [megabyte, megabyte, megabyte, megabyte], 80_536],
  ] as const)('has the time that a slow line needs for %s', async (_, photos, longestMs) => {
    vi.stubGlobal('fetch', async () => new Response('Done', { status: 201 }))
    const timeout = vi.spyOn(AbortSignal, 'timeout')
    const fields = [['text', 'A plot'], ...photos.map((photo) => ['photo', photo] as const)] as const
    const post = { key: 'k1', author: 'a1', writtenAt: 0, fields, error: null }
    expect((await submit(post, 'text/plain'))?.status).toBe(201)
    expect(timeout).toHaveBeenCalledExactlyOnceWith(longestMs)
  })
})
