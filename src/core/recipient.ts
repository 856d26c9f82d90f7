/** Recipients and circles (PURE). */

export const circles = ['inner', 'outer'] as const

/** Inner: professor, PhD student. Outer: industry partner. */
export type Circle = (typeof circles)[number]

/** Who may see a block. */
export type Audience = Circle | 'both'

export const recipientStates = ['active', 'paused', 'unsubscribed'] as const

export type RecipientState = (typeof recipientStates)[number]

export type Recipient = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly handle: string | null
  readonly circle: Circle
  readonly state: RecipientState
  /** Why the recipient is not active. */
  readonly reason: string | null
  readonly joinedAt: number
}

/** Whether a reader of `circle` may see what is for `audience`. */
export function sees(circle: Circle, audience: Audience): boolean {
  return audience === 'both' || audience === circle
}
