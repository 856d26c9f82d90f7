/** Who writes (PURE): each author's tokens, another one for a device, and a way to end each. */
import type { DeskDid } from '../../../core/desk-words.ts'
import { authorWords as words } from '../../../core/desk-words-people.ts'
import type { FieldError } from '../../../core/result.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button, HiddenFields, Wrong } from './forms.tsx'
import { ShownOnce } from './shown-once.tsx'

type Author = {
  readonly id: string
  readonly name: string
  readonly isOwner: boolean
  /** Names the token that its form makes. */
  readonly key: string
  /** Where mail is noted as theirs; null if nowhere. */
  readonly address: string | null
  /** Who may send it, a line each. */
  readonly senders: string
  readonly tokens: readonly {
    readonly id: string
    readonly name: string
    readonly isTick: boolean
    /** The day of its last use, in words. */
    readonly usedOn: string | null
  }[]
}

export type Authors = {
  readonly authors: readonly Author[]
  readonly did: DeskDid | undefined
  /** A token that was just made, and is shown this once. */
  readonly made: { readonly name: string; readonly author: string; readonly token: string } | null
  /** What was typed for a token, and refused. */
  readonly making: (Typed & { readonly author: string }) | null
  /** What was typed for the senders of a mailbox, and refused. */
  readonly mailing: TypedSenders | null
  readonly adding: Typed
  /** Whether mail arrives here at all. */
  readonly hasMailbox: boolean
  /** Names the author that the form adds. */
  readonly key: string
}

type TypedSenders = {
  readonly author: string
  readonly senders: string
  readonly errors: readonly FieldError[]
}

type Typed = { readonly name: string; readonly errors: readonly FieldError[] }

export function authorsPage(viewer: Viewer, shown: Authors): string {
  const { authors, did, made, making, mailing, adding, hasMailbox, key } = shown
  return deskPage({
    viewer,
    did,
    title: words.authors,
    ...(made === null ? {} : { script: 'copy.js' }),
    children: (
      <>
        {made !== null && (
          <div class="asked" role="status">
            <ShownOnce label={words.made(made.name, made.author)} value={made.token} how={words.madeHow} />
          </div>
        )}
        <p class="said">{words.authorsWhy}</p>
        {authors.map((author) => (
          <section>
            <h2>{author.isOwner ? `${author.name} (${words.you})` : author.name}</h2>
            <Tokens {...author} />
            <MakeToken {...author} typed={making?.author === author.id ? making : null} />
            <ByMail
              {...author}
              hasMailbox={hasMailbox}
              typed={mailing?.author === author.id ? mailing : null}
            />
          </section>
        ))}
        <form method="post" action="/desk/authors">
          <h2>{words.add}</h2>
          <label for="name">{words.name}</label>
          <input
            id="name"
            name="name"
            value={adding.name}
            required
            autocomplete="off"
            aria-describedby="name-wrong"
          />
          <Wrong name="name" errors={adding.errors} />
          <HiddenFields fields={{ key }} />
          <button type="submit">{words.addButton}</button>
        </form>
        <p class="said apart">
          <a class="row" href="/desk/people">
            {words.toPeople}
          </a>
        </p>
      </>
    ),
  })
}

function Tokens({ tokens }: Author) {
  if (tokens.length === 0) return <p class="said">{words.noTokens}</p>
  return (
    <ul class="rows">
      {tokens.map(({ id, name, isTick, usedOn }) => {
        const about = [isTick && words.ticks, usedOn === null ? words.unused : words.lastUsed(usedOn)]
        return (
          <li>
            {name} <span class="said">{about.filter(Boolean).join(' · ')}</span>
            <details>
              <summary>
                {words.end}
                <span class="unseen">: {name}</span>
              </summary>
              <p class="said">{words.endWhy}</p>
              <Button action={`/desk/tokens/${id}/ended`} label={`${words.endButton}: ${name}`}>
                {words.endButton}
              </Button>
            </details>
          </li>
        )
      })}
    </ul>
  )
}

function MakeToken({ id, name, key, typed }: Author & { readonly typed: Typed | null }) {
  const field = `device-${id}`
  const errors = typed?.errors ?? []
  return (
    <details open={typed !== null}>
      <summary>
        {words.newToken}
        <span class="unseen"> ({name})</span>
      </summary>
      <form method="post" action={`/desk/authors/${id}/tokens`}>
        <label for={field}>{words.label}</label>
        <input
          id={field}
          name="name"
          value={typed?.name ?? ''}
          required
          autocomplete="off"
          placeholder={words.labelLike}
          aria-describedby="name-wrong"
        />
        <Wrong name="name" errors={errors} />
        <HiddenFields fields={{ key }} />
        <button type="submit">{words.makeToken}</button>
      </form>
    </details>
  )
}

type ByMailShown = Author & { readonly hasMailbox: boolean; readonly typed: TypedSenders | null }

function ByMail({ id, name, address, senders, hasMailbox, typed }: ByMailShown) {
  const field = `senders-${id}`
  return (
    <details open={typed !== null}>
      <summary>
        {words.byMail}
        <span class="unseen"> ({name})</span>
      </summary>
      {hasMailbox ? (
        <form method="post" action={`/desk/authors/${id}/mailbox`}>
          {address !== null && (
            <p class="answer">
              <a href={`mailto:${address}`}>{address}</a>
            </p>
          )}
          <p class="said">{words.byMailWhy}</p>
          <label for={field}>{words.senders}</label>
          <textarea
            id={field}
            name="senders"
            rows={2}
            autocapitalize="none"
            aria-describedby={`${field}-how senders-wrong`}
          >
            {typed?.senders ?? senders}
          </textarea>
          <Wrong name="senders" errors={typed?.errors ?? []} />
          <p class="said" id={`${field}-how`}>
            {words.sendersHow}
          </p>
          <button type="submit">{words.saveSenders}</button>
        </form>
      ) : (
        <p class="said">
          <a class="row" href="/desk/settings">
            {words.noMailbox}
          </a>
        </p>
      )}
    </details>
  )
}
