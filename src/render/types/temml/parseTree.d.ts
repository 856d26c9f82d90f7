/** Reads TeX. */
import type Settings from './Settings.d.ts'

/** Nodes, as buildMathML takes them; throws for what is no TeX. */
export default function parseTree(tex: string, settings: Settings): readonly object[]
