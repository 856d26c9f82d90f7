import { historiesOf, leadingOf } from '../core/history.ts'
import { spanInWords } from '../core/period.ts'
import { fail } from '../core/result.ts'
import { digestMarkdown } from '../render/document.ts'
import { archivePage } from '../render/pages/archive.tsx'
import { archivedLetterPage } from '../render/pages/letter.tsx'
import { notFoundPage } from '../render/pages/not-found.tsx'
import { filesPath, withFiles } from '../render/photos.ts'
import {
  type ArchivedBlock,
  archivedBlocks,
  circleOf,
  type Entry,
  findEntry,
  listEntries,
  neighbours,
} from '../store/archive.ts'
import { listNumbersOf } from '../store/measurements.ts'
import { openProject } from '../store/project.ts'
import { type Handlers, markdown, page } from './call.ts'

/** Letters on a page; the first gives half of its room to a chart of so many numbers. */
const pageSize = 50
const chartSize = 50
/** Digests read at once for the whole term: their blocks fit into an answer of D1. */
const digestsAtOnce = 10

export const archiveHandlers: Handlers<'showArchive' | 'getAllMarkdown' | 'showDigest'> = {
  async showArchive({ db, caller, query, now }) {
    const isFirst = query.before === undefined
    const before = isFirst ? Number.MAX_SAFE_INTEGER : Number(query.before)
    const size = isFirst ? pageSize / 2 : pageSize
    const found = await listEntries(db, caller, before, size + 1)
    const entries = found.slice(0, size)
    const older = found.length > size ? (entries.at(-1)?.number ?? null) : null
    const { title, locale } = entries[0] ?? (await openProject(db, now)).settings
    const reader = { title, locale, isOwner: caller.is === 'owner' }
    const numbers = isFirst ? await listNumbersOf(db, caller, entries, chartSize) : []
    return page(200, archivePage(reader, leadingOf(historiesOf(numbers)), entries, older))
  },

  async getAllMarkdown({ db, caller, url }) {
    const pages: string[] = []
    let before = Number.MAX_SAFE_INTEGER
    for (;;) {
      const entries = await listEntries(db, caller, before, digestsAtOnce)
      if (entries.length === 0) return markdown(pages.toReversed().join('\n'))
      const blocks = await archivedBlocks(db, circleOf(caller), numbersOf(entries))
      pages.push(...entries.map((entry) => inMarkdown(entry, blocks, url)))
      before = Math.min(...numbersOf(entries))
    }
  },

  async showDigest({ db, caller, params, headers, url }) {
    const { slug, wantsMarkdown } = readSlug(params.slug ?? '', headers)
    const entry = await findEntry(db, caller, slug)
    if (entry === null) return wantsMarkdown ? fail({ reason: 'notFound' }) : page(404, notFoundPage())
    const blocks = await archivedBlocks(db, circleOf(caller), [entry.number])
    if (wantsMarkdown) return markdown(inMarkdown(entry, blocks, url))
    const around = await neighbours(db, caller, entry.number)
    return page(200, archivedLetterPage({ ...entry, isOwner: caller.is === 'owner' }, blocks, around))
  },
}

function readSlug(
  text: string,
  headers: Headers,
): { readonly slug: string; readonly wantsMarkdown: boolean } {
  const isMarkdown = /^\s*text\/markdown\b/iu.test(headers.get('Accept') ?? '')
  return { slug: text.replace(/\.md$/u, ''), wantsMarkdown: isMarkdown || text.endsWith('.md') }
}

function inMarkdown(entry: Entry, blocks: readonly ArchivedBlock[], url: URL): string {
  const { number, title, zone, locale, since, until } = entry
  const heading = { title, number, span: spanInWords(zone, locale, since, until) }
  const whole = digestMarkdown(
    heading,
    blocks.filter(({ digest }) => digest === number),
  )
  return withFiles(whole, url.origin + filesPath)
}

function numbersOf(entries: readonly Entry[]): readonly number[] {
  return entries.map(({ number }) => number)
}
