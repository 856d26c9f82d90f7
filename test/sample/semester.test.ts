import { Lexer, type Token } from 'marked'
import { describe, expect, it } from 'vitest'
import { nothingKnown, readPost } from '../../src/core/grammar/post.ts'
import { byteLength, isWellFormed } from '../../src/core/grammar/text.ts'
import { kindNames, kinds } from '../../src/core/kinds.ts'
import { render } from '../../src/render/markdown.ts'
import { recipients, settings } from './project.ts'
import {
  daysBeforeCutOff,
  hiddenFrom,
  type Made,
  type PrivateNote,
  semester,
  shownTo,
  updatesOf,
} from './semester.ts'
import { week as sampleWeek } from './week.ts'

/** Nothing that settles a plan, and nobody to name: what an update is, is in its words. */
const known = { ...nothingKnown, at: Date.UTC(2026, 10, 18), zone: settings.schedule.zone }
const posts = semester.flatMap((week) => week.posts)
const updates = posts.flatMap(updatesOf)
const notes = posts.filter((post): post is PrivateNote => 'hides' in post)
const inside = updates.filter((update) => update.inside)
const makers = posts.filter((post) => 'shows' in post)

describe('the sample semester', () => {
  it('is ten weeks of about 150 posts, the first of them the sample week', () => {
    expect(semester).toHaveLength(10)
    expect(posts.length).toBeGreaterThanOrEqual(140)
    expect(posts.length).toBeLessThanOrEqual(160)
    expect(semester[0]?.posts.map(({ text }) => text)).toEqual(sampleWeek.map(({ text }) => text))
  })

  it('has a sick week of at most two posts in its middle', () => {
    expect(semester.map((week) => week.posts.length <= 2)).toEqual(semester.map((_, week) => week === 5))
  })

  it('is posted in order, between one cut-off and the next', () => {
    for (const week of semester) {
      const moments = week.posts.map(({ day, time }) => `${6 - daysBeforeCutOff[day]} ${time}`)
      expect(moments).toEqual([...new Set(moments)].sort())
      expect((moments.at(-1) ?? '') < `6 ${settings.schedule.time}`).toBe(true)
      for (const { time } of [...week.posts, ...(week.desk ?? [])])
        expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/)
    }
  })

  it('gives a reason with each status', () => {
    for (const { status, reason } of semester) expect(status === undefined).toBe(reason === undefined)
  })
})

describe('a post of the sample semester', () => {
  it.each(makers)('shows its words in every form of its first paragraphs: $shows', (post) => {
    const { items } = readPost(post.text, { split: true }, known)
    for (const [place, { shows }] of updatesOf(post).entries()) {
      const text = items[place]?.text ?? ''
      for (const each of [text, text.split('\n\n')[0] ?? ''])
        for (const form of Object.values(render(each)).slice(0, 3)) expect(form).toContain(shows)
    }
  })

  it('fits into a post', () => {
    for (const { text } of posts) {
      expect(byteLength(text)).toBeLessThan(32 * 1024)
      expect(isWellFormed(text)).toBe(true)
    }
  })

  it('names no date that would grow old', () => {
    const texts = [...posts, ...semester.map(({ summary = '', reason = '' }) => ({ text: summary + reason }))]
    for (const { text } of texts) expect(text.replace(/https?:\/\/\S+/g, '')).not.toMatch(absoluteDate)
  })

  it('has no address but at example.edu and example.com', () => {
    const addresses = posts.flatMap(({ text }) => text.match(/[\w.+-]+@[\w-]+\.[\w.-]*\w/g) ?? [])
    expect(addresses.filter((address) => !/@example\.(edu|com)$/.test(address))).toEqual([])
  })

  it('names nobody but those who get the letter', () => {
    const handles = recipients.map(({ handle }) => handle)
    const named = posts.flatMap(({ text }) => text.match(/(?<![\w.])@[a-z]+/g) ?? [])
    expect([...new Set(named)].filter((name) => !handles.includes(name.slice(1)))).toEqual([])
  })
})

describe('what is shown and hidden', () => {
  it('tells all words of the term apart', () => {
    const all = semester.flatMap((week) => [...shownTo('inner', week), ...notesOf(week)])
    const found = all.map((words) => posts.filter(({ text }) => text.includes(words)).length)
    expect(all.filter((_, index) => found[index] !== 1)).toEqual([])
  })

  it('has private notes in no list of shown words', () => {
    const shown = semester.flatMap((week) => [...shownTo('inner', week), ...shownTo('outer', week)])
    expect(notes.length).toBeGreaterThanOrEqual(1)
    for (const note of notes) {
      expect(shown).not.toContain(note.hides)
      expect(shown.filter((each) => note.text.includes(each))).toEqual([])
    }
  })

  it('keeps what is inside from the outer circle alone', () => {
    expect(inside.length).toBeGreaterThanOrEqual(5)
    for (const week of semester) {
      const kept = week.posts.flatMap(saidInside)
      expect(shownTo('inner', week).length).toBe(shownTo('outer', week).length + kept.length)
      expect(hiddenFrom('inner', week)).toEqual(notesOf(week))
      expect(hiddenFrom('outer', week).toSorted()).toEqual([...notesOf(week), ...kept].toSorted())
    }
  })

  it('is mostly inside or private in one week', () => {
    const shares = semester.map((week) => hiddenFrom('outer', week).length / week.posts.length)
    expect(Math.max(...shares)).toBeGreaterThan(0.5)
  })
})

describe('of all that one can write', () => {
  it.each(kindNames)('%s occurs', (kind) => {
    expect([...updates, ...notes].some((update) => (update.kind ?? 'done') === kind)).toBe(true)
  })

  const words = kindNames.flatMap((kind) => [kind, ...kinds[kind].aliases])
  it.each(words)('the word %s occurs as a marker or hashtag', (word) => {
    const marked = new RegExp(`(#\\s?|hashtag )${word}\\b|^\\P{L}*${word}( @\\w+)?:`, 'iu')
    expect(posts.some(({ text }) => marked.test(text))).toBe(true)
  })

  it.each(
    Object.entries({
      '#word': /^#\p{L}/u,
      '# word': /^# \p{L}/u,
      'hashtag word': /^hashtag /i,
      'Word:': /^\p{L}+:/u,
      'Word @name:': /^\p{L}+ @\w+:/u,
      'a bullet before it': /^- #/,
      'an emoji before it': /^\p{Extended_Pictographic} \p{L}+:/u,
      'several hashtags at the end': /\s#\w+ #\w+$/,
      'hashtags on a line of their own': /\n#\w+$/,
      'no marker': /^[^#:]+$/,
    }),
  )('a post with %s occurs', (_, form) => {
    expect(posts.some(({ text }) => form.test(text))).toBe(true)
  })

  const types = new Set(makers.flatMap(({ text }) => tokenTypes(Lexer.lex(text))))
  const sorts = ['code', 'codespan', 'table', 'list', 'nested list', 'ordered list', 'task list'] as const
  it.each([...sorts, 'link', 'bare link', 'blockquote', 'em', 'strong', 'del'])(
    'Markdown: %s occurs',
    (sort) => {
      expect(types).toContain(sort)
    },
  )

  it.each([
    ['in a line', /(?<!\$)\$[^$\n]+\$(?!\$)/],
    ['displayed', /^\$\$.+\$\$$/m],
  ])('TeX %s occurs', (_, tex) => {
    expect(makers.some(({ text }) => tex.test(text))).toBe(true)
  })
})

const absoluteDate =
  /\b(19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d|\b\d{1,2}\.? (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/i

function notesOf(week: (typeof semester)[number]): readonly string[] {
  return week.posts.flatMap((post) => ('hides' in post ? [post.hides] : []))
}

function saidInside(post: (typeof posts)[number]): readonly string[] {
  const said: readonly Made[] =
    'says' in post && post.says ? [{ ...post, shows: post.says }] : updatesOf(post)
  return said.flatMap((each) => (each.inside ? [each.shows] : []))
}

/** The names of all tokens, with finer ones for lists and links. */
function tokenTypes(tokens: readonly Token[], depth = 0): string[] {
  return tokens.flatMap((token) => {
    const types = [token.type]
    if (token.type === 'list' && depth > 0) types.push('nested list')
    if (token.type === 'list' && token.ordered) types.push('ordered list')
    if (token.type === 'list_item' && token.task) types.push('task list')
    if (token.type === 'link' && token.raw === token.href) types.push('bare link')
    const within: readonly Token[] =
      token.type === 'list' ? token.items : 'tokens' in token ? (token.tokens ?? []) : []
    return [...types, ...tokenTypes(within, token.type === 'list' ? depth + 1 : depth)]
  })
}
