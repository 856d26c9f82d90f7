/** Where one is signed in (PURE), and what to do about a device that is lost. */
import { type DeskDid, deskWords as words } from '../../../core/desk-words.ts'
import { apiWords, phoneWords } from '../../../core/desk-words-channels.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button } from './forms.tsx'

type Device = {
  readonly hash: string
  readonly device: string
  readonly author: { readonly name: string } | null
  /** The day of its last use, in words. */
  readonly usedOn: string
  readonly isThis: boolean
}

export function devicesPage(viewer: Viewer, devices: readonly Device[], did: DeskDid | undefined): string {
  return deskPage({
    viewer,
    did,
    title: words.devices,
    children: (
      <>
        <ul class="rows">
          {devices.map(({ hash, device, author, usedOn, isThis }) => {
            const name = [device || words.unknownDevice, viewer.isOwner && author?.name]
            return (
              <li>
                <p>
                  {name.filter(Boolean).join(' · ')}{' '}
                  <span class="said">{isThis ? words.thisDevice : words.lastUsed(usedOn)}</span>
                </p>
                {!isThis && <Button action={`/sessions/${hash}/end`}>{words.signOutDevice}</Button>}
              </li>
            )
          })}
        </ul>
        <p class="said">
          {words.devicesWhy} {viewer.isOwner && <a href="/desk/lost">{words.isLost}</a>}
        </p>
        <Button action="/sessions/end">{words.signOutAll}</Button>
        <h2>{words.elsewhere}</h2>
        <ul class="rows">
          {viewer.isOwner && (
            <li>
              <a class="row" href="/desk/phone">
                {phoneWords.phone}
              </a>
            </li>
          )}
          <li>
            <a class="row" href="/desk/api">
              {apiWords.api}
            </a>
          </li>
        </ul>
      </>
    ),
  })
}

export function lostPage(viewer: Viewer): string {
  return deskPage({
    viewer,
    title: words.lost,
    children: (
      <>
        <p>{words.lostWhy}</p>
        <ol>
          {words.lostSteps.map(([what, how]) => (
            <li>
              <strong>{what}</strong> {how}
            </li>
          ))}
        </ol>
        <p>
          <a href="/sessions">{words.toDevices}</a>
        </p>
      </>
    ),
  })
}
