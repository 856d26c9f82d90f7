/** The table of fixed words of the desk's page of milestones (PURE). */
export const milestoneWords = {
  milestones: 'Milestones',
  none: 'No milestone yet. The next two stand in each letter, and the report tells how they were met.',
  add: 'Add a milestone',
  title: 'What is to be reached',
  due: 'Due',
  addButton: 'Add it',
  settled: 'Met or dropped',
  states: { open: 'open', met: '✓ met', dropped: '✗ dropped' },
  say: { open: 'Open again', met: 'Met', dropped: 'Drop' },
  overdue: 'was due',
  inside: 'inner circle only',
  change: 'Change',
  reason: 'Why another day',
  reasonHow: 'A new day stands in the next letter and in the report: old → new, and why.',
  noMove: 'belongs to a new day, and this is the old one',
  save: 'Save',
  remove: 'Delete it',
  removeWhy: 'What a letter has told of cannot be untold: such a milestone stays here as dropped.',
  removeButton: 'Yes, delete it',
  stale: 'This milestone was changed meanwhile, and nothing was saved. It stands here as it is now.',
} as const

export const milestoneDids = {
  milestoneAdded: 'It is in the list.',
  milestoneChanged: 'Saved.',
  milestoneMet: 'Met.',
  milestoneDropped: 'Dropped.',
  milestoneOpen: 'It is open again.',
  milestoneRemoved: 'Deleted.',
  milestoneKept: 'A letter has told of it: it stays, as dropped.',
  milestoneGone: 'It was deleted already.',
} as const
