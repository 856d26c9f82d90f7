/** What the owner gets ahead of a cut-off (PURE): a nudge, and the preview of the letter. */
import { raw } from 'hono/html'
import { type Fate, aheadWords as words } from '../core/ahead-words.ts'
import type { Document } from '../core/digest.ts'
import type { Open } from '../core/open.ts'
import type { Missing, Settings } from '../core/project.ts'
import type { Circle } from '../core/recipient.ts'
import { inText, keptWhileSilent, type Warning } from '../core/warnings.ts'
import { missingWords } from '../core/words.ts'
import { maxDocumentBytes, pagePlaceholder } from './document.ts'
import { plainForms } from './escape.ts'
import type { Letter } from './letter.tsx'
import { link, MailFrame, mailHtml, rule, soft } from './mail-frame.tsx'
import { ownersNotice } from './notices.tsx'
import { filesPath, withFiles } from './photos.ts'

/** The cut-off that is told of; `url` is where the desk is, `when` in words. */
export type Ahead = Pick<Settings, 'title' | 'locale' | 'silentWeek'> & {
  readonly number: number
  readonly when: string
  readonly url: string
}

/** Hardly anything came for the next letter. */
export function nudgeNotice(ahead: Ahead, posts: number): Letter {
  const why = words.nudgeWhy(posts, ahead.when)
  return ownersNotice(ahead, words.nudge(ahead.number, posts), why, words.write, `${ahead.url}/write`)
}

type Previewed = {
  readonly documents: readonly Document[]
  readonly missing: readonly Missing[]
  readonly warnings: readonly Warning[]
  readonly open: Open
}

/** What goes out at the cut-off, what it lacks, and where to change that; last the letters as they will be. */
export function previewNotice(
  ahead: Ahead,
  fate: Fate,
  { documents, missing, warnings, open }: Previewed,
): Letter {
  const { number, when, url, title, locale } = ahead
  const subject = `${words.subjects[fate](number, when)} (${title})`
  const lead = words.leads[fate](number, when)
  const isSilent = fate === 'silent'
  const lacks = isSilent ? [] : warnings.map(inText)
  const unset = missing.map((each) => missingWords[each])
  const more = [
    ...(isSilent && ahead.silentWeek === 'skipOnce' ? [words.nextSilent] : []),
    ...(isSilent ? keptWhileSilent(open) : []),
  ]
  const links: readonly (readonly [string, string])[] = isSilent
    ? [[words.write, `${url}/write`]]
    : [
        [words.edit, `${url}/desk`],
        [words.send, `${url}/desk/preview`],
      ]
  const shown = isSilent ? [] : shownOf(documents)
  const html = (
    <MailFrame
      locale={locale}
      title={subject}
      preheader={lacks[0] ?? more[0] ?? documents[0]?.subject ?? lead}
    >
      <p>{lead}</p>
      {unset.length > 0 && <List items={unset} />}
      {more.map((line) => (
        <p>{line}</p>
      ))}
      {lacks.length > 0 && <p>{words.before}</p>}
      {lacks.length > 0 && <List items={lacks} />}
      {links.map(([text, href]) => (
        <p>
          <a style={link} href={href}>
            {text}
          </a>
        </p>
      ))}
      {shown.map(({ name, document, isWhole }) => (
        <>
          <hr style={rule} />
          <p class="soft" style={soft}>
            {name}
            <br />
            {words.subject(document.subject)}
          </p>
          {isWhole ? raw(atDesk(document.html, url)) : <p>{words.tooLong}</p>}
        </>
      ))}
    </MailFrame>
  )
  const text = [
    plainForms(lead).markdown,
    ...(unset.length > 0 ? [listText(unset)] : []),
    ...more.map((line) => plainForms(line).markdown),
    ...(lacks.length > 0 ? [words.before, listText(lacks)] : []),
    ...links.map(([name, href]) => `${name}: ${href}`),
    ...shown.flatMap(({ name, document, isWhole }) => [
      '---',
      name,
      plainForms(words.subject(document.subject)).markdown,
      isWhole ? atDesk(document.markdown, url).trimEnd() : words.tooLong,
    ]),
  ]
  return { subject, html: mailHtml(html), text: `${text.join('\n\n')}\n` }
}

function List({ items }: { readonly items: readonly string[] }) {
  return (
    <ul style="margin:0 0 16px;padding-left:22px">
      {items.map((item) => (
        <li style="margin:0 0 8px">{item}</li>
      ))}
    </ul>
  )
}

function listText(items: readonly string[]): string {
  return items.map((item) => `- ${plainForms(item).markdown}`).join('\n')
}

type Shown = { readonly name: string; readonly document: Document; readonly isWhole: boolean }

/** Circles that read the same share a letter; a second one that would be cut off by mail clients stays at the desk. */
function shownOf(documents: readonly Document[]): readonly Shown[] {
  const letters = [...Map.groupBy(documents, ({ subject, html }) => `${subject}\n${html}`).values()]
  const isAlone = documents.length === 1
  let room = maxDocumentBytes
  return letters.flatMap((group, place) => {
    const [document] = group
    if (document === undefined) return []
    room -= new TextEncoder().encode(document.html).length
    const circles: readonly Circle[] | null = isAlone ? null : group.map(({ circle }) => circle)
    return [{ name: words.letter(circles, document.words), document, isWhole: place === 0 || room >= 0 }]
  })
}

/** A letter that has not gone out has no page: the desk shows what it would. */
function atDesk(form: string, url: string): string {
  return withFiles(form.replaceAll(pagePlaceholder, `${url}/desk/preview`), url + filesPath)
}
