/**
 * The part of the table of routes that is pages for those who write: forms are posted, do what the API does (see
 * perform.ts), and lead on by 303 to a page that says so.
 */
import * as v from 'valibot'
import { deskDids } from '../../core/desk-words.ts'
import type { Route } from '../routes.ts'

/** What a page may be asked for beside its path: what was done before it. */
const did = v.optional(v.picklist(deskDids))

/** Whatever was typed: the schema of the API judges it, so that the page can show it again beside what is wrong. */
export const form = v.record(v.string(), v.unknown())

export const deskRoutes = {
  listDevices: {
    method: 'GET',
    path: '/sessions',
    who: 'writer',
    summary: 'Where the owner, or this author, is signed in',
    query: v.strictObject({ did }),
    answers: { 200: 'page' },
  },
  endDevice: {
    method: 'POST',
    path: '/sessions/{hash}/end',
    who: 'writer',
    summary: 'Sign a device out',
    answers: { 303: 'none' },
  },
  endDevices: {
    method: 'POST',
    path: '/sessions/end',
    who: 'writer',
    summary: 'Sign out everywhere',
    answers: { 303: 'none' },
  },
  showLost: {
    method: 'GET',
    path: '/desk/lost',
    who: 'desk',
    summary: 'What to do about a lost device',
    answers: { 200: 'page' },
  },
} as const satisfies Record<string, Route>
