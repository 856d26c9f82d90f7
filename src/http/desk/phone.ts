import { phoneWords } from '../../core/desk-words-channels.ts'
import { authorWords } from '../../core/desk-words-people.ts'
import { newId, newSecret, sha256 } from '../../core/secret.ts'
import { type Phone, phonePage } from '../../render/pages/desk/phone.tsx'
import { owner } from '../../store/project.ts'
import { insertSignIn } from '../../store/sign-ins.ts'
import { authorHandlers } from '../authors.ts'
import { type Call, type Caller, type Handlers, page } from '../call.ts'
import { ownerHashOf } from '../session.ts'
import { signInMs } from '../sign-ins.ts'
import { tokenOf } from './authors.ts'
import { perform } from './perform.ts'
import { viewerOf } from './viewer.ts'

export const phoneHandlers: Handlers<'showPhone' | 'makePhoneToken' | 'makeSignIn'> = {
  async showPhone(call) {
    return page(200, await showPhone(call, {}))
  },

  async makePhoneToken(call) {
    const device = { name: phoneWords.device }
    const done = await perform('addToken', authorHandlers, { ...call, params: { id: owner.id } }, device)
    if (done.ok) return page(200, await showPhone(call, { token: tokenOf(done.value.body) }))
    if (done.problem.reason !== 'notFound') return done
    return page(409, await showPhone(call, { errors: [{ field: 'name', message: authorWords.madeAlready }] }))
  },

  async makeSignIn(call) {
    const { env, db, now, url } = call
    const token = newSecret()
    const ownerHash = (await ownerHashOf(env)) ?? ''
    await insertSignIn(db, { hash: await sha256(token), ownerHash, endsAt: now + signInMs, now })
    return page(200, await showPhone(call, { link: `${url.origin}/session/${token}` }))
  },
}

async function showPhone(
  call: Pick<Call, 'db' | 'now' | 'url'> & { readonly caller: Caller },
  shown: Partial<Omit<Phone, 'address' | 'key'>>,
): Promise<string> {
  return phonePage(await viewerOf(call), {
    ...{ token: null, errors: [], link: null },
    ...shown,
    address: call.url.origin,
    key: newId(call.now),
  })
}
