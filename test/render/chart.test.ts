import { expect, it } from 'vitest'
import type { Point } from '../../src/core/history.ts'
import { Chart, type Charted } from '../../src/render/pages/chart.tsx'

/** How far below its point the number of the first and of the last one stands, above it below 0. */
function placesOf(heights: readonly number[]): readonly number[] {
  const course = heights.map((y, at) => {
    return { at, y, baselineY: null, value: `${y}`, unit: null, against: null, zone: 'UTC', locale: 'en-GB' }
  })
  const html = String(Chart({ id: 'm', name: 'auc', course: course as unknown as Point<Charted>[] }))
  return Array.from(html.matchAll(/ dy="(-?\d+)"/gu), ([, dy]) => Number(dy))
}

it('puts the number of an end where the line does not strike through it', () => {
  expect(placesOf([1, 1, 9, 9, 9, 9, 9, 9, 9])).toEqual([20, 21])
  expect(placesOf([5, 5, 1, 1, 1, 9, 9, 4, 5])).toEqual([-10, 21])
  expect(placesOf([1, 9])).toEqual([20, -11])
  expect(placesOf([9, 1])).toEqual([-10, 21])
})
