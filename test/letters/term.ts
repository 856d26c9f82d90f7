/** Weeks with letters to two circles: posting, closing, and what arrived. */
import { friday, get, minute, monday, resend, setClock, setUp, tickAt } from '../world.ts'

const day = 24 * 60 * minute
const week = 7 * day

export const readers = {
  inner: 'professor@example.edu',
  labmate: 'phd@example.edu',
  outer: 'team@example.com',
} as const

/** A project whose readers have names and handles. */
export async function begin(): Promise<void> {
  setClock(monday)
  await setUp({ about: 'Making recommendation models fast on TPUs.' })
  for (const [email, name, handle, circle] of [
    [readers.inner, 'Professor', 'professor', 'inner'],
    [readers.labmate, 'PhD student', 'labmate', 'inner'],
    [readers.outer, 'Company team', 'team', 'outer'],
  ])
    await get('POST', '/api/recipients', { email, name, handle, circle })
}

/** Posts of the week with this number, Wednesday on, a minute each. */
export async function say(number: number, ...texts: readonly string[]): Promise<void> {
  const wednesday = cutOff(number) - 2 * day
  for (const text of texts) {
    setClock(Math.max(wednesday, Date.now()) + minute)
    await get('POST', '/api/updates', { text, split: true })
  }
}

/** Closes a week, and sends its letters. */
export async function close(number: number): Promise<void> {
  const at = cutOff(number)
  setClock(at + minute)
  await tickAt(at, at + minute)
}

export function cutOff(number: number): number {
  return friday + (number - 1) * week
}

/** The latest letter to somebody as it is read, without the tokens of its links; null if there is none. */
export function letterTo(reader: keyof typeof readers): string | null {
  const letter = resend.inbox(readers[reader]).at(-1)
  if (letter === undefined) return null
  return `Subject: ${letter.subject}\n\n${letter.text}`
    .replaceAll(/\/l\/[\w-]+/gu, '/l/…')
    .replaceAll(/#[\da-f]{8}-[\da-f-]{27}/gu, '#…')
    .replaceAll(/\/unsubscribe\/\w+/gu, '/unsubscribe/…')
}
