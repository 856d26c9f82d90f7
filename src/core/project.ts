/** The project (PURE): its settings, and what an open period looks like. */
import type { Schedule } from './period.ts'

export const silentWeeks = ['skip', 'note', 'skipOnce'] as const

/** Days without work, local dates, both ends included. */
export type Away = { readonly since: string; readonly until: string; readonly why: string }

export type Settings = {
  readonly title: string
  /** A few sentences for a recipient's first letter. */
  readonly about: string
  readonly course: string
  readonly homepage: string | null
  readonly schedule: Schedule
  /** `Name <notes@mail.example.edu>`: an address that the provider may send from. */
  readonly sender: string | null
  readonly ownerName: string
  readonly ownerEmail: string | null
  /** The address whose mail Email Routing hands to this Worker. */
  readonly mailbox: string | null
  /** Where this Worker answers, without a slash at the end. */
  readonly publicUrl: string | null
  readonly locale: string
  /** null: direct once there is a sender, else by hand. */
  readonly delivery: 'direct' | 'byHand' | null
  readonly previewHours: number
  readonly nudgeDays: number
  readonly silentWeek: (typeof silentWeeks)[number]
  readonly away: readonly Away[]
  /** The local date of the last letter. */
  readonly ends: string | null
  readonly heartbeatUrl: string | null
}

export const defaultSettings: Settings = {
  title: 'Weeknotes',
  about: '',
  course: '',
  homepage: null,
  schedule: { weekday: 'friday', time: '16:00', zone: 'UTC' },
  sender: null,
  ownerName: '',
  ownerEmail: null,
  mailbox: null,
  publicUrl: null,
  locale: 'en-GB',
  delivery: null,
  previewHours: 24,
  nudgeDays: 3,
  silentWeek: 'skipOnce',
  away: [],
  ends: null,
  heartbeatUrl: null,
}

export const passReasons = ['held', 'away', 'silent', 'ended', 'notReady'] as const

/** Why a cut-off passed without a letter. */
export type PassReason = (typeof passReasons)[number]

export type Project = {
  /** Random; stands in every key that the provider sees. */
  readonly id: string
  /** Raised by every write that a letter can show. */
  readonly version: number
  readonly settings: Settings
  /** The number of the open period. */
  readonly number: number
  /** When the open period began: the last `until`, or the project's creation. */
  readonly since: number
  readonly nextCutOff: number
  /** Since when the period is held; null if it is not. */
  readonly heldAt: number | null
  /** The last cut-off that passed in the open period, and why. */
  readonly passed: { readonly cutOff: number; readonly why: PassReason } | null
  /** Silent cut-offs passed in a row. */
  readonly silentPassed: number
  /** The sender's trouble with the provider, while it lasts. */
  readonly halt: Halt | null
}

/** No letter is tried before `until`; `count` halts came in a row. */
export type Halt = { readonly reason: string; readonly until: number; readonly count: number }

/** How letters go out. */
export function deliveryOf(settings: Settings): 'direct' | 'byHand' {
  return settings.delivery ?? (settings.sender === null ? 'byHand' : 'direct')
}

/** By hand: whether the letter can be mailed to the owner, to be forwarded from there. */
export function isMailedByHand({ ownerEmail, publicUrl }: Settings, hasKey: boolean): boolean {
  return hasKey && ownerEmail !== null && publicUrl !== null
}

/** A setting or secret without which nothing can be sent directly. */
export type Missing = 'sender' | 'ownerEmail' | 'publicUrl' | 'key' | 'recipient'

/** What direct sending still lacks; nothing when sending is by hand. */
export function missingToSend(
  settings: Settings,
  facts: { readonly hasKey: boolean; readonly hasActiveRecipient: boolean },
): readonly Missing[] {
  if (deliveryOf(settings) === 'byHand') return []
  const missing: Missing[] = []
  if (settings.sender === null) missing.push('sender')
  if (settings.ownerEmail === null) missing.push('ownerEmail')
  if (settings.publicUrl === null) missing.push('publicUrl')
  if (!facts.hasKey) missing.push('key')
  if (!facts.hasActiveRecipient) missing.push('recipient')
  return missing
}
