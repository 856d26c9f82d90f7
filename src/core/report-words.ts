/** The table of fixed words of the milestone report (PURE). */
import type { Heading } from './kinds.ts'

const headingWords: Readonly<Record<Heading, string>> = {
  changes: 'Major changes',
  accomplished: 'What I have accomplished since the last meeting',
  milestones: 'Meeting the milestones',
  surprises: 'Surprises',
  ahead: 'Looking ahead',
  revisions: 'Revisions to future milestones',
  resources: 'Resources needed',
}

export const reportWords = {
  title: (title: string) => `Milestone report: ${title}`,
  headings: headingWords,
  none: 'None.',
  cut: (most: number) => `More than ${most} things of one sort fall into this span: the oldest are left out.`,
  by: (author: string, text: string) => `${author}: ${text}`,
  read: (text: string) => `Read: ${text.replace(/^read\s+/iu, '')}`,
  corrected: (text: string, day: string, correction: string) => `${text} (corrected ${day}: ${correction})`,
  met: (plan: string, day: string, why: string) => `✓ ${plan} (met ${day})${why}`,
  partly: (plan: string, why: string) => `◐ ${plan} – partly${why}`,
  not: (plan: string, why: string) => `✗ ${plan} – not met${why}`,
  dropped: (plan: string, why: string) => `✗ ${plan} – dropped${why}`,
  blocked: (text: string, state: string) => `Blocked: ${text} (${state})`,
  openSince: (day: string) => `open since ${day}`,
  solved: (day: string) => `solved ${day}`,
  droppedOn: (day: string) => `dropped ${day}`,
  ask: (text: string, when: string) => `Question: ${text} (${when})`,
  need: (text: string, when: string) => `${text} (${when})`,
  due: (date: string) => `due ${date}`,
  milestoneMet: (title: string, day: string | null, due: string) =>
    `✓ ${title} – ${day === null ? 'met' : `met ${day}`}, due ${due}`,
  milestoneOverdue: (title: string, due: string) => `✗ ${title} – was due ${due}, not met yet`,
  milestoneDropped: (title: string, day: string) => `✗ ${title} – dropped ${day}`,
  milestoneAhead: (title: string, due: string) => `Milestone: ${title} – due ${due}`,
  revision: (title: string, from: string, to: string, reason: string) => `${title}: ${from} → ${to}${reason}`,
} as const
