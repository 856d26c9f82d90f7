/** The browsers in which one is signed in (PURE), and what to do about a device that is lost. */
import { type DeskDid, deskWords as words } from '../../../core/desk-words.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button } from './forms.tsx'

type Browser = {
  readonly hash: string
  readonly browser: string
  readonly author: { readonly name: string } | null
  /** The day of its last use, in words. */
  readonly usedOn: string
  readonly isThis: boolean
}

export function browsersPage(viewer: Viewer, browsers: readonly Browser[], did: DeskDid | undefined): string {
  return deskPage({
    viewer,
    did,
    title: words.browsers,
    children: (
      <>
        <ul class="rows">
          {browsers.map(({ hash, browser, author, usedOn, isThis }) => {
            const name = [browser || words.unknownBrowser, viewer.isOwner && author?.name]
            return (
              <li>
                <p>
                  {name.filter(Boolean).join(' · ')}{' '}
                  <span class="said">{isThis ? words.thisBrowser : words.lastUsed(usedOn)}</span>
                </p>
                {!isThis && <Button action={`/sessions/${hash}/end`}>{words.signOutBrowser}</Button>}
              </li>
            )
          })}
        </ul>
        <p class="said">
          {words.browsersWhy} {viewer.isOwner && <a href="/desk/lost">{words.isLost}</a>}
        </p>
        <Button action="/sessions/end">{words.signOutAll}</Button>
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
          <a href="/sessions">{words.toBrowsers}</a>
        </p>
      </>
    ),
  })
}
