/** What a post may speak of (PURE): only that need be looked up before it is read. */
import { addressing } from './who.ts'

export type Mentions = {
  readonly names: boolean
  /** The metrics that the project knows. */
  readonly numbers: boolean
  readonly plans: boolean
  /** Open asks, needs and blockers. */
  readonly open: boolean
}

const names = new RegExp(`@\\p{L}|(?<!\\p{L})${addressing}`, 'iu')

export function mentionsOf(text: string): Mentions {
  return {
    names: names.test(text),
    numbers: /\d/u.test(text),
    plans:
      /^[^\S\n]*(?:[-*+•][^\S\n]+)?(?:plan[^\S\n]+)?#?\d{1,2}[.):]?[^\S\n]+(?:is[^\S\n]+)?(?:met|done|partly|half|not|no|drop(?:ped)?)(?!\p{L})/imu.test(
        text,
      ),
    open: /(?<!\p{L})(?:answered|solved)(?!\p{L})/iu.test(text),
  }
}
