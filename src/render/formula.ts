/** TeX as MathML (PURE), for pages: only what MathML needs is let through, so that no TeX can style or link. */
// Its parts, not its bundle, which brings chemistry and physics, nor its entry, which brings a browser's part:
// 10 and 2 KB compressed. They are put together as its `renderToString` does; package.json pins the version.
import buildMathML from 'temml/src/buildMathML.js'
import { StyleLevel } from 'temml/src/constants.js'
import parseTree from 'temml/src/parseTree.js'
import Settings from 'temml/src/Settings.js'
import Style from 'temml/src/Style.js'

/** Longer ones are shown as they were typed. */
const maxLength = 1000

/** Elements of MathML Core (https://www.w3.org/TR/mathml-core), and the enclosure that boxes and strikes. */
const elements = new Set([
  ...['math', 'menclose', 'mfrac', 'mi', 'mmultiscripts', 'mn', 'mo', 'mover', 'mpadded', 'mphantom'],
  ...['mprescripts', 'mroot', 'mrow', 'ms', 'mspace', 'msqrt', 'mstyle', 'msub', 'msubsup', 'msup', 'mtable'],
  ...['mtd', 'mtext', 'mtr', 'munder', 'munderover'],
])

/** `style` is not among them: the pages' policy forbids it; colours are the style sheet's. */
const attributes = new Set([
  ...['accent', 'accentunder', 'class', 'columnspan', 'depth', 'display', 'displaystyle', 'fence', 'form'],
  ...['height', 'largeop', 'linethickness', 'lspace', 'mathvariant', 'maxsize', 'minsize', 'movablelimits'],
  ...[
    'notation',
    'rowspan',
    'rspace',
    'scriptlevel',
    'separator',
    'stretchy',
    'symmetric',
    'voffset',
    'width',
  ],
])

/** MathML of a formula; null where it is no TeX that can be shown. */
export function mathOf(tex: string, isDisplay: boolean): string | null {
  if (tex.length > maxLength) return null
  try {
    const settings = new Settings({
      displayMode: isDisplay,
      throwOnError: true,
      trust: false,
      maxSize: [5, 5],
      maxExpand: 100,
    })
    const level = isDisplay ? StyleLevel.DISPLAY : StyleLevel.TEXT
    const style = new Style({ level, maxSize: settings.maxSize })
    return onlyMath(buildMathML(parseTree(tex, settings), tex, style, settings).toMarkup())
  } catch {
    // Whatever the formula breaks there, its source is as good an answer.
    return null
  }
}

/** Tags as temml writes them; its text is escaped. */
function onlyMath(html: string): string {
  return html.replace(/<(\/?)([\w-]+)([^<>]*)>/gu, (_, close: string, name: string, given: string) => {
    if (!elements.has(name)) return ''
    const kept = Array.from(given.matchAll(/([\w-]+)="([\w .%#-]*)"/gu), ([whole, attribute = '']) =>
      attributes.has(attribute) ? ` ${whole}` : '',
    )
    return `<${close}${name}${kept.join('')}>`
  })
}
