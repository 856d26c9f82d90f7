/** The part of the table of routes that is the pages of letters that have closed. */
import * as v from 'valibot'
import type { Route } from '../routes.ts'
import { cursor } from '../schemas.ts'
import { did, form } from './form.ts'

export const lettersRoutes = {
  showLetters: {
    method: 'GET',
    path: '/desk/letters',
    who: 'desk',
    summary: 'The letters that have closed, 25 a page, and how each went',
    query: v.strictObject({ before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/u))) }),
    answers: { 200: 'page' },
  },
  showClosed: {
    method: 'GET',
    path: '/desk/letters/{slug}',
    who: 'desk',
    summary: 'One letter: who got it, what is to be settled, and what it told',
    query: v.strictObject({ did, after: cursor }),
    answers: { 200: 'page' },
  },
  releaseClosed: {
    method: 'POST',
    path: '/desk/letters/{slug}/released',
    who: 'desk',
    summary: 'Lets letters that are late go out, if they are as many as the page said',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  settleDelivery: {
    method: 'POST',
    path: '/desk/letters/{slug}/readers/{recipient}',
    who: 'desk',
    summary: 'Says that a letter arrived, or sends it again',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  askToWithdraw: {
    method: 'GET',
    path: '/desk/letters/{slug}/updates/{id}',
    who: 'desk',
    summary: 'Asks whether to withdraw an update that went out, and says whom it has reached',
    answers: { 200: 'page', 303: 'none' },
  },
  withdrawTold: {
    method: 'POST',
    path: '/desk/letters/{slug}/updates/{id}/withdrawn',
    who: 'desk',
    summary: 'Withdraws an update that went out',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
} as const satisfies Record<string, Route>
