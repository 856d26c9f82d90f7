/** Links by which another browser of the owner signs in: a look at one does not use it up. */
import { newSecret, sha256 } from '../core/secret.ts'
import { signInEndedPage, signInLinkPage } from '../render/pages/sign-in.tsx'
import { openProject } from '../store/project.ts'
import { isOpenSignIn, useSignIn } from '../store/sign-ins.ts'
import { type Call, type Handlers, page, redirect } from './call.ts'
import { beginSession, ownerHashOf } from './session.ts'

/** How long a link works. */
export const signInMs = 10 * 60_000

export const signInHandlers: Handlers<'showSignIn' | 'useSignIn'> = {
  async showSignIn(call) {
    if (!(await isOpenSignIn(call.db, await signInOf(call), call.now))) return page(404, signInEndedPage())
    const { settings } = await openProject(call.db, call.now)
    return page(200, signInLinkPage(settings, call.url.pathname, newSecret()))
  },

  async useSignIn(call) {
    const usedBy = await sha256(call.extra.key ?? newSecret())
    const isTheirs = await useSignIn(call.db, await signInOf(call), usedBy, call.now)
    if (!isTheirs) return page(404, signInEndedPage())
    return redirect('/write', { 'Set-Cookie': await beginSession(call, null) })
  },
}

async function signInOf({ env, params }: Pick<Call, 'env' | 'params'>) {
  return { hash: await sha256(params.token ?? ''), ownerHash: (await ownerHashOf(env)) ?? '' }
}
