/** What is used of highlight.js: its own types bring the whole DOM into the Worker. tsconfig.json leads here. */
import type { Language } from './highlight-language.d.ts'

declare const hljs: {
  getLanguage(name: string): object | undefined
  registerLanguage(name: string, language: Language): void
  highlight(
    code: string,
    options: { readonly language: string; readonly ignoreIllegals: boolean },
  ): { readonly value: string }
}
export default hljs
