import { findsOf } from '../core/search/finds.ts'
import { isEmpty, readQuery } from '../core/search/query.ts'
import { searchPage } from '../render/pages/search.tsx'
import { openProject } from '../store/project.ts'
import { type Hit, type Place, searchBlocks } from '../store/search.ts'
import { type Handlers, page } from './call.ts'

const pageSize = 25

export const searchHandlers: Handlers<'showSearch'> = {
  async showSearch({ db, caller, query: { q = '', after }, now }) {
    const { settings } = await openProject(db, now)
    const query = readQuery(q)
    const from = readPlace(after)
    const found = await searchBlocks(db, caller, query, from, pageSize + 1)
    const hits = found.slice(0, pageSize)
    const more = found.length > pageSize ? nextPlace(hits, from) : null
    const asked = { q, isEmpty: isEmpty(query), isOne: query.phrases.length < 2, ...noted(query) }
    return page(200, searchPage({ ...settings, isOwner: caller.is === 'owner' }, asked, findsOf(hits), more))
  },
}

function noted({ unread, isCut }: { readonly unread: readonly string[]; readonly isCut: boolean }) {
  return { unread, isCut }
}

function readPlace(after: string | undefined): Place | null {
  if (after === undefined) return null
  const [rank = 0, digest = 0, shown = 0] = after.split('-').map(Number)
  return { rank, digest, shown }
}

/** Counts what was shown, so that it tells nothing of what is hidden between. */
function nextPlace(hits: readonly Hit[], from: Place | null): string {
  const { rank = 0, digest = 0 } = hits.at(-1) ?? {}
  const isThere = (each: { readonly rank: number; readonly digest: number }) =>
    each.rank === rank && each.digest === digest
  const before = from !== null && isThere(from) ? from.shown : 0
  return [rank, digest, before + hits.filter(isThere).length].join('-')
}
