/** The frame of the pages for those who write (PURE): their navigation, and the answer to what they did last. */
import type { Child } from 'hono/jsx'
import { type DeskDid, deskWords as words } from '../../../core/desk-words.ts'
import { milestoneWords } from '../../../core/desk-words-milestones.ts'
import { peopleWords } from '../../../core/desk-words-people.ts'
import { previewWords } from '../../../core/desk-words-preview.ts'
import { reportPageWords } from '../../../core/desk-words-report.ts'
import { settingsWords } from '../../../core/desk-words-settings.ts'
import { Answer } from '../answer.tsx'
import { Page, toHtml } from '../frame.tsx'
import type { PageLink } from '../navigation.tsx'

/** Who looks, and how dates are written for them. */
export type Viewer = {
  readonly title: string
  readonly locale: string
  readonly zone: string
  readonly isOwner: boolean
}

/** Each page of the desk in the order of the week; `isForAuthors` where others than the owner come, too. */
const links: readonly (PageLink & { readonly isForAuthors?: true })[] = [
  { href: '/write', text: words.write, isForAuthors: true },
  { href: '/desk', text: words.week },
  { href: '/desk/preview', text: previewWords.preview },
  { href: '/desk/letters', text: words.letters },
  { href: '/archive', text: words.archive },
  { href: '/desk/milestones', text: milestoneWords.milestones },
  { href: '/desk/report', text: reportPageWords.reports },
  { href: '/desk/people', text: peopleWords.people },
  { href: '/desk/settings', text: settingsWords.settings },
]

const account: PageLink = { href: '/sessions', text: words.browsers }

type Props = {
  readonly viewer: Viewer
  readonly title: string
  /** The words of the last answer, or a problem's; said aloud. */
  readonly did?: DeskDid | undefined
  /** The same with more than fixed words in it; stands in their place. */
  readonly told?: Child | null
  /** Its script among the assets; the page's route says `hasScript`, too. */
  readonly script?: string
  /** It can be installed on a device; its route says so, too. */
  readonly isApp?: true
  /** The title is for those who hear the page. */
  readonly isTitleUnseen?: boolean
  readonly children: Child
}

export function deskPage({
  viewer,
  title,
  did,
  told,
  script,
  isApp,
  isTitleUnseen = false,
  children,
}: Props): string {
  const said = told ?? (did && words.did[did])
  const { title: project, locale, isOwner } = viewer
  const shown = links.filter(({ isForAuthors }) => isOwner || isForAuthors)
  return toHtml(
    <Page
      title={title}
      project={project}
      locale={locale}
      links={shown}
      account={account}
      script={script}
      isApp={isApp === true}
    >
      <h1 class={isTitleUnseen ? 'unseen' : undefined}>{title}</h1>
      {said !== undefined && (
        <div class="told">
          <Answer>{said}</Answer>
        </div>
      )}
      {children}
    </Page>,
  )
}
