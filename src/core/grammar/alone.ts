/** Reading a post by itself (PURE): most speak of nothing that must be looked up. */
import { nothingKnown } from './post.ts'
import type { Known } from './understood.ts'

/** What `read` makes of a post without asking anything of the project; null if it asks. */
export function readAlone<T>(by: Pick<Known, 'at' | 'isOwner'>, read: (known: Known) => T): T | null {
  let isAlone = true
  const said = read({
    ...by,
    get zone() {
      return asked('UTC')
    },
    get recipients() {
      return asked(nothingKnown.recipients)
    },
    get metrics() {
      return asked(nothingKnown.metrics)
    },
    get plans() {
      return asked(nothingKnown.plans)
    },
    get open() {
      return asked(nothingKnown.open)
    },
  })
  return isAlone ? said : null

  function asked<V>(value: V): V {
    isAlone = false
    return value
  }
}
