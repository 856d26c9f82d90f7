/** The term as it is posted, moment by moment, to the real Worker: what came of each post, and of each week. */
import { describe, expect, it } from 'vitest'
import type { Did } from '../../src/core/answer-line.ts'
import type { Said } from '../../src/core/grammar/understood.ts'
import { requestOf } from '../demo/desk.ts'
import { importWeek } from '../demo/past-week.ts'
import { courseOf, type DatedWeek, datedWeeks, isPost } from '../demo/term.ts'
import { givenWith, tellTerm } from '../demo/told.ts'
import { exportAll, importAll, type Line, linesOf } from '../http/parts.ts'
import { emptyAll, get, setClock, tickAt } from '../world.ts'
import { recipients, settings } from './project.ts'
import { type Deed, type Post, updatesOf } from './semester.ts'

/** A Saturday, when the last week is over. */
const now = Date.UTC(2026, 11, 5, 12)
const weeks = datedWeeks(now - 7 * 24 * 3_600_000)
const publicUrl = 'https://notes.example.edu'

type Shown = { readonly kind: string; readonly inside: boolean; readonly text: string }
type Answer = Partial<Shown> & { readonly updates?: readonly Shown[]; readonly did?: readonly Did[] }

/** A post, and what came of it. */
type Heard = { readonly post: Post; readonly updates: readonly Shown[]; readonly deeds: readonly Deed[] }

type Lived = {
  readonly heard: readonly Heard[]
  /** Of each week, the documents of both circles. */
  readonly letters: readonly (readonly Letter[])[]
  /** Everything, as it is exported at the end. */
  readonly lines: readonly Line[]
}

let term: Promise<Lived> | undefined

/** The term, lived once for all tests. */
function lived(): Promise<Lived> {
  term ??= live()
  return term
}

async function live(): Promise<Lived> {
  setClock(weeks[0]?.since ?? 0)
  await get('PATCH', '/api/settings', { ...settings, publicUrl })
  for (const recipient of recipients) await get('POST', '/api/recipients', recipient)
  const heard: Heard[] = []
  const letters: (readonly Letter[])[] = []
  for (const week of weeks) {
    heard.push(...(await liveWeek(week)))
    letters.push(await lettersOf(week))
  }
  return { heard, letters, lines: linesOf(...(await exportAll())) }
}

async function liveWeek(week: DatedWeek): Promise<readonly Heard[]> {
  const heard: Heard[] = []
  for (const each of courseOf(week)) {
    setClock(each.at)
    if (isPost(each)) {
      const answer = await get<Answer>('POST', '/api/updates', { text: each.text, ...givenWith(each) })
      heard.push({ post: each, ...(await understood(answer)) })
    } else {
      const { method, path, body } = await requestOf(each, (asked) => get('GET', asked))
      await get(method, path, body)
    }
  }
  const { summary, status, reason } = week
  setClock(week.cutOff - 60_000)
  if (summary !== undefined || status !== undefined)
    await get('PATCH', '/api/digests/next', { summary, status, reason })
  setClock(week.cutOff)
  await tickAt(week.cutOff)
  return heard
}

async function understood({ updates, did = [], ...only }: Answer): Promise<Omit<Heard, 'post'>> {
  const { kind, inside, text } = only
  const one = kind === undefined || inside === undefined || text === undefined ? [] : [{ kind, inside, text }]
  return { updates: updates ?? one, deeds: await Promise.all(did.map(deedOf)) }
}

/** What the Worker says that it did, with the text of what it settled. */
async function deedOf(did: Did): Promise<Deed> {
  switch (did.did) {
    case 'outcome':
    case 'answered': {
      const { text } = await get<{ text: string }>('GET', `/api/updates/${did.update}`)
      return [did.did === 'outcome' ? did.outcome : 'answered', text.replaceAll('**', '')]
    }
    case 'milestone':
      return [did.did, did.title]
    case 'summary':
    case 'status':
    case 'away':
      return [did.did]
    default:
      throw new Error(`The term has no "${did.did}".`)
  }
}

type Letter = { readonly circle: string; readonly subject: string; readonly markdown: string }

async function lettersOf({ number }: DatedWeek): Promise<readonly Letter[]> {
  const { digests } = await get<{ digests: { number: number; slug: string }[] }>('GET', '/api/digests')
  const slug = digests.find((digest) => digest.number === number)?.slug
  const { documents } = await get<{ documents: Letter[] }>('GET', `/api/digests/${slug}`)
  // Where a link leads on the letter's page is the update's id, another one each time.
  return documents.map(({ circle, subject, markdown }) => {
    return { circle, subject, markdown: markdown.replaceAll(/#[\da-f-]{36}/gu, '#…') }
  })
}

describe('each post of the term', () => {
  it('is read as the updates that it was meant to be', async () => {
    for (const { post, updates } of (await lived()).heard) {
      const notes = 'hides' in post ? [{ kind: 'private', shows: post.hides, inside: false }] : []
      const meant = [...notes, ...updatesOf(post)]
      expect(
        updates.map(({ kind, inside }) => ({ kind, inside })),
        post.text,
      ).toEqual(meant.map(({ kind = 'done', inside = false }) => ({ kind, inside })))
      for (const [place, { shows }] of meant.entries())
        expect(updates[place]?.text.replace(/[*~]/g, '')).toContain(shows)
    }
  })

  it('settles what it was meant to settle, and nothing else', async () => {
    for (const { post, deeds } of (await lived()).heard) {
      const meant = 'does' in post ? (post.does ?? []) : []
      const found = deeds.map(([what, text]) => {
        const about = meant.find(([, words]) => words !== undefined && text?.includes(words))?.[1]
        return about === undefined ? [what] : [what, about]
      })
      expect(found.toSorted(), post.text).toEqual(meant.map((deed) => [...deed]).toSorted())
    }
  })
})

describe('the story of the term', () => {
  const told = async (type: string) => (await lived()).lines.filter((line) => line.type === type)

  it('has an outcome for all plans but the last week’s, one a week late for those forgotten, one that changed', async () => {
    const outcomes = await told('outcome')
    const plans = (await told('update')).filter(({ kind }) => kind === 'next')
    const ofPlans = plans.map(({ id, digest }) =>
      outcomes.flatMap((each) =>
        each.plan === id ? [[each.outcome, Number(each.digest) - Number(digest)]] : [],
      ),
    )
    expect(ofPlans.filter((each) => each.length === 0)).toHaveLength(2)
    expect(ofPlans.filter((each) => each[0]?.[1] === 2)).toHaveLength(2)
    expect(ofPlans.filter((each) => each.length > 1)).toEqual([
      [
        ['partly', 1],
        ['met', 2],
      ],
    ])
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(
      new Set(['met', 'partly', 'not', 'dropped']),
    )
  })

  it('ends with one ask open, and has kept others open for weeks', async () => {
    const answers = await told('answer')
    const items = (await told('update')).filter(({ kind }) => ['ask', 'need', 'blocked'].includes(`${kind}`))
    const last = items.map(({ id, digest, text }) => {
      const answer = answers.findLast(({ update }) => update === id)
      return { text, state: answer?.state, weeks: Number(answer?.digest) - Number(digest) }
    })
    expect(last.filter(({ state }) => state !== 'answered')).toMatchObject([
      { text: expect.stringContaining('the part on rounding') },
    ])
    expect(last.filter(({ weeks }) => weeks >= 3).length).toBeGreaterThanOrEqual(4)
    expect(answers.filter(({ state }) => state === 'open')).toHaveLength(2)
  })

  it('has milestones that move, one of them inside, and are met', async () => {
    const milestones = (await told('milestone')).map(({ title, state }) => [title, state])
    expect(milestones.toSorted()).toEqual([
      ['Baselines run', 'met'],
      ['Draft to the professor', 'met'],
      ['Final report', 'open'],
      ['First TPU run', 'met'],
    ])
    const revisions = await told('revision')
    expect(revisions.map(({ inside }) => inside)).toEqual([false, true, false])
    for (const { oldDue, newDue, reason } of revisions) {
      expect(`${newDue}` > `${oldDue}`).toBe(true)
      expect(reason).toBeTruthy()
    }
  })

  it('has curves: of one number over all the term, and of others', async () => {
    const measured = Map.groupBy(await told('measurement'), ({ identity }) => identity)
    const curve = (identity: string) =>
      (measured.get(identity) ?? []).map(({ value }) => Number.parseFloat(`${value}`))
    expect(curve('auc on kaggle').length).toBeGreaterThanOrEqual(8)
    expect(curve('speed on tpu')).toEqual([61, 240, 412, 530, 498, 498])
    expect(Array.from(measured.keys()).toSorted()).toEqual([
      ...['auc on kaggle', 'auc on kaggle10', 'auc on sample'],
      ...['ratio on sample', 'speed on gpu', 'speed on tpu'],
    ])
    const all = Array.from(measured.values()).flat()
    expect(all.some(({ runs }) => runs === 3) && all.some(({ runs }) => runs === 1)).toBe(true)
    expect(all.some(({ value, baseline }) => Number(value) < Number(baseline))).toBe(true)
  })

  it('asks everybody, by dates, and does something for somebody', async () => {
    const said = (await told('update')).map((update) => update.said as Said) // as it was posted
    expect(new Set(said.flatMap(({ to = [] }) => to)).size).toBe(recipients.length)
    expect(said.filter(({ due, to }) => due !== undefined && to !== undefined).length).toBeGreaterThanOrEqual(
      5,
    )
    expect(said.filter(({ due, to }) => due !== undefined && to === undefined).length).toBeGreaterThanOrEqual(
      8,
    )
    expect(new Set(said.flatMap(({ credit = [] }) => credit)).size).toBe(2)
  })

  it('has a date where one is named, and nowhere else', async () => {
    for (const { kind, text, said } of await told('update')) {
      const named = /\b(?:due|by) (mon|tue|wed|thu|fri)/i.exec(`${text}`)?.[1]?.toLowerCase()
      const { due } = said as Said // as it was posted
      const day =
        due === undefined ? undefined : new Date(`${due}T12:00Z`).toUTCString().slice(0, 3).toLowerCase()
      expect(day, `${text}`).toBe(['ask', 'need', 'next'].includes(`${kind}`) ? named : undefined)
    }
  })

  it('corrects a fact', async () => {
    expect(await told('correction')).toMatchObject([{ fact: true, digest: 7 }])
  })
})

describe('the letters of the term', () => {
  it('read as they were read and found good', async () => {
    const { letters } = await lived()
    for (const [place, week] of letters.entries()) {
      for (const { circle, subject, markdown } of week) {
        const file = `letters/${String(place + 1).padStart(2, '0')}-${circle}.md`
        await expect(`Subject: ${subject}\n\n${markdown}`).toMatchFileSnapshot(file)
      }
    }
  })
})

describe('the term of the demo', () => {
  it('has the letters that it would have had, had it been posted as it happened', async () => {
    const { letters } = await lived()
    await emptyAll()
    setClock(now)
    for (const week of tellTerm('019ab0de-0000-7000-8000-000000000001', publicUrl, weeks)) {
      await importWeek(
        week,
        (part) => importAll([part]),
        (method, path, body) => get(method.toUpperCase(), path, body),
      )
      await tickAt(week.cutOff, now)
      expect(await lettersOf(week)).toEqual(letters[week.number - 1])
    }
  })
})
