/** A stored post without the words of a withdrawn update (PURE). */
import type { Update } from './update.ts'

/** What its answer repeats, and what it replaced; JSON. */
type Post = {
  readonly author: string
  readonly id: string
  readonly answer: string | null
  readonly before: string | null
}

/** As far as words of an update can stand in it. */
type Answer = {
  readonly updates: readonly { readonly id: string }[]
  readonly did: readonly Did[]
  readonly notes: readonly { readonly candidates?: readonly string[] }[]
}
type Did = {
  readonly update?: string | null
  readonly text?: string
  /** What a post did that was taken back. */
  readonly settled?: readonly Did[]
}
type Before = {
  readonly outcomes?: readonly { readonly plan?: string }[]
  readonly answers?: readonly { readonly update_id?: string }[]
  readonly words?: object
}

/** `own` is the post that made the update; `said` stands in place of its words. */
export function withoutUpdate<P extends Post>(post: P, update: Update, own: string, said: string): P {
  const { id } = update
  const isOwn = post.id === own && post.author === update.author
  const answer: Answer | null = post.answer === null ? null : JSON.parse(post.answer) // written by makePost
  const before: Before | null = post.before === null || isOwn ? null : JSON.parse(post.before) // by effectsOf, or hide
  const isAbout = answer?.did.some((each) => each.update === id) ?? false
  return {
    ...post,
    answer:
      answer &&
      JSON.stringify({
        ...answer,
        updates: answer.updates.map((each) =>
          each.id === id ? { ...each, text: said, tags: [], fields: {}, said: {}, photos: [] } : each,
        ),
        did: answer.did.map((each) => withoutText(each, id, said)),
        notes: isOwn ? [] : answer.notes.map((note) => withoutCandidate(note, update.text, said)),
      }),
    before:
      before &&
      JSON.stringify({
        ...before,
        ...(before.outcomes && { outcomes: before.outcomes.filter(({ plan }) => plan !== id) }),
        ...(before.answers && { answers: before.answers.filter(({ update_id }) => update_id !== id) }),
        ...(before.words && isAbout ? { words: { ...before.words, text: said } } : {}),
      }),
  }
}

function withoutText(did: Did, id: string, said: string): Did {
  const isAbout = did.update === id && did.text !== undefined
  const settled = did.settled?.map((each) => withoutText(each, id, said))
  return { ...did, ...(isAbout ? { text: said } : {}), ...(settled === undefined ? {} : { settled }) }
}

function withoutCandidate<N extends { readonly candidates?: readonly string[] }>(
  note: N,
  text: string,
  said: string,
): N {
  const { candidates } = note
  if (candidates === undefined) return note
  return { ...note, candidates: candidates.map((each) => (each === text ? said : each)) }
}
