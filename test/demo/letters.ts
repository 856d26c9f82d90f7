/** What readers of the demo have: their letters, their way in, their archive. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Resend } from '../resend/stand-in.ts'
import { recipients } from '../sample/project.ts'
import type { Api } from './api.ts'
import type { Archive, Letter } from './checks.ts'

export type LinkedLetter = Letter & { readonly link: string }

/** All letters in the inbox, each with the page that it links to. */
export async function readLetters(resend: Resend): Promise<readonly LinkedLetter[]> {
  const found = recipients.flatMap(({ email, circle }) =>
    resend.inbox(email).map(({ html, text }) => ({ to: email, circle, html, text })),
  )
  return Promise.all(
    found.map(async (letter) => {
      const [link, number] = /https?:\/\/[^\s<>()]+\/l\/(\d+)-[\w-]+/.exec(letter.text) ?? []
      if (link === undefined) throw new Error(`The letter to ${letter.to} has no link to its page.`)
      const response = await fetch(link)
      if (!response.ok) throw new Error(`The page of the letter to ${letter.to} answered ${response.status}.`)
      return { ...letter, number: Number(number), link, page: await response.text() }
    }),
  )
}

export type WayIn = {
  readonly email: string
  readonly name: string
  readonly circle: 'inner' | 'outer'
  /** Good for an hour. */
  readonly link: string
}

/** A way into the archive for one reader of each circle, as the archive mails it to whoever asks. */
export async function askForWaysIn(api: Api, resend: Resend): Promise<readonly WayIn[]> {
  const readers = (['inner', 'outer'] as const).flatMap((circle) => {
    const reader = recipients.find((recipient) => recipient.circle === circle)
    return reader === undefined ? [] : [reader]
  })
  return Promise.all(
    readers.map(async ({ email, name, circle }) => {
      await api.submit('/archive/access', { email })
      for (let tries = 0; tries < 100; tries += 1) {
        const mails = resend.inbox(email).map(({ text }) => /https?:\/\/[^\s<>()]+\/r\/\w+/.exec(text)?.[0])
        const link = mails.find((each) => each !== undefined)
        if (link !== undefined) return { email, name, circle, link }
        await sleep(100)
      }
      throw new Error(`No way in came to ${email}.`)
    }),
  )
}

/** The archive as the owner sees it, and as those who have a way in do. */
export async function readArchives(
  api: Api,
  token: string,
  waysIn: readonly WayIn[],
): Promise<readonly Archive[]> {
  const visitors = [
    { of: 'the owner', circle: 'inner', session: await api.submit('/session', { token }) } as const,
    ...(await Promise.all(
      waysIn.map(async ({ email, circle, link }) => {
        return { of: email, circle, session: await api.submit(new URL(link).pathname, {}) }
      }),
    )),
  ]
  return Promise.all(
    visitors.map(async ({ of, circle, session }) => {
      if (session === null) throw new Error(`No session began for ${of}.`)
      const [list, markdown] = [
        await api.page('/archive', session),
        await api.page('/archive/all.md', session),
      ]
      return { of, circle, list, markdown }
    }),
  )
}
