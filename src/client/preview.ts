/** Quickens the preview: each letter is shown whole. */
import { fitFrames } from './frames.ts'

fitFrames()
