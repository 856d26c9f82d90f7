/** The part of the table of routes that is pages about posting from elsewhere. */
import type { Route } from '../routes.ts'

export const channelRoutes = {
  showApi: {
    method: 'GET',
    path: '/desk/api',
    who: 'writer',
    hasScript: true,
    summary: 'How to post from a laptop, a browser, a script: lines to be pasted',
    answers: { 200: 'page' },
  },
} as const satisfies Record<string, Route>
