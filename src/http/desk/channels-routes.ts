/** The part of the table of routes that is pages about posting from elsewhere. */
import type { Route } from '../routes.ts'
import { form } from './form.ts'

export const channelRoutes = {
  showApi: {
    method: 'GET',
    path: '/desk/api',
    who: 'writer',
    hasScript: true,
    summary: 'How to post from a laptop, a browser, a script: lines to be pasted',
    answers: { 200: 'page' },
  },
  showPhone: {
    method: 'GET',
    path: '/desk/phone',
    who: 'desk',
    hasScript: true,
    summary: 'The shortcut for an iPhone, step by step; makes nothing',
    answers: { 200: 'page' },
  },
  makePhoneToken: {
    method: 'POST',
    path: '/desk/phone/token',
    who: 'desk',
    hasScript: true,
    summary: 'The steps with a token just made, shown this once',
    body: form,
    takes: ['form'],
    answers: { 200: 'page' },
  },
  makeSignIn: {
    method: 'POST',
    path: '/desk/phone/sign-in',
    who: 'desk',
    hasScript: true,
    summary: 'A QR code that signs a phone in: once, within ten minutes',
    answers: { 200: 'page' },
  },
} as const satisfies Record<string, Route>
