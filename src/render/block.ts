/** Blocks in their three forms (PURE). */
import type { Block, LedBlock } from '../core/digest.ts'
import type { Forms } from '../core/update.ts'
import { plainForms } from './escape.ts'

/** A block with its lead in each form. */
export function withLead(block: Block): LedBlock {
  return { ...block, before: block.lead === '' ? nothing : leadForms(block) }
}

/** A block whole: its lead, then the update as it was rendered when it was posted. */
export function blockForms({ before, quote }: LedBlock, updates: ReadonlyMap<string, Forms>): Forms {
  const quoted = quote === null ? undefined : updates.get(quote)
  return {
    markdown: before.markdown + (quoted?.markdown ?? ''),
    letter: before.letter + (quoted?.letter ?? ''),
    page: before.page + (quoted?.page ?? ''),
  }
}

const nothing: Forms = { markdown: '', letter: '', page: '' }

function leadForms({ lead, quote }: Block): Forms {
  const forms = plainForms(lead)
  const gap = quote === null ? '' : ' '
  return { markdown: forms.markdown + gap, letter: forms.letter + gap, page: forms.page + gap }
}
