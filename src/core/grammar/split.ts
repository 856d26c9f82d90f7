/** Rule 2 (PURE): several updates in one post. */
import { type Kind, kindOf } from '../kinds.ts'
import { bulletOf, linesOf, readable } from './lines.ts'
import { type Marker, readHeading, readMarker } from './marker.ts'
import { isInside, isInsideLine, withoutInsideMark } from './privacy.ts'

/** A stretch of a post that makes one update or is one command. */
export type Piece = { readonly marker: Marker | null; readonly text: string }

/** Of these, each bullet at the top level is one. */
const listed: readonly Kind[] = ['next', 'ask', 'need']
/** These start another in the middle of a line that began with a marker. */
const starting: readonly Kind[] = ['next', 'ask', 'need', 'blocked']

/** The pieces of a post: a line that starts with a marker starts one, text before the first is its own. */
export function split(text: string): readonly Piece[] {
  const pieces = withEnding(atMarkers(text, true), text).flatMap(inLine).flatMap(atBullets)
  return pieces.length > maxPieces ? [unsplit(text)] : pieces
}

/** Nobody posts more at once: what would make more is pasted text, and stays one. */
const maxPieces = 50

/** One piece, whatever markers follow the first; a marker that says something else than `kind` is text. */
export function unsplit(text: string, kind?: Kind): Piece {
  const piece = atMarkers(text, false)[0] ?? { marker: null, text }
  const isOther = kind !== undefined && piece.marker !== null && !names(piece.marker, kind)
  return isOther ? { marker: null, text } : piece
}

function names({ means }: Marker, kind: Kind): boolean {
  return 'kind' in means && means.kind === kind
}

function atMarkers(text: string, isSplit: boolean): readonly Piece[] {
  const pieces: { marker: Marker | null; lines: string[] }[] = []
  const lines = linesOf(text)
  for (const [i, line] of lines.entries()) {
    const current = pieces.at(-1)
    const mayLead = !line.isCode && line.text.trim() !== '' && (isSplit || current === undefined)
    const headsList = bulletOf(lines[i + 1]?.text ?? '') !== null
    const marker = mayLead
      ? (readMarker(withoutInsideMark(line.text)) ?? (headsList ? readHeading(line.text) : null))
      : null
    // An `#inside` before the marker goes behind it: it belongs to this piece.
    const mark = marker !== null && isInside(line.text) && !isInside(marker.rest) ? '#inside ' : ''
    if (marker !== null) pieces.push({ marker, lines: [mark + marker.rest] })
    else if (!line.isCode && line.text.includes('#') && isInsideLine(line.text)) continue
    else if (current !== undefined) current.lines.push(line.text)
    else if (line.text.trim() !== '') pieces.push({ marker: null, lines: [line.text] })
  }
  return pieces.map(({ marker, lines }) => ({ marker, text: lines.join('\n').trimEnd() }))
}

/** A hashtag alone on the last line ends the update before it: nothing follows that it could start. */
function withEnding(pieces: readonly Piece[], text: string): readonly Piece[] {
  const [before, last] = pieces.slice(-2)
  const hashtag = /\n[^\S\n]*(#\p{L}+)$/u.exec(text.trimEnd())?.[1]
  if (hashtag === undefined || before === undefined || last === undefined) return pieces
  if (last.text !== '' || (before.marker !== null && 'command' in before.marker.means)) return pieces
  return [...pieces.slice(0, -2), { ...before, text: `${before.text}\n${hashtag}` }]
}

/** `#done the loader #next the runs`: in the line of the marker a known hashtag and two words start another. */
function inLine(piece: Piece): readonly Piece[] {
  if (piece.marker === null || !('kind' in piece.marker.means)) return [piece]
  const end = piece.text.indexOf('\n')
  const line = end < 0 ? piece.text : piece.text.slice(0, end)
  const tags = Array.from(readable(line).matchAll(/(?<=\s)#(\p{L}+)(?=[:,]?\s|$)/gu))
  const starts = tags.filter(({ 1: word = '', index }, i) => {
    const kind = kindOf(word)
    const words =
      line
        .slice(index, tags[i + 1]?.index)
        .trim()
        .split(/\s+/u).length - 1
    return kind !== null && starting.includes(kind) && words >= 2
  })
  const cuts = [...starts.map(({ index }) => index), piece.text.length]
  const first = { marker: piece.marker, text: piece.text.slice(0, cuts[0]).trimEnd() }
  const others = cuts.slice(0, -1).map((from, i): Piece => {
    const marker = readMarker(piece.text.slice(from, cuts[i + 1]))
    return { marker, text: (marker?.rest ?? '').trimEnd() }
  })
  return [first, ...others]
}

/** Plans, asks and needs in a list are one each; what a colon introduces them with stays with the first. */
function atBullets(piece: Piece): readonly Piece[] {
  const { marker, text } = piece
  if (marker === null || !('kind' in marker.means) || !listed.includes(marker.means.kind)) return [piece]
  const items: { lines: string[]; isLead: boolean }[] = []
  for (const line of linesOf(text)) {
    const item = line.isCode ? null : bulletOf(line.text)
    const current = items.at(-1)
    if (item !== null) items.push({ lines: [item], isLead: false })
    else if (current !== undefined) current.lines.push(line.text)
    else items.push({ lines: [line.text], isLead: true })
  }
  const all = items.map(({ lines, isLead }) => ({ isLead, text: lines.join('\n').trim() }))
  const [lead, next] = all
  if (lead?.isLead && next !== undefined && (lead.text === '' || lead.text.endsWith(':'))) {
    all.splice(0, 2, { isLead: false, text: `${lead.text} ${next.text}`.trim() })
  }
  return all.map((item) => ({ marker, text: item.text }))
}
