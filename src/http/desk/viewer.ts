import type { Viewer } from '../../render/pages/desk/desk-page.tsx'
import { openProject } from '../../store/project.ts'
import type { Call, Caller } from '../call.ts'

/** What each page of the desk must know of the project and of who looks. */
export async function viewerOf(
  call: Pick<Call, 'db' | 'now'> & { readonly caller: Caller },
): Promise<Viewer> {
  const { title, locale, schedule } = (await openProject(call.db, call.now)).settings
  return { title, locale, zone: schedule.zone, isOwner: call.caller.scope === 'owner' }
}
