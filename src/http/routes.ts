/** The one table of routes: who may call them, what they take and give; validation and OpenAPI come from it. */
import * as v from 'valibot'
import { deskRoutes } from './desk/routes.ts'
import * as d from './digest-schemas.ts'
import { imported, part } from './line-schemas.ts'
import * as receipt from './receipt-schemas.ts'
import * as r from './report-schemas.ts'
import * as s from './schemas.ts'
import { settings, settingsEdit } from './settings-schema.ts'
import * as settled from './settled-schemas.ts'

/**
 * Who may call: anybody; with a token an author (own things), the owner, or also one of scope `tick`; with a
 * session a reader, of what the circle may see, an author at the pages for writing, the owner at the desk.
 */
export type Who = 'anyone' | 'author' | 'owner' | 'tick' | 'reader' | 'writer' | 'desk'

type Schema = v.GenericSchema

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As in OpenAPI: `{name}` is a parameter. */
  readonly path: string
  readonly who: Who
  /** Every request is counted against its address, as one without a valid credential is. */
  readonly isCounted?: true
  /** Its page has a script of ours; no other may run any. */
  readonly hasScript?: true
  /** Its page shows a mail in a frame. */
  readonly hasFrame?: true
  /** Its page is a mail, which brings its styles along; it stands in a frame of ours, and can do nothing there. */
  readonly isMail?: true
  readonly summary: string
  readonly query?: Schema
  /** Headers that its handler reads. */
  readonly headers?: Schema
  readonly body?: Schema
  /** Content types of the body; JSON alone unless said. */
  readonly takes?: readonly ('json' | 'form' | 'multipart' | 'text' | 'lines' | 'raw')[]
  /**
   * What it answers, by status: JSON of a schema, or another form; several where Accept decides. A problem stands
   * here if not every route of its kind has it.
   */
  readonly answers: Readonly<Record<number, Answer | readonly Answer[]>>
}

/** 'page' is HTML, 'lines' JSON Lines, 'none' has no body. */
export type Answer = Schema | 'page' | 'markdown' | 'text' | 'lines' | 'none' | 'problem'

const updates = v.object({ updates: v.array(s.update), nextCursor: v.nullable(v.string()) })

export const routes = {
  postUpdate: {
    method: 'POST',
    path: '/api/updates',
    who: 'author',
    summary: 'Post updates, or settle something. Accept: text/plain gives the answer line.',
    headers: s.postHeaders,
    body: s.newUpdate,
    takes: ['json', 'form', 'multipart', 'text'],
    answers: { 200: [s.posted, 'text'], 201: [s.posted, 'text'] },
  },
  listUpdates: {
    method: 'GET',
    path: '/api/updates',
    who: 'author',
    summary: 'Updates, newest first by `at`, 50 a page',
    query: s.updateQuery,
    answers: { 200: updates },
  },
  getUpdate: {
    method: 'GET',
    path: '/api/updates/{id}',
    who: 'author',
    summary: 'One update, with its corrections',
    answers: { 200: s.update },
  },
  editUpdate: {
    method: 'PATCH',
    path: '/api/updates/{id}',
    who: 'author',
    summary: 'Change an open update; of a frozen one, `text` adds a correction',
    body: s.updateEdit,
    answers: { 200: s.update, 409: 'problem' },
  },
  deleteUpdate: {
    method: 'DELETE',
    path: '/api/updates/{id}',
    who: 'author',
    summary: 'Delete an open update',
    answers: { 204: 'none', 409: 'problem' },
  },
  sayOutcome: {
    method: 'PUT',
    path: '/api/updates/{id}/outcome',
    who: 'author',
    summary: 'What came of a plan; replaces what is not frozen',
    body: settled.newOutcome,
    answers: { 200: s.update, 409: 'problem' },
  },
  takeOutcomeBack: {
    method: 'DELETE',
    path: '/api/updates/{id}/outcome',
    who: 'author',
    summary: 'Take back what was said of a plan and stands in no letter',
    answers: { 204: 'none', 409: 'problem', 422: 'problem' },
  },
  sayAnswer: {
    method: 'PUT',
    path: '/api/updates/{id}/answer',
    who: 'author',
    summary: 'Answer an ask, need or blocker, drop it, or confirm that it is open',
    body: settled.newAnswer,
    answers: { 200: s.update, 409: 'problem' },
  },
  takeAnswerBack: {
    method: 'DELETE',
    path: '/api/updates/{id}/answer',
    who: 'author',
    summary: 'Take back an answer that stands in no letter',
    answers: { 204: 'none', 409: 'problem', 422: 'problem' },
  },
  withdrawUpdate: {
    method: 'PUT',
    path: '/api/updates/{id}/withdrawal',
    who: 'owner',
    summary:
      'Take the words of a frozen update out of every page, report, export and letter that has not been tried; final',
    body: settled.newWithdrawal,
    answers: { 200: s.update, 409: 'problem' },
  },
  listMilestones: {
    method: 'GET',
    path: '/api/milestones',
    who: 'owner',
    summary: 'All milestones with their revisions, by date',
    answers: { 200: v.object({ milestones: v.array(settled.milestone) }) },
  },
  addMilestone: {
    method: 'POST',
    path: '/api/milestones',
    who: 'owner',
    summary: 'Add a milestone',
    body: settled.newMilestone,
    answers: { 201: settled.milestone, 409: 'problem' },
  },
  editMilestone: {
    method: 'PATCH',
    path: '/api/milestones/{id}',
    who: 'owner',
    summary: 'Change a milestone; another date is a revision, with its reason',
    body: settled.milestoneEdit,
    answers: { 200: settled.milestone, 409: 'problem' },
  },
  deleteMilestone: {
    method: 'DELETE',
    path: '/api/milestones/{id}',
    who: 'owner',
    summary: 'Delete a milestone',
    answers: { 204: 'none' },
  },
  listReports: {
    method: 'GET',
    path: '/api/reports',
    who: 'owner',
    summary: 'Milestone reports, the latest first, 50 a page',
    query: r.reportQuery,
    answers: { 200: r.reports },
  },
  addReport: {
    method: 'POST',
    path: '/api/reports',
    who: 'owner',
    summary: 'Begin a milestone report: since the last meeting, else since the last report, until now',
    body: r.newReport,
    answers: { 201: r.report },
  },
  getReport: {
    method: 'GET',
    path: '/api/reports/{id}',
    who: 'owner',
    summary: 'One report, compiled anew; as Markdown with Accept: text/markdown',
    answers: { 200: [r.report, 'markdown'] },
  },
  replaceReport: {
    method: 'PUT',
    path: '/api/reports/{id}',
    who: 'owner',
    summary: 'The owner’s paragraphs by heading and ticks by point; may move the span',
    body: r.reportEdit,
    answers: { 200: r.report },
  },
  getNextDigest: {
    method: 'GET',
    path: '/api/digests/next',
    who: 'owner',
    summary: 'The open period as its letters would be now',
    answers: { 200: d.nextDigest },
  },
  editNextDigest: {
    method: 'PATCH',
    path: '/api/digests/next',
    who: 'owner',
    summary: 'Summary and status of the open period; null takes one away',
    body: d.nextDigestEdit,
    answers: { 200: d.nextDigest },
  },
  holdDigest: {
    method: 'PUT',
    path: '/api/digests/next/hold',
    who: 'owner',
    summary: 'Hold the open period: its cut-offs pass',
    body: d.numbered,
    answers: { 200: d.nextDigest, 409: 'problem' },
  },
  liftHold: {
    method: 'DELETE',
    path: '/api/digests/next/hold',
    who: 'owner',
    summary: 'Lift the hold; closes the period if a cut-off came meanwhile, unless `close` is false',
    body: d.lifting,
    answers: { 204: 'none', 409: 'problem' },
  },
  closeDigest: {
    method: 'POST',
    path: '/api/digests',
    who: 'owner',
    summary: 'Close the open period now',
    body: d.numbered,
    answers: { 201: d.digest, 409: 'problem' },
  },
  listDigests: {
    method: 'GET',
    path: '/api/digests',
    who: 'owner',
    summary: 'Closed periods, the latest first, 50 a page',
    query: v.strictObject({ cursor: s.cursor }),
    answers: { 200: v.object({ digests: v.array(d.digest), nextCursor: v.nullable(v.string()) }) },
  },
  getDigest: {
    method: 'GET',
    path: '/api/digests/{slug}',
    who: 'owner',
    summary: 'One closed period, with its documents and the states of its deliveries',
    answers: { 200: d.digest },
  },
  editDigest: {
    method: 'PATCH',
    path: '/api/digests/{slug}',
    who: 'owner',
    summary: 'Release a late digest: its letters may be tried for 20 hours; or mark one by hand as forwarded',
    body: d.digestEdit,
    answers: { 200: d.digest, 409: 'problem' },
  },
  listDeliveries: {
    method: 'GET',
    path: '/api/digests/{slug}/deliveries',
    who: 'owner',
    summary: 'Deliveries of a digest, 50 a page',
    query: d.deliveryQuery,
    answers: { 200: v.object({ deliveries: v.array(d.delivery), nextCursor: v.nullable(v.string()) }) },
  },
  addDelivery: {
    method: 'POST',
    path: '/api/digests/{slug}/deliveries',
    who: 'owner',
    summary: 'Send an earlier letter to a newcomer',
    body: d.newDelivery,
    answers: { 201: d.delivery, 409: 'problem' },
  },
  editDelivery: {
    method: 'PATCH',
    path: '/api/digests/{slug}/deliveries/{recipient}',
    who: 'owner',
    summary: 'Settle an uncertain delivery (accepted), or send one again that did not arrive (waiting)',
    body: d.deliveryEdit,
    answers: { 200: d.delivery, 409: 'problem' },
  },
  listRecipients: {
    method: 'GET',
    path: '/api/recipients',
    who: 'owner',
    summary: 'All recipients',
    answers: { 200: v.object({ recipients: v.array(s.recipient) }) },
  },
  addRecipient: {
    method: 'POST',
    path: '/api/recipients',
    who: 'owner',
    summary: 'Add a recipient, to the inner circle unless said',
    body: s.newRecipient,
    answers: { 201: s.recipient, 409: 'problem' },
  },
  editRecipient: {
    method: 'PATCH',
    path: '/api/recipients/{id}',
    who: 'owner',
    summary: 'Change a recipient; whoever unsubscribed comes back only by their own hand',
    body: s.recipientEdit,
    answers: { 200: s.recipient, 409: 'problem' },
  },
  deleteRecipient: {
    method: 'DELETE',
    path: '/api/recipients/{id}',
    who: 'owner',
    summary: 'Delete a recipient',
    answers: { 204: 'none' },
  },
  listAuthors: {
    method: 'GET',
    path: '/api/authors',
    who: 'owner',
    summary: 'Authors and their devices',
    answers: { 200: v.object({ authors: v.array(s.author) }) },
  },
  addAuthor: {
    method: 'POST',
    path: '/api/authors',
    who: 'owner',
    summary: 'Add an author',
    body: s.newAuthor,
    answers: { 201: s.author },
  },
  addToken: {
    method: 'POST',
    path: '/api/authors/{id}/tokens',
    who: 'owner',
    summary: 'A token for a device of an author; shown this once',
    body: s.newToken,
    answers: { 201: v.object({ ...s.token.entries, token: v.string() }) },
  },
  deleteToken: {
    method: 'DELETE',
    path: '/api/tokens/{id}',
    who: 'owner',
    summary: 'End a device’s token',
    answers: { 204: 'none' },
  },
  putMailbox: {
    method: 'PUT',
    path: '/api/authors/{id}/mailbox',
    who: 'owner',
    summary: 'Who may post by mail as an author; the first time it makes the address',
    body: s.newMailbox,
    answers: { 200: s.mailbox },
  },
  deleteMailbox: {
    method: 'DELETE',
    path: '/api/authors/{id}/mailbox',
    who: 'owner',
    summary: 'End the address at which an author posts',
    answers: { 204: 'none' },
  },
  getSettings: {
    method: 'GET',
    path: '/api/settings',
    who: 'owner',
    summary: 'All settings',
    answers: { 200: settings },
  },
  editSettings: {
    method: 'PATCH',
    path: '/api/settings',
    who: 'owner',
    summary: 'Change some settings',
    body: settingsEdit,
    answers: { 200: settings },
  },
  tick: {
    method: 'POST',
    path: '/api/tick',
    who: 'tick',
    summary: 'What the cron does, by hand; starts no call after 15 seconds',
    answers: { 200: d.ticked },
  },
  getHealth: {
    method: 'GET',
    path: '/healthz',
    who: 'anyone',
    summary: 'Whether all that is due has gone out: 200, or 503',
    answers: { 200: receipt.health, 503: [receipt.health, 'problem'] },
  },
  takeReceipt: {
    method: 'POST',
    path: '/webhooks/resend',
    who: 'anyone',
    summary: 'The provider’s signed receipts; an event that is not about our mail changes nothing',
    body: receipt.signedEvent,
    takes: ['raw'],
    answers: { 200: receipt.receiptTaken, 401: 'problem' },
  },
  exportPart: {
    method: 'GET',
    path: '/api/export',
    who: 'owner',
    summary:
      'All that the project holds, 500 lines a page; Link leads to the next. 409: it changed, begin again',
    query: v.strictObject({ cursor: s.cursor }),
    answers: { 200: 'lines', 409: 'problem' },
  },
  importPart: {
    method: 'POST',
    path: '/api/import',
    who: 'owner',
    summary: 'One page of an export, whole or not at all; the first into an empty database, which it holds',
    body: part,
    takes: ['lines'],
    answers: { 200: imported, 409: 'problem' },
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    who: 'anyone',
    summary: 'This document',
    answers: { 200: v.looseObject({ openapi: v.string() }) },
  },
  showHome: {
    method: 'GET',
    path: '/',
    who: 'anyone',
    summary: 'Leads to the desk, the page for writing or the archive, or asks to sign in',
    query: v.object({ to: v.optional(v.string()) }),
    answers: { 200: 'page', 303: 'none' },
  },
  beginSession: {
    method: 'POST',
    path: '/session',
    who: 'anyone',
    summary: 'The owner or an author signs in with a token, and comes back to where it was asked for',
    body: v.strictObject({
      token: s.filled(200),
      to: v.optional(v.string()),
      typed: v.optional(v.string()),
    }),
    takes: ['form'],
    answers: { 200: 'page', 303: 'none', 401: 'page' },
  },
  endSession: {
    method: 'POST',
    path: '/session/end',
    who: 'anyone',
    summary: 'Sign out',
    answers: { 303: 'none' },
  },
  showSignIn: {
    method: 'GET',
    path: '/session/{token}',
    who: 'anyone',
    summary: 'The link of a QR code: a page with a button; starts no session',
    answers: { 200: 'page' },
  },
  useSignIn: {
    method: 'POST',
    path: '/session/{token}',
    who: 'anyone',
    summary: 'Starts a session of the owner, once',
    body: v.strictObject({}),
    takes: ['form'],
    answers: { 303: 'none' },
  },
  askForAccess: {
    method: 'POST',
    path: '/archive/access',
    who: 'anyone',
    isCounted: true,
    summary:
      'Mails a way into the archive to a recipient’s own address; the same answer whether known or not',
    body: v.strictObject({ email: s.email }),
    takes: ['form'],
    answers: { 200: 'page' },
  },
  showAccess: {
    method: 'GET',
    path: '/r/{token}',
    who: 'anyone',
    summary: 'A page with a button; starts no session',
    answers: { 200: 'page' },
  },
  useAccess: {
    method: 'POST',
    path: '/r/{token}',
    who: 'anyone',
    summary: 'Starts a recipient’s session',
    answers: { 303: 'none' },
  },
  showArchive: {
    method: 'GET',
    path: '/archive',
    who: 'reader',
    summary: 'The letters by year, 50 a page',
    query: v.strictObject({ before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/u, 'is no number'))) }),
    answers: { 200: 'page' },
  },
  getAllMarkdown: {
    method: 'GET',
    path: '/archive/all.md',
    who: 'reader',
    summary: 'The whole term in one file',
    answers: { 200: 'markdown' },
  },
  showReading: {
    method: 'GET',
    path: '/archive/reading',
    who: 'reader',
    summary: 'What was read, each paper once, with BibTeX',
    answers: { 200: 'page' },
  },
  showMilestones: {
    method: 'GET',
    path: '/archive/milestones',
    who: 'reader',
    summary: 'Milestones by date, with every move that a letter told',
    answers: { 200: 'page' },
  },
  showResults: {
    method: 'GET',
    path: '/archive/results',
    who: 'reader',
    summary: 'Each metric’s numbers, the latest first, with a chart',
    answers: { 200: 'page' },
  },
  showSearch: {
    method: 'GET',
    path: '/archive/search',
    who: 'reader',
    summary:
      'Full text over the letters: words, "phrases", prefixes*, kind: author: tag: since: until:, 25 a page',
    query: v.strictObject({
      q: v.optional(v.string()),
      after: v.optional(v.pipe(v.string(), v.regex(/^[0-2]-\d{1,9}-\d{1,4}$/u, 'is no place in a search'))),
    }),
    answers: { 200: 'page' },
  },
  showDigest: {
    method: 'GET',
    path: '/archive/{slug}',
    who: 'reader',
    summary: 'One letter; as Markdown with `.md` behind it or Accept: text/markdown',
    answers: { 200: ['page', 'markdown'] },
  },
  showLetter: {
    method: 'GET',
    path: '/l/{token}',
    who: 'anyone',
    summary: 'The letter’s own page: that letter and nothing else',
    answers: { 200: 'page' },
  },
  showUnsubscribe: {
    method: 'GET',
    path: '/unsubscribe/{token}',
    who: 'anyone',
    summary: 'A page with a button; changes nothing',
    answers: { 200: 'page' },
  },
  unsubscribe: {
    method: 'POST',
    path: '/unsubscribe/{token}',
    who: 'anyone',
    summary: 'Stop the letters at once, without a redirect (RFC 8058)',
    answers: { 200: 'page' },
  },
  undoUnsubscribe: {
    method: 'POST',
    path: '/unsubscribe/{token}/undo',
    who: 'anyone',
    summary: 'Take an unsubscription back',
    answers: { 200: 'page' },
  },
  ...deskRoutes,
} as const satisfies Record<string, Route>

export type Routes = typeof routes
