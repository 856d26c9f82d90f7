/** What `npm run demo -- --once` holds letters and archives to (PURE). */
import { comesAgain, hiddenFrom, shownTo, updatesOf, type Week } from '../sample/semester.ts'

export type Check = {
  readonly what: string
  /** Empty when it holds. */
  readonly problems: readonly string[]
}

type Circle = 'inner' | 'outer'

export type Letter = {
  readonly to: string
  readonly circle: Circle
  /** The digest's, which is the week's. */
  readonly number: number
  readonly html: string
  readonly text: string
  /** The page that the letter links to. */
  readonly page: string
}

export type Archive = {
  readonly of: string
  readonly circle: Circle
  /** The page that lists its letters. */
  readonly list: string
  /** All of it in one file. */
  readonly markdown: string
}

/** Each recipient has a letter a week, and every form of it shows its week, as far as the circle may see it. */
export function check(
  recipients: readonly { readonly email: string }[],
  letters: readonly Letter[],
  archives: readonly Archive[],
  weeks: readonly Week[],
): readonly Check[] {
  const updates = weeks.flatMap(({ posts }) => posts.flatMap(updatesOf))
  const isEach = `each of the ${weeks.length} letters`
  return [
    {
      what: `${recipients.length} recipients have ${weeks.length} letters each, one a week`,
      problems: recipients.flatMap(({ email }) => counted(email, letters, weeks.length)),
    },
    {
      what: `${isEach} shows what its circle may see of its week, in text, HTML and on its page`,
      problems: formsOf(letters).flatMap((form) => missing(form, shownTo(form.circle, weekOf(form, weeks)))),
    },
    {
      what: `none shows anything of another week, but for what was open: no update of ${updates.length} is missing or doubled`,
      problems: formsOf(letters).flatMap((form) => shown(form, ofOtherWeeks(form, weeks))),
    },
    {
      what: 'no private note is in any of them, and nothing inside reaches the outer circle',
      problems: formsOf(letters).flatMap((form) =>
        shown(
          form,
          weeks.flatMap((week) => hiddenFrom(form.circle, week)),
        ),
      ),
    },
    {
      what: `the archive of each reader lists ${weeks.length} letters and shows the same`,
      problems: archives.flatMap((archive) => archived(archive, weeks)),
    },
  ]
}

function counted(email: string, letters: readonly Letter[], weeks: number): readonly string[] {
  const numbers = letters.filter((letter) => letter.to === email).map(({ number }) => number)
  const isComplete = numbers.length === weeks && new Set(numbers).size === weeks
  return isComplete ? [] : [`${email} has letters ${numbers.join(', ')}`]
}

/** One form of one letter: the text part, the HTML part, the page. */
type Form = Pick<Letter, 'circle' | 'number'> & { readonly name: string; readonly words: string }

function formsOf(letters: readonly Letter[]): readonly Form[] {
  return letters.flatMap(({ to, circle, number, ...letter }) =>
    (['text', 'html', 'page'] as const).map((form) => {
      return {
        circle,
        number,
        name: `the ${form} of letter ${number} to ${to}`,
        words: onOneLine(letter[form]),
      }
    }),
  )
}

function weekOf({ number }: Form, weeks: readonly Week[]): Week {
  return weeks[number - 1] ?? { posts: [] }
}

/** What the words of other weeks are; of earlier ones plans, asks, needs and blockers may come again. */
function ofOtherWeeks(form: Form, weeks: readonly Week[]): readonly string[] {
  return weeks.flatMap((week, place) => {
    if (week === weekOf(form, weeks)) return []
    const again = place + 1 < form.number ? comesAgain(week) : []
    return shownTo('inner', week).filter((words) => !again.includes(words))
  })
}

function missing({ name, words }: Form, expected: readonly string[]): readonly string[] {
  return expected.filter((each) => !words.includes(each)).map((each) => `missing: "${each}" in ${name}`)
}

function shown({ name, words }: Form, unexpected: readonly string[]): readonly string[] {
  return unexpected.filter((each) => words.includes(each)).map((each) => `shown: "${each}" in ${name}`)
}

function archived({ of, circle, list, markdown }: Archive, weeks: readonly Week[]): readonly string[] {
  const rows = list.match(/<li value=/gu)?.length ?? 0
  const whole = { circle, number: 0, name: `the archive of ${of}`, words: onOneLine(markdown) }
  const once = weeks.flatMap((week) => shownTo(circle, week))
  const again = new Set(weeks.flatMap(comesAgain))
  const doubled = once.filter((each) => !again.has(each) && whole.words.split(each).length > 2)
  return [
    ...(rows === weeks.length ? [] : [`${whole.name} lists ${rows} letters`]),
    ...missing(whole, once),
    ...doubled.map((each) => `doubled: "${each}" in ${whole.name}`),
    ...shown(
      whole,
      weeks.flatMap((week) => hiddenFrom(circle, week)),
    ),
  ]
}

/** A line may break between any two words. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
