// Stands in for the mail provider Resend in tests, demo and bench: its HTTP contract, faults on demand, an inbox.
// Web standards only: it runs in workerd and in Node. Keys and limits go by `clock`; only a slow fault waits.
import { Hono } from 'hono'
import { refuse } from './contract.ts'
import { type Call, createEmails, denial } from './emails.ts'
import type { Fault, FaultOf } from './fault.ts'
import { frameHeaders, inboxPage, mailFrame, mailPage } from './inbox-page.ts'
import type { Limits } from './limits.ts'
import { bareAddress, type Message, toEmail } from './message.ts'
import { type EventType, eventBody, type Receipt, signReceipt } from './webhook.ts'

export type { Call, EventType, Fault, FaultOf, Limits, Message, Receipt }

export type Resend = {
  /** The HTTP service, on any origin. Rejects where a connection would break. */
  fetch(request: Request): Promise<Response>
  /** The mails it took, oldest first. */
  readonly sent: readonly Message[]
  /** Those to an address, in any case, with or without a name. */
  inbox(address: string): readonly Message[]
  /** Every request to POST /emails, taken or not. */
  readonly calls: readonly Call[]
  /** Queues faults, one for each of the next calls. */
  script(...faults: readonly Fault[]): void
  /** Faults the calls beyond the script by what is in the mail; without an argument no longer. */
  fault(match?: FaultOf): void
  limits(next: Partial<Limits>): void
  /** A signed receipt about a mail, known here or not; `extra` goes into its `data`. */
  event(type: EventType, emailId: string, extra?: object): Promise<Receipt>
  /** Forgets mails, calls, keys, faults and what was counted; the limits stay. */
  reset(): void
}

export type Options = Partial<Limits> & {
  /** UTC milliseconds. */
  readonly clock?: () => number
  /** The one API key that is let in; by default any is. */
  readonly apiKey?: string
  /** Signs the receipts; the default is the one the Worker's tests are bound to. */
  readonly secret?: string
}

export const createResend = (options: Options = {}): Resend => {
  const { clock = Date.now, apiKey, secret = 'whsec_dGVzdHM=' } = options
  const { perSecond = Infinity, daily = Infinity, monthly = Infinity } = options
  const { send, sent, ...emails } = createEmails(clock, apiKey, { perSecond, daily, monthly })
  const lastEvents = new Map<string, string>()
  const find = (id: string) => sent.find((message) => message.id === id)

  const app = new Hono()
  app.post('/emails', (c) => send(c.req.raw))
  app.all('/emails', () => refuse('method_not_allowed'))
  app.get('/emails/:id', (c) => {
    const message = find(c.req.param('id'))
    const found = message && Response.json(toEmail(message, lastEvents.get(message.id) ?? 'sent'))
    return denial(c.req.raw, apiKey) ?? found ?? refuse('not_found')
  })
  app.get('/', (c) => c.html(inboxPage(sent)))
  app.get('/mail.json', (c) => c.json(sent))
  app.delete('/mail.json', (c) => {
    sent.length = 0
    return c.body(null, 204)
  })
  app.get('/mail/:id', (c) => {
    const message = find(c.req.param('id'))
    return message ? c.html(mailPage(message)) : c.notFound()
  })
  app.get('/mail/:id/html', (c) => {
    const message = find(c.req.param('id'))
    return message ? c.html(mailFrame(message), 200, frameHeaders) : c.notFound()
  })
  app.get('/mail/:id/text', (c) => {
    const message = find(c.req.param('id'))
    return message ? c.text(message.text) : c.notFound()
  })
  app.notFound(() => refuse('not_found'))
  app.onError((error) => {
    throw error
  })

  return {
    ...emails,
    sent,
    fetch: async (request) => app.fetch(request),
    inbox: (address) =>
      sent.filter((message) => message.to.some((to) => bareAddress(to) === bareAddress(address))),
    event: (type, emailId, extra = {}) => {
      lastEvents.set(emailId, type.replace('email.', ''))
      return signReceipt(eventBody(type, emailId, find(emailId), extra, clock()), secret, clock())
    },
    reset: () => {
      emails.reset()
      lastEvents.clear()
    },
  }
}
