/** The sample project: its settings and who gets the letter. */

type Recipient = {
  readonly email: string
  readonly name: string
  /** What `@handle` in an update means. */
  readonly handle: string
  readonly circle: 'inner' | 'outer'
}

/** As `PATCH /api/settings` takes it, but for `publicUrl`, which only the running Worker has. */
export const settings = {
  title: 'DLRM on TPUs',
  about:
    'A research course project: making deep learning recommendation models (DLRM) fast on TPUs. ' +
    'I write small things down when they happen; once a week they come to you as one letter.',
  course: 'Research course, independent project',
  ownerName: 'the student',
  ownerEmail: 'student@example.edu',
  sender: 'DLRM on TPUs <notes@mail.example.edu>',
  delivery: 'direct',
  schedule: { weekday: 'friday', time: '16:00', zone: 'America/New_York' },
} as const

/** As `POST /api/recipients` takes them. */
export const recipients: readonly Recipient[] = [
  { email: 'professor@example.edu', name: 'Professor', handle: 'professor', circle: 'inner' },
  { email: 'phd.student@example.edu', name: 'PhD student', handle: 'labmate', circle: 'inner' },
  { email: 'tpu.team@example.com', name: 'Company team', handle: 'team', circle: 'outer' },
]
