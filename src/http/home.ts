import { fail } from '../core/result.ts'
import { isSame } from '../core/secret.ts'
import { signInPage } from '../render/pages/sign-in.tsx'
import { type Handlers, page, redirect } from './call.ts'
import { beginSession, endSession, visitorOf } from './session.ts'

export const homeHandlers: Handlers<'showHome' | 'beginSession' | 'endSession'> = {
  async showHome(call) {
    return (await visitorOf(call)) === null ? page(200, signInPage({ isWrong: false })) : redirect('/archive')
  },

  async beginSession(call) {
    const { env, body } = call
    const isOwner = env.OWNER_TOKEN ? await isSame(body.token.trim(), env.OWNER_TOKEN) : false
    if (!isOwner) return fail({ reason: 'unauthorized' })
    return redirect('/archive', { 'Set-Cookie': await beginSession(call, null) })
  },

  async endSession(call) {
    return redirect('/', { 'Set-Cookie': await endSession(call) })
  },
}
