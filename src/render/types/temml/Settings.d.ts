/** What is used of temml's parts, which have no types of their own. tsconfig.json leads here. */
export default class Settings {
  constructor(options: {
    readonly displayMode: boolean
    readonly throwOnError: boolean
    readonly trust: boolean
    /** In em and in sp. */
    readonly maxSize: readonly [number, number]
    readonly maxExpand: number
  })
  readonly maxSize: readonly [number, number]
}
