/** A QR code (PURE; ISO/IEC 18004): dark on light in either scheme, with the quiet edge of four that readers ask for. */
import { generate } from 'lean-qr/nano'

const edge = 4

export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const code = generate(text)
  const side = code.size + 2 * edge
  const places = Array.from({ length: code.size }, (_, place) => place)
  const dark = places.flatMap((y) => places.filter((x) => code.get(x, y)).map((x) => `M${x} ${y}h1v1h-1z`))
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`${-edge} ${-edge} ${side} ${side}`}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M${-edge} ${-edge}h${side}v${side}h${-side}z`} />
      <path d={dark.join('')} />
    </svg>
  )
}
