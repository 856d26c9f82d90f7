/** Code with its parts marked by classes (PURE), for pages: keywords, strings, comments, as highlight.js sees them. */
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import cpp from 'highlight.js/lib/languages/cpp'
import diff from 'highlight.js/lib/languages/diff'
import json from 'highlight.js/lib/languages/json'
import python from 'highlight.js/lib/languages/python'
import yaml from 'highlight.js/lib/languages/yaml'

/** Those that notes hold most, since each takes its room in the bundle. One is set up when it is first met. */
const languages = { bash, cpp, diff, json, python, yaml }

/** Other names; C is read as the language that grew out of it. */
const aliases: Readonly<Record<string, keyof typeof languages>> = {
  ...{ c: 'cpp', 'c++': 'cpp', h: 'cpp', hpp: 'cpp', cu: 'cpp', cuda: 'cpp', patch: 'diff' },
  ...{ py: 'python', python3: 'python', sh: 'bash', shell: 'bash', zsh: 'bash', yml: 'yaml' },
}

/** HTML of the code, with spans of classes alone; null for a language that is not known here. */
export function highlighted(code: string, named: string): string | null {
  const lower = named.toLowerCase()
  const name = Object.hasOwn(aliases, lower) ? aliases[lower] : lower
  if (name === undefined || !isLanguage(name)) return null
  if (hljs.getLanguage(name) === undefined) hljs.registerLanguage(name, languages[name])
  return hljs.highlight(code, { language: name, ignoreIllegals: true }).value
}

function isLanguage(name: string): name is keyof typeof languages {
  return Object.hasOwn(languages, name)
}
