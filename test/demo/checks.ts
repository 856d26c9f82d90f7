/** What `npm run demo -- --once` holds the letters to (PURE). */

export type Check = {
  readonly what: string
  /** Empty when it holds. */
  readonly problems: readonly string[]
}

export type Letter = {
  readonly to: string
  readonly circle: 'inner' | 'outer'
  readonly html: string
  readonly text: string
  /** The page that the letter links to. */
  readonly page: string
}

type Sample = { readonly shows: string; readonly for: 'all' | 'inner' | 'nobody' }

/** Each recipient has one letter, and every form of it shows what its circle may see and nothing else. */
export function check(
  recipients: readonly { readonly email: string }[],
  letters: readonly Letter[],
  week: readonly Sample[],
): readonly Check[] {
  const of = (whom: Sample['for']) => week.filter((update) => update.for === whom)
  const inner = letters.filter((letter) => letter.circle === 'inner')
  const outer = letters.filter((letter) => letter.circle === 'outer')
  return [
    { what: `${recipients.length} recipients have one letter each`, problems: counts(recipients, letters) },
    {
      what: `${of('all').length} public updates are in all ${letters.length} letters`,
      problems: missing(letters, of('all')),
    },
    {
      what: `${of('inner').length} inside updates are in the ${inner.length} letters of the inner circle`,
      problems: missing(inner, of('inner')),
    },
    { what: 'no inside update is in a letter of the outer circle', problems: leaks(outer, of('inner')) },
    { what: 'no private update is in any letter', problems: leaks(letters, of('nobody')) },
  ]
}

function counts(recipients: readonly { readonly email: string }[], letters: readonly Letter[]): string[] {
  return recipients.flatMap(({ email }) => {
    const count = letters.filter((letter) => letter.to === email).length
    return count === 1 ? [] : [`${email} has ${count}`]
  })
}

function missing(letters: readonly Letter[], updates: readonly Sample[]): string[] {
  return each(letters, updates, (shown) => !shown).map((where) => `missing: ${where}`)
}

function leaks(letters: readonly Letter[], updates: readonly Sample[]): string[] {
  return each(letters, updates, (shown) => shown).map((where) => `shown: ${where}`)
}

/** Where `wrong` holds, over every form of every letter: text, HTML, page. */
function each(
  letters: readonly Letter[],
  updates: readonly Sample[],
  wrong: (shown: boolean) => boolean,
): string[] {
  return letters.flatMap((letter) =>
    (['text', 'html', 'page'] as const).flatMap((form) => {
      const words = onOneLine(letter[form])
      return updates
        .filter(({ shows }) => wrong(words.includes(shows)))
        .map(({ shows }) => `"${shows}" in the ${form} of ${letter.to}`)
    }),
  )
}

/** A line may break between any two words. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
