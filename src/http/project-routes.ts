/** The part of the table of routes that is the project: who writes, settings, the cron, receipts, moving house. */

import * as v from 'valibot'
import * as d from './digest-schemas.ts'
import { imported, part } from './line-schemas.ts'
import * as receipt from './receipt-schemas.ts'
import type { Route } from './routes.ts'
import * as s from './schemas.ts'
import { settings, settingsEdit } from './settings-schema.ts'

export const projectRoutes = {
  listAuthors: {
    method: 'GET',
    path: '/api/authors',
    who: 'owner',
    summary: 'Authors and their tokens, one a device',
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
  exportFile: {
    method: 'GET',
    path: '/api/export/files/{name}',
    who: 'owner',
    isFile: true,
    summary: 'The file of a photo that an export names',
    answers: { 200: 'file' },
  },
  importFile: {
    method: 'PUT',
    path: '/api/import/files/{name}',
    who: 'owner',
    summary: 'The file of a photo that was imported; once it is there, nothing changes it',
    body: v.instance(Uint8Array),
    takes: ['file'],
    answers: { 204: 'none', 409: 'problem' },
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    who: 'anyone',
    summary: 'This document',
    answers: { 200: v.looseObject({ openapi: v.string() }) },
  },
} as const satisfies Record<string, Route>
