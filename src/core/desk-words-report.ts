/** The table of fixed words of the pages of the milestone report (PURE). */
import { previewWords } from './desk-words-preview.ts'
import { settingsWords } from './desk-words-settings.ts'
import type { Beginning } from './report.ts'

type ByBeginning = Readonly<Record<Beginning['what'], (when: string) => string>>

const withWhat: ByBeginning = {
  meeting: (when) => `with the meeting of ${when}`,
  report: (when) => `where the report before it ended, ${when}`,
  project: (when) => `with the project, ${when}`,
}

const sinceWhat: ByBeginning = {
  meeting: (when) => `the meeting of ${when}`,
  report: (when) => `${when}, where the report before it ended`,
  project: (when) => `${when}, when the project began`,
}

export const reportPageWords = {
  reports: 'Reports',
  how: 'A milestone report under seven headings, compiled from what you noted. You add your own words, and untick what does not belong there.',
  begins: (what: Beginning['what'], when: string) =>
    `A new one begins ${withWhat[what](when)}, and reaches to now.`,
  span: (what: Beginning['what'] | null, since: string, until: string) =>
    `Since ${what === null ? since : sinceWhat[what](since)}, up to ${until}.`,
  fromEarlier: (what: Beginning['what'], when: string) => `Save, and begin ${withWhat[what](when)}`,
  anotherSpan: 'Another span',
  anotherOne: 'Another span, or for the outer circle',
  backwards: 'is before the first day',
  since: 'First day',
  until: 'Last day',
  circle: 'For whom',
  circlesWhy: 'One for the outer circle leaves out what is for the inner circle only.',
  begin: 'Begin a report',
  older: 'Older reports',
  forCircle: { inner: 'For the inner circle.', outer: 'For the outer circle.' },
  changedOn: (day: string) => `Changed ${day}.`,
  report: (span: string) => `Report, ${span}`,
  toRead: 'Read, copy or print it',
  toReports: 'All reports',
  toChange: 'Change it',
  writeHow:
    'Your words stand above what is ticked, and may be Markdown. Both stay; what is found is compiled anew each time.',
  nothing: 'Nothing was found for this heading.',
  noneTicked: 'Nothing of it is ticked: it says “None.”',
  leftOut: 'You have unticked all of it: this heading is left out.',
  save: 'Save',
  toNow: 'Save, and include everything up to now',
  was: settingsWords.was,
  copy: previewWords.copy,
  copyMarkdown: 'Copy as Markdown',
  copied: previewWords.copied,
  print: 'Print',
  markdown: 'As Markdown',
} as const

export const reportDids = { reportSaved: 'Saved.' } as const
