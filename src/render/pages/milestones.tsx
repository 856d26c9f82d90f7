/** The page of milestones (PURE): by date, with every move that a letter told, on the day of its posting. */
import { dateInWords, dayInWords } from '../../core/period.ts'
import type { Settings } from '../../core/project.ts'
import { reportWords } from '../../core/report-words.ts'
import { pageWords as words } from '../../core/words.ts'
import { Page, toHtml } from './frame.tsx'
import { type ArchiveReader, archiveLinks } from './navigation.tsx'

type Milestone = {
  readonly title: string
  readonly due: string
  readonly state: 'open' | 'met' | 'dropped'
  readonly moves: readonly {
    readonly oldDue: string
    readonly newDue: string
    readonly reason: string | null
    readonly postedAt: number
  }[]
}

type Project = ArchiveReader & Pick<Settings, 'schedule'>

export function milestonesPage(project: Project, milestones: readonly Milestone[]): string {
  return toHtml(
    <Page
      title={words.milestones}
      project={project.title}
      locale={project.locale}
      links={archiveLinks(project)}
    >
      <h1>{words.milestones}</h1>
      {milestones.length === 0 && <p>{words.noMilestones}</p>}
      <ul class="milestones">
        {milestones.map((milestone) => (
          <Item milestone={milestone} project={project} />
        ))}
      </ul>
    </Page>,
  )
}

function Item({ milestone, project }: { milestone: Milestone; project: Project }) {
  const { title, due, state, moves } = milestone
  const { locale, schedule } = project
  return (
    <li>
      <bdi>{title}</bdi>
      <p class="said">
        <time datetime={due}>{reportWords.due(dateInWords(locale, due))}</time>
        {state !== 'open' && (
          <>
            {' · '}
            <span class={state}>{words.milestoneStates[state]}</span>
          </>
        )}
      </p>
      {moves.map(({ oldDue, newDue, reason, postedAt }) => (
        <p class="said">
          {words.moved(
            dayInWords(schedule.zone, locale, postedAt),
            dateInWords(locale, oldDue),
            dateInWords(locale, newDue),
            reason,
          )}
        </p>
      ))}
    </li>
  )
}
