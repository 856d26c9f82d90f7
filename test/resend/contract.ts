// What the provider accepts at POST /emails, and the errors it answers with. Pure.
import * as v from 'valibot'

/** https://resend.com/docs/api-reference/errors, those that a sender of mail can meet. */
const statusOf = {
  invalid_idempotency_key: 400,
  missing_api_key: 401,
  invalid_api_key: 403,
  not_found: 404,
  method_not_allowed: 405,
  concurrent_idempotent_requests: 409,
  invalid_idempotent_request: 409,
  missing_required_field: 422,
  validation_error: 422,
  daily_quota_exceeded: 429,
  monthly_quota_exceeded: 429,
  rate_limit_exceeded: 429,
} as const

export type ErrorName = keyof typeof statusOf

export const refuse = (
  name: ErrorName,
  message: string = name,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  Response.json({ statusCode: statusOf[name], name, message }, { status: statusOf[name], headers })

const line = v.pipe(v.string(), v.regex(/^[^\r\n]*$/, 'holds a line break'))

/** RFC 5322, 3.4: a display name with a comma or another special character must stand in quotes. */
const address = v.pipe(
  line,
  v.check((text) => {
    const named = /^(?:"(?:[^"\\]|\\.)*"|[^"\\,;:<>@()[\]]*)\s*<([^<>]*)>$/.exec(text)
    return /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:"]+$/.test(named?.[1] ?? text)
  }, 'needs to follow `email@example.com` or `Name <email@example.com>`'),
)

const addresses = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((one) => [one].flat()),
  v.array(address),
  v.minLength(1),
  v.maxLength(50),
)

const tagPart = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,256}$/, 'is not 1 to 256 of A-Z a-z 0-9 _ -'))

/** The fields weeknotes uses. Any other is refused, so that a slip does not pass as a feature. */
const shape = v.pipe(
  v.strictObject({
    from: address,
    to: addresses,
    subject: v.pipe(line, v.nonEmpty()),
    reply_to: v.optional(addresses),
    html: v.optional(v.string()),
    text: v.optional(v.string()),
    headers: v.optional(v.record(v.pipe(v.string(), v.regex(/^[!-9;-~]+$/, 'is no header name')), line)),
    tags: v.optional(v.array(v.strictObject({ name: tagPart, value: tagPart }))),
  }),
  v.check((mail) => mail.html !== undefined || mail.text !== undefined, 'has neither `html` nor `text`'),
)

export type Payload = v.InferOutput<typeof shape>

/** The mail that a body asks for, or the answer that refuses it. */
export const readPayload = (body: string): Payload | Response => {
  const result = v.safeParse(shape, parseJson(body))
  if (result.success) return result.output
  const [issue] = result.issues
  const field = v.getDotPath(issue) ?? 'body'
  if (issue.received === 'undefined') return refuse('missing_required_field', `Missing \`${field}\` field.`)
  return refuse('validation_error', `Invalid \`${field}\` field: ${issue.message}`)
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
