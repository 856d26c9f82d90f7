/** The table of fixed words of the settings and of the first steps (PURE). */
import type { Weekday } from './period.ts'
import type { Settings } from './project.ts'

export const settingsWords = {
  settings: 'Settings',
  save: 'Save',
  who: 'Who you are',
  project: 'The project',
  when: 'When the letter goes out',
  how: 'How it goes out',
  ahead: 'Before it goes, and when there is nothing to tell',
  awayDays: 'Days away',
  end: 'The last letter, and monitoring',
  showCutOffs: 'Show the cut-offs',
  cutOffs: (cutOffs: readonly string[]) =>
    cutOffs.length === 0
      ? 'The last letter has gone out: nothing goes by itself any more'
      : `Next: ${cutOffs.join(' · ')}`,
  isAway: 'you are away: no letter',
  isLast: 'the last letter',
  notSaved: 'Not saved yet.',
  /** What stands before the zone of the device. */
  use: 'Use',
  was: (text: string) => `was changed elsewhere meanwhile: ${shownBriefly(text)}. Save again to have yours.`,
  another: 'to another choice',
  gone: (away: string) => `Take out ${away}`,
  labels: {
    title: 'Title',
    about: 'What it is about',
    course: 'Course',
    homepage: 'Homepage',
    'schedule.weekday': 'Day',
    'schedule.time': 'Time',
    'schedule.zone': 'Time zone',
    sender: 'Sender',
    mailbox: 'Address that takes your mail',
    ownerName: 'Your name',
    ownerEmail: 'Your mail address',
    publicUrl: 'Public address of these pages',
    locale: 'Language of dates',
    delivery: 'Letters go',
    previewHours: 'Preview, hours ahead',
    nudgeDays: 'Reminder, if nothing is written',
    silentWeek: 'A week with nothing to tell',
    ends: 'Last letter on or after',
    heartbeatUrl: 'Monitoring address',
    'away.since': 'First day',
    'away.until': 'Last day',
    'away.why': 'Why, if readers may know',
  },
  hints: {
    title: 'Stands over every letter and in its subject.',
    about: 'A few sentences, for a reader’s first letter.',
    homepage: 'Course and homepage stand over a report.',
    'schedule.zone': 'A place, like Europe/Zurich or America/New_York.',
    sender: 'Like: Name <notes@mail.example.edu>, an address your mail provider lets you send from.',
    mailbox:
      'Where Email Routing hands mail to this program. Each author then has an address behind it: see Who writes.',
    ownerEmail: 'Previews, warnings and readers’ answers come here.',
    publicUrl: 'Links in letters lead here.',
    publicUrlGuessed: 'Links in letters lead here. Filled in from where you are now, and not saved yet.',
    locale: 'Like en-GB or de-CH.',
    previewHours: 'Mails you the letter as it stands; 0 mails none.',
    ends: 'Leave it empty while there is no end.',
    heartbeatUrl:
      'It is called every five minutes while all goes well, so that a service of yours notices when it does not.',
    away: 'No letter goes out on these days.',
  },
} as const

export const weekdayWords: Readonly<Record<Weekday, string>> = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
}

export const deliveryWords = {
  '': 'by hand until there is a sender, then by themselves',
  direct: 'by themselves, from the sender',
  byHand: 'by hand: I forward them',
} as const

export const silentWords: Readonly<Record<Settings['silentWeek'], string>> = {
  skipOnce: 'skip one, then a short note',
  skip: 'skip it, always',
  note: 'a short note, always',
}

function shownBriefly(text: string): string {
  if (text === '') return 'to nothing'
  return text.length > 60 ? `“${text.slice(0, 59).toWellFormed()}…”` : `“${text}”`
}

/** When the reminder comes; by the number of days ahead. */
export function nudgeWords(days: number): string {
  if (days === 0) return 'never'
  return days === 1 ? '1 day ahead' : `${days} days ahead`
}

export const stepWords = {
  title: 'Before the first letter',
  ready: 'All is there for the first letter.',
  done: 'done',
  missing: 'missing',
  see: 'See the first letter, and mail it to yourself',
  steps: {
    who: 'Say who you are: name and mail address',
    address: 'Say where readers find these pages',
    schedule: 'Choose when the letter goes out, or save it as it is: Friday 16:00 UTC',
    delivery: 'Choose: forward letters by hand, or set a sender',
    reader: 'Add the first reader',
    update: 'Write the first update',
  },
  keys: {
    needed: 'The mail provider’s key is missing, too: “npx wrangler secret put RESEND_API_KEY”.',
    useful:
      'Without a key of the mail provider no preview comes to you, and letters wait here to be copied. With “npx wrangler secret put RESEND_API_KEY” they come by mail, to be forwarded.',
  },
  hide: 'Hide this list',
  show: 'Show it again',
} as const

export const settingsDids = {
  settingsSaved: 'Saved.',
  stepsHidden: 'The list of first steps is hidden. The preview says what a letter lacks.',
} as const
