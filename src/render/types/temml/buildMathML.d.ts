/** Writes what was read as MathML. */
import type Settings from './Settings.d.ts'
import type Style from './Style.d.ts'

export default function buildMathML(
  tree: readonly object[],
  tex: string,
  style: Style,
  settings: Settings,
): { toMarkup(): string }
