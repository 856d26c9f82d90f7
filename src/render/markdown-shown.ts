/** What a page shows better than the source (PURE): formulas as MathML, code with its parts marked. */
import type { Token, Tokens } from 'marked'
import { highlighted } from './code.ts'
import { mathOf } from './formula.ts'
import type { Formula } from './markdown-formulas.ts'
import { readCode } from './markdown-tokens.ts'

/** A fenced block; `shown` is its HTML, where a page shows more than the text. */
export type ShownCode = Tokens.Code & { shown?: string }

/** Of one update; what is beyond is shown as it was typed, so that no post takes long or grows without end. */
const maxCode = 10_000
const maxFormulas = 100
const maxShown = 40_000

/** Shows the tokens of an update, one after the other; `walk` calls for each of them, however deep. */
export function showOnPage(walk: (each: (token: Token) => void) => void): void {
  const left = { code: maxCode, formulas: maxFormulas, shown: maxShown }
  walk((token) => {
    const shown = shownOf(token)
    if (shown === null || shown.length > left.shown) return
    left.shown -= shown.length
    Object.assign(token, { shown })
  })

  function shownOf(token: Token): string | null {
    if (isFormula(token) && left.formulas > 0) {
      left.formulas -= 1
      return mathOf(token.tex, token.isDisplay)
    }
    if (!isCode(token)) return null
    const { language, text } = readCode(token)
    if (language === '' || text.length > left.code) return null
    left.code -= text.length
    return highlighted(text, language)
  }
}

function isFormula(token: Token): token is Token & Formula {
  return token.type === 'formula' || token.type === 'display'
}

function isCode(token: Token): token is Tokens.Code {
  return token.type === 'code'
}
