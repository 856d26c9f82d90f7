/** The page for writing (PURE): a field, the kinds as chips, one button; below it what was understood, and one's latest. */
import type { Child } from 'hono/jsx'
import { type DeskDid, deskWords as words } from '../../../core/desk-words.ts'
import { apiWords, phoneWords } from '../../../core/desk-words-channels.ts'
import type { Update } from '../../../core/update.ts'
import { Answer } from '../answer.tsx'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button } from './forms.tsx'
import { type Unkept, UnkeptPhotos } from './photos.tsx'
import { UpdateRow } from './update.tsx'
import { WaitingPosts, WriteForm } from './write-form.tsx'

type Props = Parameters<typeof WriteForm>[0] & {
  /** What is understood, or was: a posted one can be taken back by its key. */
  readonly answer: { readonly line: string; readonly undo: string | null; readonly isNoted: boolean } | null
  readonly removed: Child
  readonly did: DeskDid | undefined
  /** "4 this week, out Fri 16:00" */
  readonly week: string
  /** What was not kept of latest posts: a mail gets no answer that could say so. */
  readonly unkept: readonly Unkept[]
  /** What posts did beside updates, the newest first, with its day. */
  readonly settled: readonly { readonly what: string; readonly day: string }[]
  readonly latest: readonly Update[]
  /** Where those before them go on; null at the first. */
  readonly older: string | null
}

export function writePage(viewer: Viewer, props: Props): string {
  const { answer, removed, did, week, unkept, settled, latest, older, ...form } = props
  return deskPage({
    viewer,
    did,
    title: words.write,
    script: 'write.js',
    isApp: true,
    isTitleUnseen: true,
    children: (
      <>
        {removed}
        <WriteForm {...form} />
        <div class="acts" id="answer">
          {answer === null && <p class="said">{week}</p>}
          {answer?.isNoted === true && <Answer>{linked(answer.line)}</Answer>}
          {answer?.isNoted === false && (
            <p class="said" role="status">
              {answer.line}
            </p>
          )}
          {answer !== null && answer.undo !== null && (
            <Button action="/write/undo" hidden={{ key: answer.undo }}>
              {words.undo}
            </Button>
          )}
        </div>
        <UnkeptPhotos unkept={unkept} />
        <WaitingPosts />
        <h2 id="yours">{words.yours}</h2>
        {latest.length === 0 && <p class="said">{words.none}</p>}
        <ul class="rows">
          {latest.map((update, index) => (
            <UpdateRow
              viewer={viewer}
              update={update}
              from="write"
              hasCircles={form.hasCircles}
              near={latest[index + 1]?.id ?? latest[index - 1]?.id ?? 'yours'}
            />
          ))}
        </ul>
        <div class="acts">
          {viewer.isOwner && (
            <a class="row" href="/desk#letter">
              {words.allOfWeek}
            </a>
          )}
          {older !== null && (
            <a class="row" rel="next" href={`/write?older=${older}#yours`}>
              {words.older}
            </a>
          )}
        </div>
        {settled.length > 0 && (
          <>
            <h2>{words.settled}</h2>
            <ul class="rows">
              {settled.map(({ what, day }) => (
                <li>
                  <p>{what}</p>
                  <p class="said">{day}</p>
                </li>
              ))}
            </ul>
          </>
        )}
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

/** A line, in which whom one can write to sooner is a link. */
function linked(line: string): Child {
  return line.split(/(mailto:[^\s“”]+)/u).map((piece, index) => {
    const isLink = index % 2 === 1
    return isLink ? <a href={piece}>{words.mail(decodeURIComponent(piece.replace('mailto:', '')))}</a> : piece
  })
}
