import { dayInWords } from '../../core/period.ts'
import { devicesPage, lostPage } from '../../render/pages/desk/devices.tsx'
import { endDevice, endDevices, listDevices } from '../../store/sessions.ts'
import { type Caller, type Handlers, page, redirect } from '../call.ts'
import { forgetPages, lifeMs, ownerHashOf, sessionHash } from '../session.ts'
import { viewerOf } from './viewer.ts'

export const deviceHandlers: Handlers<'listDevices' | 'endDevice' | 'endDevices' | 'showLost'> = {
  async listDevices(call) {
    const { db, env, caller, now, query } = call
    const viewer = await viewerOf(call)
    const devices = await listDevices(db, authorOf(caller), await ownerHashOf(env), now)
    const current = await sessionHash(call)
    const shown = devices.map(({ endsAt, ...device }) => ({
      ...device,
      usedOn: dayInWords(viewer.zone, viewer.locale, endsAt - lifeMs.owner), // renewed by use, once a day
      isThis: device.hash === current,
    }))
    return page(200, devicesPage(viewer, shown, query.did))
  },

  async endDevice({ db, caller, params }) {
    await endDevice(db, authorOf(caller), params.hash ?? '')
    return redirect('/sessions?did=signedOut', forgetPages)
  },

  async endDevices({ db, caller }) {
    await endDevices(db, authorOf(caller))
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
