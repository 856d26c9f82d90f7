// POST /emails: takes a mail or refuses it, as the contract, the limits, the keys and the scripted faults say.
import { readPayload, refuse } from './contract.ts'
import { answer, brokenConnection, type Fault, type FaultOf, refusal } from './fault.ts'
import { createKeys } from './idempotency.ts'
import { createMeter, type Limits } from './limits.ts'
import { type Message, toMessage } from './message.ts'

/** A request to POST /emails. */
export type Call = {
  /** UTC milliseconds. */
  readonly at: number
  readonly key: string | null
  readonly body: string
  /** The status that went out; null while there is none, and when the answer got lost. */
  status: number | null
}

export const createEmails = (clock: () => number, apiKey: string | undefined, limits: Limits) => {
  const meter = createMeter(limits)
  const keys = createKeys()
  const sent: Message[] = []
  const calls: Call[] = []
  const script: Fault[] = []
  let faultOf: FaultOf | undefined

  const send = async (request: Request): Promise<Response> => {
    const key = request.headers.get('idempotency-key')
    const call: Call = { at: clock(), key, body: await request.text(), status: null }
    calls.push(call)
    const mail = readMail(call)
    const fault = script.shift() ?? (mail instanceof Response ? undefined : faultOf?.(mail)) ?? 'ok'
    const response = await undergo(fault, request, call, mail)
    call.status = response.status
    return response
  }

  const undergo = async (fault: Fault, request: Request, call: Call, mail: Message | Response) => {
    if (fault === 'unreachable') throw brokenConnection()
    if (typeof fault === 'object' && 'status' in fault) return refusal(fault)
    const response = denial(request, apiKey) ?? take(call, mail)
    for (const [name, value] of Object.entries(meter.headers(call.at))) response.headers.set(name, value)
    try {
      return await answer(fault, response, request.signal)
    } finally {
      if (!(mail instanceof Response)) keys.settle(mail)
    }
  }

  const take = ({ at, key, body }: Call, mail: Message | Response): Response => {
    const tooFast = meter.call(at)
    if (tooFast) return refuse(tooFast, 'Too many requests.', { 'retry-after': '1' })
    if (key !== null && !keys.isValid(key)) return refuse('invalid_idempotency_key')
    if (mail instanceof Response) return mail
    const first = key === null ? undefined : keys.find(key, at)
    if (first && first.body !== body) return refuse('invalid_idempotent_request')
    if (first && !first.settled) return refuse('concurrent_idempotent_requests')
    if (first) return Response.json({ id: first.id })
    const overQuota = meter.take(mail.to.length, at)
    if (overQuota) return refuse(overQuota)
    sent.push(mail)
    keys.keep(mail)
    return Response.json({ id: mail.id })
  }

  return {
    send,
    sent,
    calls,
    script: (...faults: readonly Fault[]): void => {
      script.push(...faults)
    },
    fault: (match?: FaultOf): void => {
      faultOf = match
    },
    limits: meter.set,
    reset: (): void => {
      for (const list of [sent, calls, script]) list.length = 0
      faultOf = undefined
      keys.clear()
      meter.clear()
    },
  }
}

/** The answer to a call without the right API key. */
export const denial = (request: Request, apiKey: string | undefined): Response | undefined => {
  const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (given === undefined) return refuse('missing_api_key')
  if (apiKey !== undefined && given !== apiKey) return refuse('invalid_api_key')
  return undefined
}

const readMail = ({ at, key, body }: Call): Message | Response => {
  const payload = readPayload(body)
  return payload instanceof Response ? payload : toMessage(payload, key, body, at)
}
