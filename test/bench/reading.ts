/** Reading a post of 32 KiB, whatever it repeats: twice the text may take about twice as long. */
import { readPost } from '../../src/core/grammar/post.ts'
import { known } from '../sample/posts/reading.ts'
import type { Measurement } from './measurement.ts'

const rounds = 15
const maxBytes = 32 * 1024
/** Twice the time, and half of it again for the moods of a machine. */
const maxGrowth = 3

/** Milliseconds: less is the clock's own mood. */
const floor = 5

/** What the rules look for, over and over. */
const shapes = [
  ...['#ask ', '#ask a b ', '#done x #need y z ', '- ', '1. done\n', '2 partly, why\n', '@labmate ', 'A: '],
  ...[
    'auc=0.5 ',
    'auc 0.5, ',
    'a 1 ',
    'auc 0.5 baseline .4 ',
    'on=a ',
    '1,000,',
    '0.0.0.',
    'by ',
    'due Friday ',
  ],
  ...['`', '```\n', '#privat ', '#xprivate ', 'hashtag ', '#resutl ', 'next\n- x\n', 'https://a.b/#c ', '$$'],
  ...['((((', '# ', '\n', '#answered a b: ', '#milestone x due ', 'until until ', 'word ', '🎉'],
] as const

export const reading: Measurement = {
  name: 'Reading a post',

  async measure() {
    const found = shapes.map((shape) => {
      const [half = 0, whole = 0] = timesOf(
        [maxBytes / 2, maxBytes].map((length) => shape.repeat(length / shape.length)),
      )
      return { shape, whole, growth: whole / Math.max(half, floor) }
    })
    const worst = found.toSorted((a, b) => b.growth - a.growth)[0]
    const slowest = found.toSorted((a, b) => b.whole - a.whole)[0]
    const [usual = 0] = timesOf([
      '#result auc=0.788 baseline .781 on=kaggle, three seeds. @professor is it enough? #tpu',
    ])
    return {
      rows: [
        {
          what: 'reading 32 KiB against 16 KiB, the worst shape',
          figure: `${worst?.whole.toFixed(1)} ms of ${JSON.stringify(worst?.shape)}`,
          value: worst?.growth ?? 0,
          budget: { atMost: maxGrowth },
        },
      ],
      notes: [
        `a usual post is read in ${usual.toFixed(2)} ms; the slowest 32 KiB are ${JSON.stringify(slowest?.shape)}, ${slowest?.whole.toFixed(0)} ms`,
      ],
    }
  },
}

/**
 * Milliseconds for each, in turns, so that both have the same of a machine's moods; the least of all rounds, since
 * whatever else it does only adds, and the worst of many shapes is looked for.
 */
function timesOf(texts: readonly string[]): readonly number[] {
  const times = texts.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, text] of texts.entries()) {
      const begun = performance.now()
      readPost(text, {}, known)
      times[i] = Math.min(times[i] ?? 0, performance.now() - begun)
    }
  }
  return times
}
