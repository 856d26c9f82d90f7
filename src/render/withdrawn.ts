/** Blocks of a closed digest without the words of a withdrawn update (PURE). */
import type { Part } from '../core/block.ts'
import type { DocumentItem } from '../core/digest.ts'
import { inShort, mostNamed } from '../core/sections/items.ts'
import type { Forms } from '../core/update.ts'
import { combine } from './block.ts'
import { plainForms } from './escape.ts'

/** An update as it was before it was withdrawn. */
export type Withdrawn = { readonly id: string; readonly text: string; readonly forms: Forms }

type Quoting = { readonly part: Part; readonly updates: readonly string[]; readonly forms: Forms }

/** That words were taken back, in place of them; `said` is plain text. */
export function markForms(said: string): Forms {
  const plain = plainForms(said)
  return combine((name) => (name === 'markdown' ? `*${plain.markdown}*` : `<em>${plain[name]}</em>`))
}

/**
 * A block that quoted the update: the mark alone, or, where it quotes others as well, the mark among their words.
 * Where its words are not found as they were written they may stand there in another way: nothing is left then.
 */
export function withoutWords({ part, updates, forms }: Quoting, update: Withdrawn, mark: Forms): Forms {
  if (updates.length === 1) return mark
  const isListed = part !== 'Read'
  const said = isListed ? plainForms(inShort(update)) : update.forms
  const isThere = formNames.every((name) => forms[name].includes(said[name].trim()))
  if (isThere) return combine((name) => replaced(forms[name], said[name].trim(), mark[name]))
  return isListed && updates.indexOf(update.id) >= mostNamed ? forms : mark
}

const formNames = ['markdown', 'letter', 'page'] as const

/** No pattern, and no `$` of its own. */
function replaced(form: string, from: string, to: string): string {
  return form.replace(from, () => to)
}

/** A result with other numbers before its words, and the mark that ended them. */
export function withStrong<F extends Partial<Forms>>(forms: F, strong: string): F {
  const plain = plainForms(strong)
  const anew = Object.entries(forms).map(([name, form]) => [
    name,
    name === 'markdown'
      ? form.replace(/^\*\*(?:\\.|[^\\*])*?([.:])\*\*/su, (_, end) => `**${plain.markdown}${end}**`)
      : form.replace(/^<strong>[^<]*([.:])<\/strong>/u, (_, end) => `<strong>${plain.letter}${end}</strong>`),
  ])
  return Object.fromEntries(anew) as F // the same names
}

/** What a document shows of a block that was replaced: the whole of it, or its first paragraph behind other numbers. */
export function itemAfter(item: DocumentItem, strong: string | null): DocumentItem {
  return { ...item, brief: item.brief === null || strong === null ? null : withStrong(item.brief, strong) }
}
