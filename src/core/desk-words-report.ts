/** The table of fixed words of the pages of the milestone report (PURE). */
import { previewWords } from './desk-words-preview.ts'
import { settingsWords } from './desk-words-settings.ts'

export const reportPageWords = {
  reports: 'Reports',
  how: 'A milestone report under seven headings, compiled from what you noted. You add your own words, and untick what does not belong there.',
  begins: (day: string) =>
    `A new one begins ${day}, with the last meeting or where the last report ended, and reaches to now.`,
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
  save: 'Save',
  toNow: 'Save, and reach to now',
  was: settingsWords.was,
  copy: previewWords.copy,
  copyMarkdown: 'Copy as Markdown',
  copied: previewWords.copied,
  print: 'Print',
  markdown: 'As Markdown',
} as const

export const reportDids = { reportSaved: 'Saved.' } as const
