import { peopleWords as words } from '../../core/desk-words-people.ts'
import { dayInWords } from '../../core/period.ts'
import type { Recipient } from '../../core/recipient.ts'
import type { FieldError, Problem, Result } from '../../core/result.ts'
import { newSecret, sha256 } from '../../core/secret.ts'
import { type Person, personPage } from '../../render/pages/desk/person.tsx'
import { insertHandedAccess } from '../../store/accesses.ts'
import { findLetterFor, listLastLetters } from '../../store/people.ts'
import { openProject } from '../../store/project.ts'
import { findRecipient } from '../../store/recipients.ts'
import { type Call, type Caller, type Handlers, page, type Reply, redirect } from '../call.ts'
import { deliveryHandlers } from '../deliveries.ts'
import { recipientHandlers } from '../recipients.ts'
import { errorsOf, type Form, perform, statusOf, typed } from './perform.ts'
import { viewerOf } from './viewer.ts'

/** How long a link works that the owner hands over: whoever gets it may read mail days later. */
const handedMs = 7 * 24 * 3_600_000

type Names = 'showPerson' | 'changePerson' | 'removePerson' | 'makeWayIn' | 'sendLetter'

const gone = () => redirect('/desk/people?did=personGone')

export const personHandlers: Handlers<Names> = {
  async showPerson(call) {
    const recipient = await find(call)
    if (recipient === null) return gone()
    return page(200, await showPerson(call, recipient, { did: call.query.did }))
  },

  async changePerson(call) {
    const { body: form, params } = call
    const change = changeOf(form)
    const done = await perform('editRecipient', recipientHandlers, call, change)
    if (!done.ok) return refused(call, done.problem, form)
    return redirect(`/desk/people/${params.id}?did=${didOf(change)}`)
  },

  async removePerson(call) {
    const done = await perform('deleteRecipient', recipientHandlers, call)
    return done.ok ? redirect('/desk/people?did=personRemoved') : gone()
  },

  async makeWayIn(call) {
    const { db, now, url } = call
    const token = newSecret()
    const recipient = await find(call)
    const hash = await sha256(token)
    if (recipient === null || !(await insertHandedAccess(db, recipient.id, hash, now + handedMs)))
      return gone()
    const { publicUrl } = (await openProject(db, now)).settings
    return page(200, await showPerson(call, recipient, { wayIn: `${publicUrl ?? url.origin}/r/${token}` }))
  },

  async sendLetter(call) {
    const { db, body: form } = call
    const recipient = await find(call)
    if (recipient === null) return gone()
    const slug = typed(form, 'slug')
    const letter = await findLetterFor(db, recipient.id)
    const isSent = () => redirect(`/desk/people/${recipient.id}?did=letterSent`)
    if (letter?.slug === slug && letter.isTheirs) return isSent()
    const detail = letter === null || letter.slug === slug ? words.notSent : words.newer
    if (letter?.slug !== slug) return refused(call, { reason: 'stale', detail }, form)
    const { id } = recipient
    const done = await perform(
      'addDelivery',
      deliveryHandlers,
      { ...call, params: { slug } },
      { recipient: id },
    )
    if (done.ok || (await findLetterFor(db, id))?.isTheirs) return isSent()
    return refused(call, { reason: 'stale', detail }, form)
  },
}

type PersonCall = Pick<Call, 'db' | 'now' | 'params'> & { readonly caller: Caller }

function find({ db, params }: PersonCall): Promise<Recipient | null> {
  return findRecipient(db, params.id ?? '')
}

/** What a form changes: name and handle together, or one of the others alone. */
function changeOf(form: Form): Form {
  if (form.state !== undefined) return { state: form.state }
  if (form.circle !== undefined) return { circle: form.circle }
  const name = typed(form, 'name').trim()
  const handle = typed(form, 'handle').trim().replace(/^@/u, '')
  return { name: name === '' ? null : name, handle: handle === '' ? null : handle }
}

function didOf({ state, circle }: Form) {
  if (state !== undefined) return state === 'active' ? 'personResumed' : 'personPaused'
  return circle === undefined ? 'personChanged' : 'personMoved'
}

async function refused(call: PersonCall, problem: Problem, form: Form): Promise<Result<Reply>> {
  const recipient = await find(call)
  if (recipient === null) return gone()
  const errors = errorsOf(problem)
  const naming = 'name' in form ? { name: typed(form, 'name'), handle: typed(form, 'handle') } : undefined
  return page(statusOf(problem), await showPerson(call, recipient, { errors, naming }))
}

type Shown = Partial<Pick<Person, 'did' | 'wayIn' | 'naming'>> & { readonly errors?: readonly FieldError[] }

async function showPerson(call: PersonCall, recipient: Recipient, shown: Shown): Promise<string> {
  const { db } = call
  const { id, name, handle, joinedAt, state } = recipient
  const viewer = await viewerOf(call)
  const letter = state === 'active' ? await findLetterFor(db, id) : null
  return personPage(viewer, {
    ...{ did: undefined, wayIn: undefined, errors: [] },
    ...shown,
    ...{ recipient, since: dayInWords(viewer.zone, viewer.locale, joinedAt) },
    naming: shown.naming ?? { name: name ?? '', handle: handle ?? '' },
    letters: await listLastLetters(db, id, id),
    toSend: letter === null || letter.isTheirs ? null : letter,
  })
}
