/** The part of the table of routes that is the pages of the milestone report. */
import * as v from 'valibot'
import type { Route } from '../routes.ts'
import { cursor } from '../schemas.ts'
import { did, form } from './form.ts'

export const reportPageRoutes = {
  showReports: {
    method: 'GET',
    path: '/desk/report',
    who: 'desk',
    summary: 'The reports, 25 a page, and a form that begins one',
    query: v.strictObject({ before: cursor }),
    answers: { 200: 'page' },
  },
  beginReport: {
    method: 'POST',
    path: '/desk/report',
    who: 'desk',
    summary: 'Begins a report, once however often it is sent',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  showReport: {
    method: 'GET',
    path: '/desk/report/{id}',
    who: 'desk',
    summary: 'A report to be written in, compiled anew',
    query: v.strictObject({ did }),
    answers: { 200: 'page' },
  },
  changeReport: {
    method: 'POST',
    path: '/desk/report/{id}',
    who: 'desk',
    summary: 'Keeps the words and ticks that were changed; with `act=now` the span reaches to now',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  readReport: {
    method: 'GET',
    path: '/desk/report/{id}/read',
    who: 'desk',
    hasScript: true,
    summary: 'A report as it reads, to be copied or printed',
    answers: { 200: 'page' },
  },
} as const satisfies Record<string, Route>
