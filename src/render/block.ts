/** Blocks in their three forms (PURE). */
import type { Block, LedBlock } from '../core/block.ts'
import { letterWords } from '../core/letter-words.ts'
import type { Forms } from '../core/update.ts'
import { escapeHtml, plainForms } from './escape.ts'
import { linkStyle } from './markdown.ts'

const formNames = ['markdown', 'letter', 'page'] as const

/** A block with what stands before and behind its quote; `updates` has those that say more of the same. */
export function withLead(block: Block, position: number, updates: ReadonlyMap<string, Forms>): LedBlock {
  return { ...block, position, before: before(block), after: after(block, updates) }
}

/** A block whole: its lead, the update as it was rendered when it was posted, and what stands behind it. */
export function blockForms({ before, after, skip }: LedBlock, quoted: Partial<Forms>): Forms {
  return combine((name) => before[name] + without(skip, quoted[name] ?? '') + after[name])
}

function without(skip: string, form: string): string {
  return form.startsWith(skip) ? form.slice(skip.length) : form
}

/** A block by the first paragraph of its update, which takes what stands behind it on its own line. */
export function briefForms(
  { before, after, skip }: LedBlock,
  quoted: Pick<Forms, 'markdown' | 'letter'>,
): Pick<Forms, 'markdown' | 'letter'> {
  const form = (name: 'markdown' | 'letter') => {
    const behind = after[name].trim()
    return before[name] + without(skip, quoted[name]) + (behind === '' ? '' : ` ${behind}`)
  }
  return { markdown: form('markdown'), letter: form('letter') }
}

/** A link to the whole of what is shown in part. */
export function moreLink(href: string): Pick<Forms, 'markdown' | 'letter'> {
  const text = letterWords.moreOfOne
  return {
    markdown: ` [${text}](${href})`,
    letter: ` <a ${linkStyle} href="${escapeHtml(href)}">${text}</a>`,
  }
}

const nothing: Forms = { markdown: '', letter: '', page: '' }

function before({ strong, lead, quote }: Block): Forms {
  if (strong === '' && lead === '') return nothing
  const [bold, plain] = [strong, lead].map((text) => (text === '' ? nothing : plainForms(text)))
  return combine((name) => {
    const [open, close] = name === 'markdown' ? ['**', '**'] : ['<strong>', '</strong>']
    const pieces = [bold?.[name] ? `${open}${bold[name]}${close}` : '', plain?.[name] ?? '']
    const said = pieces.filter((each) => each !== '').join(' ')
    return said !== '' && quote !== null ? `${said} ` : said
  })
}

/** Behind a quote that ends with a list or with code it begins anew, or it would be swallowed. */
function after({ also, tail, answer, brief }: Block, updates: ReadonlyMap<string, Forms>): Forms {
  if (tail === '' && answer === null && also.length === 0) return nothing
  const more = also.flatMap((id) => updates.get(id) ?? [])
  const said = tail === '' ? nothing : plainForms(tail)
  const link = answer === null ? nothing : answerForms(answer)
  return combine((name) => {
    const behind = [said[name], link[name]].filter((each) => each !== '').join(' ')
    const gap = name === 'markdown' && (brief !== null || more.length > 0) ? '\n\n' : ' '
    const further = more.map((forms) => (name === 'markdown' ? '\n\n' : '<br>') + forms[name].trim())
    return further.join('') + (behind === '' ? '' : gap + behind)
  })
}

function answerForms(href: string): Forms {
  const text = letterWords.answerLink
  const address = escapeHtml(href)
  return {
    markdown: `[${text}](${href})`,
    letter: `<a ${linkStyle} href="${address}">${text}</a>`,
    page: `<a href="${address}">${text}</a>`,
  }
}

export function combine(form: (name: keyof Forms) => string): Forms {
  const [markdown, letter, page] = formNames.map(form)
  return { markdown: markdown ?? '', letter: letter ?? '', page: page ?? '' }
}
