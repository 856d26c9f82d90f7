/**
 * The part of the table of routes that is pages for those who write: forms are posted, do what the API does (see
 * perform.ts), and lead on by 303 to a page that says so.
 */
import * as v from 'valibot'
import { kindNames } from '../../core/kinds.ts'
import type { Route } from '../routes.ts'
import { cursor } from '../schemas.ts'
import { channelRoutes } from './channels-routes.ts'
import { did, form } from './form.ts'
import { lettersRoutes } from './letters-routes.ts'
import { milestonePageRoutes } from './milestones-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { previewRoutes } from './preview-routes.ts'
import { reportPageRoutes } from './report-routes.ts'
import { settingsRoutes } from './settings-routes.ts'

/** Names what was posted, and what the answer is about. */
const key = v.optional(v.pipe(v.string(), v.maxLength(255)))

/** What another page hands over, to be looked at here. */
const handed = v.optional(v.string())

export const deskRoutes = {
  ...peopleRoutes,
  ...previewRoutes,
  ...lettersRoutes,
  ...settingsRoutes,
  ...milestonePageRoutes,
  ...reportPageRoutes,
  ...channelRoutes,
  showWrite: {
    method: 'GET',
    path: '/write',
    who: 'writer',
    hasScript: true,
    isApp: true,
    summary:
      'The page for writing; after a post its answer line, and a way to take it back. Filled in by text, title, url, kind',
    query: v.strictObject({
      posted: key,
      did,
      text: handed,
      title: handed,
      url: handed,
      kind: v.optional(v.picklist(kindNames)),
      /** Where the device keeps photos for the page, which another app has shared. */
      shared: v.optional(v.literal('photos')),
      older: cursor,
    }),
    answers: { 200: 'page' },
  },
  showOffline: {
    method: 'GET',
    path: '/write/offline',
    who: 'anyone',
    hasScript: true,
    isApp: true,
    summary: 'The page for writing where there is no line: kept on a device, it has nothing of anybody',
    answers: { 200: 'page' },
  },
  write: {
    method: 'POST',
    path: '/write',
    who: 'writer',
    summary:
      'Posts what was typed; with `act=check` says what would be understood. Accept: text/plain gives the answer line',
    body: form,
    takes: ['form', 'multipart'],
    answers: { 200: ['page', 'text'], 201: 'text', 303: 'none' },
  },
  undoWrite: {
    method: 'POST',
    path: '/write/undo',
    who: 'writer',
    summary: 'Takes back the post with this key, if it is the latest',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  restoreUpdate: {
    method: 'POST',
    path: '/write/restored',
    who: 'writer',
    summary: 'Brings back what was deleted, as it was',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  showUpdate: {
    method: 'GET',
    path: '/write/{id}',
    who: 'writer',
    summary: 'An update, to be edited, or corrected where it is frozen',
    query: v.strictObject({ from: v.optional(v.literal('letter')) }),
    answers: { 200: 'page' },
  },
  changeUpdate: {
    method: 'POST',
    path: '/write/{id}',
    who: 'writer',
    hasScript: true, // it may be the page for writing
    summary: 'Changes or corrects an update; after photos were taken out a page that puts them back',
    body: form,
    takes: ['form'],
    answers: { 200: 'page', 303: 'none' },
  },
  removeUpdate: {
    method: 'POST',
    path: '/write/{id}/deleted',
    who: 'writer',
    hasScript: true, // it is the page for writing
    isApp: true,
    summary: 'Deletes an update; the page holds what brings it back',
    body: form,
    takes: ['form'],
    answers: { 200: 'page' },
  },
  showWeek: {
    method: 'GET',
    path: '/desk',
    who: 'desk',
    summary: 'This week: the letter so far, and what it waits for; `q` finds updates',
    query: v.strictObject({
      did,
      q: v.optional(v.pipe(v.string(), v.maxLength(200, 'at most 200 characters'))),
    }),
    answers: { 200: 'page' },
  },
  hideFirstSteps: {
    method: 'POST',
    path: '/desk/first-steps',
    who: 'desk',
    summary: 'Hides the list of first steps, or shows it again',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  sayOpening: {
    method: 'POST',
    path: '/desk/opening',
    who: 'desk',
    summary: 'Summary and status of the open period',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  sayPlan: {
    method: 'POST',
    path: '/desk/plans/{id}',
    who: 'desk',
    summary: 'What came of a plan; `outcome=back` takes it back',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  sayItem: {
    method: 'POST',
    path: '/desk/items/{id}',
    who: 'desk',
    summary: 'What became of an ask, need or blocker; `state=back` takes it back',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  listBrowsers: {
    method: 'GET',
    path: '/sessions',
    who: 'writer',
    summary: 'Where the owner, or this author, is signed in',
    query: v.strictObject({ did }),
    answers: { 200: 'page' },
  },
  signOutBrowser: {
    method: 'POST',
    path: '/sessions/{hash}/end',
    who: 'writer',
    summary: 'Sign a browser out',
    answers: { 303: 'none' },
  },
  signOutBrowsers: {
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
