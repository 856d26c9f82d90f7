/** A metric's course as SVG (PURE): no script, no style of its own, and told in words to whoever does not see it. */
import { shorten } from '../../core/grammar/text.ts'
import type { Measured, Point } from '../../core/history.ts'
import { withUnit } from '../../core/measurement.ts'
import { dayInWords } from '../../core/period.ts'
import { pageWords as words } from '../../core/words.ts'

export type Charted = Measured & { readonly zone: string; readonly locale: string }

type ChartPoint = Point<Charted>

/** Pixels down; across it is per cent, so that text keeps its size on every screen. */
const [top, bottom, dates] = [30, 124, 166]

/** The share of a phone's chart that the number of an end takes. */
const labelShare = 0.25

/** More points than this would touch each other. */
const maxDots = 40

/** `id` is its own on the page; `course` has two points at least, the earliest first. */
export function Chart({ id, name, course }: { id: string; name: string; course: readonly ChartPoint[] }) {
  const placed = place(course)
  const [first, last] = [placed[0], placed.at(-1)]
  if (first === undefined || last === undefined) return null
  const dots = placed.length > maxDots ? [first, last] : placed
  const base = placed.findLast(({ baseline }) => baseline !== null)
  return (
    <svg class="chart" role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{shorten(name, 100)}</title>
      <desc id={`${id}-desc`}>{inSentences(course)}</desc>
      {pairs(placed).map(([from, to]) => (
        <>
          {from.baseline !== null && (
            <Line class="base" from={[from.x, from.baseline]} to={[to.x, from.baseline]} />
          )}
          <Line class="course" from={[from.x, from.y]} to={[to.x, to.y]} />
        </>
      ))}
      {dots.map(({ x, y }) => (
        <circle cx={percent(x)} cy={y} r={x === last.x && y === last.y ? 4.5 : 3} />
      ))}
      {base?.baseline != null && (
        <text x="100%" dx="10" y={base.baseline} dy="4">
          {words.base(label(base.point.against ?? ''))}
        </text>
      )}
      <text x="0" y={first.y} dy={isFreeBelow(placed, first) ? 20 : -10}>
        {label(first.point.value)}
      </text>
      <text class="latest" x="100%" y={last.y} dy={isFreeBelow(placed, last) ? 21 : -11} text-anchor="end">
        {label(last.point.value)}
      </text>
      <text x="0" y={dates}>
        {dayOf(first.point)}
      </text>
      <text x="100%" y={dates} text-anchor="end">
        {dayOf(last.point)}
      </text>
    </svg>
  )
}

type Place = readonly [x: number, y: number]

function Line(props: { class: string; from: Place; to: Place }) {
  const [[x1, y1], [x2, y2]] = [props.from, props.to]
  return <line class={props.class} x1={percent(x1)} y1={y1} x2={percent(x2)} y2={y2} />
}

type Placed = {
  readonly point: ChartPoint
  readonly x: number
  readonly y: number
  /** Where the baseline lies that holds from here on. */
  readonly baseline: number | null
}

/** Points where they happened; side by side where all happened at once, and half-way up where none differs. */
function place(course: readonly ChartPoint[]): readonly Placed[] {
  const heights = course.flatMap(({ y, baselineY }) => (baselineY === null ? [y] : [y, baselineY]))
  const [least, most] = [Math.min(...heights), Math.max(...heights)]
  // Halves, since the difference of two vast numbers has no end.
  const height = most / 2 - least / 2
  const down = (value: number) =>
    Math.round(
      height === 0 ? (top + bottom) / 2 : bottom - ((value / 2 - least / 2) / height) * (bottom - top),
    )
  const [since, until] = [course[0]?.at ?? 0, course.at(-1)?.at ?? 0]
  return course.map((point, i) => ({
    point,
    x: until === since ? i / (course.length - 1) : (point.at - since) / (until - since),
    y: down(point.y),
    baseline: point.baselineY === null ? null : down(point.baselineY),
  }))
}

/** Whether the number of an end stands below the line: within its width the line rises further than it falls. */
function isFreeBelow(placed: readonly Placed[], end: Placed): boolean {
  const edge = Math.abs(end.x - labelShare)
  const [from, to] = [Math.min(end.x, edge), Math.max(end.x, edge)]
  const across = pairs(placed).flatMap(([one, other]) => {
    if (other.x < from || one.x > to) return []
    const at = (x: number) =>
      other.x === one.x ? other.y : one.y + ((x - one.x) / (other.x - one.x)) * (other.y - one.y)
    return [at(Math.max(one.x, from)), at(Math.min(other.x, to))]
  })
  return end.y - Math.min(...across) >= Math.max(...across) - end.y
}

function pairs(placed: readonly Placed[]): readonly (readonly [Placed, Placed])[] {
  return placed.flatMap((each, i) => {
    const next = placed[i + 1]
    return next === undefined ? [] : [[each, next] as const]
  })
}

function inSentences(course: readonly ChartPoint[]): string {
  const [first, last] = [course[0], course.at(-1)]
  if (first === undefined || last === undefined) return ''
  const byHeight = course.toSorted((a, b) => a.y - b.y)
  const [least = first, most = last] = [byHeight[0], byHeight.at(-1)]
  const said = (point: ChartPoint) =>
    words.numberOn(withUnit(shorten(point.value, 40), point.unit), dayOf(point))
  return [
    words.course(course.length, said(first), said(last)),
    words.extremes(shorten(least.value, 40), shorten(most.value, 40)),
    ...(last.against === null ? [] : [words.against(shorten(last.against, 40))]),
  ].join(' ')
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`
}

function label(value: string): string {
  return shorten(value, 9)
}

function dayOf({ zone, locale, at }: ChartPoint): string {
  return dayInWords(zone, locale, at)
}
