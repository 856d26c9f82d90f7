/** Blocks in their three forms (PURE). */
import type { Block } from '../core/digest.ts'
import type { Forms } from '../core/update.ts'
import { plainForms } from './escape.ts'

/** What stands before the quoted update in each form. */
export function leadForms(block: Block): Forms {
  if (block.lead === '') return nothing
  const lead = plainForms(block.lead)
  const gap = block.quote === null ? '' : ' '
  return { markdown: lead.markdown + gap, letter: lead.letter + gap, page: lead.page + gap }
}

const nothing: Forms = { markdown: '', letter: '', page: '' }

/** A block whole: its lead, then the update as it was rendered when it was posted. */
export function blockForms(block: Block, updates: ReadonlyMap<string, Forms>): Forms {
  const lead = leadForms(block)
  const quoted = block.quote === null ? undefined : updates.get(block.quote)
  return {
    markdown: lead.markdown + (quoted?.markdown ?? ''),
    letter: lead.letter + (quoted?.letter ?? ''),
    page: lead.page + (quoted?.page ?? ''),
  }
}
