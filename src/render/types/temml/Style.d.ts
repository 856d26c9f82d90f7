/** How a formula is set: the size of its letters, and no size above the largest. */
import type Settings from './Settings.d.ts'

export default class Style {
  constructor(data: { readonly level: number } & Pick<Settings, 'maxSize'>)
}
