/** What was read (PURE): notes of the same paper joined, and its BibTeX. */
import { extract } from './grammar/text.ts'
import { arxivMonth, type Paper, paperOf } from './paper.ts'

/** What was joined: the paper, if a note links to one, its notes in the order in which they came, its BibTeX. */
export type Read<Note> = {
  readonly notes: readonly Note[]
  readonly paper: Paper | null
  readonly bibtex: string | null
}

/** Papers in the order of their first note. */
export function joinNotes<Note extends { readonly text: string }>(
  notes: readonly Note[],
): readonly Read<Note>[] {
  const keys = new Set<string>()
  const found = notes.map((note) => ({ note, ...linkedPaper(note.text) }))
  const groups = Map.groupBy(found, ({ note, paper }) => paper?.link ?? note)
  return [...groups.values()].map((group) => {
    const paper = group[0]?.paper ?? null
    const titled = group.find(({ isNamed }) => isNamed) ?? group.find(({ title }) => title !== '')
    const title = titled?.title ?? ''
    const bibtex = paper === null ? null : bibtexOf(paper, title, keyOf(paper, keys))
    return { notes: group.map(({ note }) => note), paper, bibtex }
  })
}

const maxTitle = 200
const link =
  /\[(?<words>[^\]\n]{1,300})\]\(<?(?<to>[^\s)>]{1,2000})|(?<bare>(?:https?:\/\/|(?:dx\.)?doi\.org\/|arxiv\.org\/)[^\s<>)\]]{1,2000})/giu

type Linked = {
  readonly paper: Paper | null
  readonly title: string
  /** Whether the link's own words are the title. */
  readonly isNamed: boolean
}

/** The first paper that a note links to, one with an id before any other, and its title by the note. */
export function linkedPaper(text: string): Linked {
  const all = Array.from(text.matchAll(link), ({ groups }) => ({
    paper: paperOf(groups?.to ?? groups?.bare ?? ''),
    words: groups?.words ?? '',
  }))
  const first = all.find(({ paper }) => paper?.arxiv ?? paper?.doi) ?? all.find(({ paper }) => paper !== null)
  if (first === undefined) return { paper: null, title: '', isNamed: false }
  const isNamed = first.words !== '' && paperOf(first.words) === null
  const title = isNamed ? extract(first.words, maxTitle) : firstWords(text)
  return { paper: first.paper, title, isNamed }
}

const anyLink = /\[[^\]\n]{1,300}\]\([^)\n]*\)|(?:https?:\/\/|doi\.org\/|arxiv\.org\/)\S*/iu

/** What is typed before the link is its title; else what comes behind it begins with one. */
function firstWords(text: string): string {
  const pieces = text.split(anyLink)
  const words = pieces
    .map((piece) => extract(piece.replace(/[*_]/gu, ''), maxTitle))
    .find((piece) => /\p{L}/u.test(piece))
  return (words ?? '').split(/(?<=[^\d\s][.!?])\s/u)[0]?.replace(/^[\s,.:;–-]+|[\s,.:;–-]+$/gu, '') ?? ''
}

function bibtexOf({ link: url, arxiv, doi }: Paper, title: string, key: string): string {
  const known = arxiv === null ? null : arxivMonth(arxiv)
  const fields = [
    ...(title === '' ? [] : [['title', `{${escapeTex(title)}}`]]),
    ...(arxiv === null
      ? []
      : [
          ['eprint', arxiv],
          ['archivePrefix', 'arXiv'],
        ]),
    ...(doi === null ? [] : [['doi', doi.replace(/[{}]/gu, '')]]),
    ['url', url.replaceAll('{', '%7B').replaceAll('}', '%7D')],
    ...(known === null
      ? []
      : [
          ['year', String(known.year)],
          ['month', String(known.month)],
        ]),
  ]
  return `@misc{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}`
}

/** Letters and digits, the same for nobody else on the page. */
function keyOf({ link: url, arxiv, doi }: Paper, taken: Set<string>): string {
  const name = arxiv === null ? (doi ?? url.replace(/^https?:\/\/(?:www\.)?/u, '')) : `arxiv-${arxiv}`
  const plain = name
    .replace(/[^a-z\d.]+/giu, '-')
    .slice(0, 60)
    .replace(/^[-.]+|[-.]+$/gu, '')
  const free = Array.from({ length: taken.size + 1 }, (_, i) => (i === 0 ? plain : `${plain}-${i + 1}`))
  const key = free.find((each) => !taken.has(each)) ?? plain
  taken.add(key)
  return key
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

function escapeTex(text: string): string {
  return text.replace(/[\\{}$&#%_~^]/gu, (sign) => escapes[sign] ?? `\\${sign}`)
}
