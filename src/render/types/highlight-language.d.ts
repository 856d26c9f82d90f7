/** A language of highlight.js, which is handed on as it is. */
export type Language = (hljs: object) => object

declare const language: Language
export default language
