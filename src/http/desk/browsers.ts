import { dayInWords } from '../../core/period.ts'
import { browsersPage, lostPage } from '../../render/pages/desk/browsers.tsx'
import { listBrowsers, signOutBrowser, signOutBrowsers } from '../../store/sessions.ts'
import { type Caller, type Handlers, page, redirect } from '../call.ts'
import { forgetPages, lifeMs, ownerHashOf, sessionHash } from '../session.ts'
import { viewerOf } from './viewer.ts'

export const browserHandlers: Handlers<'listBrowsers' | 'signOutBrowser' | 'signOutBrowsers' | 'showLost'> = {
  async listBrowsers(call) {
    const { db, env, caller, now, query } = call
    const viewer = await viewerOf(call)
    const browsers = await listBrowsers(db, authorOf(caller), await ownerHashOf(env), now)
    const current = await sessionHash(call)
    const shown = browsers.map(({ endsAt, ...browser }) => ({
      ...browser,
      usedOn: dayInWords(viewer.zone, viewer.locale, endsAt - lifeMs.owner), // renewed by use, once a day
      isThis: browser.hash === current,
    }))
    return page(200, browsersPage(viewer, shown, query.did))
  },

  async signOutBrowser({ db, caller, params }) {
    await signOutBrowser(db, authorOf(caller), params.hash ?? '')
    return redirect('/sessions?did=signedOut', forgetPages)
  },

  async signOutBrowsers({ db, caller }) {
    await signOutBrowsers(db, authorOf(caller))
    return redirect('/?did=signedOut', forgetPages)
  },

  async showLost(call) {
    return page(200, lostPage(await viewerOf(call)))
  },
}

/** Whose sessions they are: null for the owner's. */
function authorOf({ author, scope }: Caller): string | null {
  return scope === 'owner' ? null : author.id
}
