import type { Result } from '../core/result.ts'
import { isSame, isToken, sha256 } from '../core/secret.ts'
import { resumePage } from '../render/pages/desk/resume.tsx'
import { signInPage } from '../render/pages/sign-in.tsx'
import { findByToken } from '../store/authors.ts'
import { owner } from '../store/project.ts'
import type { SignedIn } from '../store/sessions.ts'
import { type Call, type Handlers, page, type Reply, redirect } from './call.ts'
import { viewerOf } from './desk/viewer.ts'
import type { Routes } from './routes.ts'
import { beginSession, endSession, forgetPages, visitorOf } from './session.ts'

/** Where each is led who comes without a way of their own. */
const homes: Readonly<Record<SignedIn['is'], string>> = {
  owner: '/desk',
  author: '/write',
  recipient: '/archive',
}

export const homeHandlers: Handlers<'showHome' | 'beginSession' | 'endSession'> = {
  async showHome(call) {
    const signedIn = await visitorOf(call)
    return signedIn === null
      ? page(200, signInPage({ to: localPath(call.query.to), isSignedOut: call.query.did === 'signedOut' }))
      : redirect(homes[signedIn.is])
  },

  async beginSession(call) {
    const { token, to, typed } = call.body
    const signer = await signerOf(call, token.trim())
    if (signer === null) return page(401, signInPage({ isWrong: true, to: localPath(to), typed }))
    const headers = { 'Set-Cookie': await beginSession(call, null, signer.token) }
    return goOn(call, signer, headers)
  },

  async endSession(call) {
    return redirect('/?did=signedOut', { 'Set-Cookie': await endSession(call), ...forgetPages })
  },
}

type SignInCall = Call<Routes['beginSession']>

/** Who signs in: the owner, or an author with the id of a device's token. */
type Signer = Pick<Parameters<typeof viewerOf>[0], 'caller'> & { readonly token: string | null }

async function signerOf({ env, db, now }: SignInCall, token: string): Promise<Signer | null> {
  if (env.OWNER_TOKEN && (await isSame(token, env.OWNER_TOKEN))) {
    return { caller: { author: owner, scope: 'owner' }, token: null }
  }
  if (!isToken(token)) return null
  const found = await findByToken(db, await sha256(token), new Date(now).toISOString().slice(0, 10))
  if (found === null || found.scope !== 'post') return null
  return { caller: { author: found.author, scope: found.scope }, token: found.token }
}

/** Back to what asked for it; a form that was posted without a session is shown again with what was typed. */
async function goOn(
  call: SignInCall,
  { caller, token }: Signer,
  headers: Record<string, string>,
): Promise<Result<Reply>> {
  const to = localPath(call.body.to)
  if (to === undefined) return redirect(token === null ? homes.owner : homes.author, headers)
  if (call.body.typed === undefined) return redirect(to, headers)
  const viewer = await viewerOf({ ...call, caller })
  return page(200, resumePage(viewer, to, [...new URLSearchParams(call.body.typed)]), headers)
}

/** A path of ours that somebody with a session comes to; whatever else is given leads nowhere. */
function localPath(path: string | undefined): string | undefined {
  return path !== undefined && /^\/(?:write|desk|sessions|archive)(?:[/?][^\s\\]*)?$/u.test(path)
    ? path
    : undefined
}
