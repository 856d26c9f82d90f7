/** The part of the table of routes that is the page of the settings. */
import * as v from 'valibot'
import type { Route } from '../routes.ts'
import { did, form } from './form.ts'

export const settingsRoutes = {
  showSettings: {
    method: 'GET',
    path: '/desk/settings',
    who: 'desk',
    hasScript: true,
    summary: 'Every setting, and the next three cut-offs',
    query: v.strictObject({ did }),
    answers: { 200: 'page' },
  },
  changeSettings: {
    method: 'POST',
    path: '/desk/settings',
    who: 'desk',
    summary:
      'Changes the settings that were typed anew; with `act=cutOffs` shows the cut-offs, as text where that is accepted, and changes none',
    body: form,
    takes: ['form'],
    answers: { 200: 'page', 303: 'none' },
  },
} as const satisfies Record<string, Route>
