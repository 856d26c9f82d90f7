/** Photos in the forms of their update (PURE): pages show them, a letter links to each by its description. */
import { countWords } from '../core/block.ts'
import { letterWords } from '../core/letter-words.ts'
import { type Photo, photoMark, type Rendered } from '../core/update.ts'
import { escapeHtml, escapeMarkdown } from './escape.ts'
import { linkStyle, paragraphStyle } from './markdown.ts'

export function withPhotos(rendered: Rendered, photos: readonly Photo[]): Rendered {
  if (photos.length === 0) return rendered
  const described = photos.map((photo) => ({
    ...photo,
    name: `${photoMark}${photo.name}`,
    title: titleOf(photo),
  }))
  const links = described.map(({ name, title }) => `<a ${linkStyle} href="${name}">${escapeHtml(title)}</a>`)
  const linked = described.map(({ name, title }) => `[${escapeMarkdown(title)}](${name})`)
  return {
    ...rendered,
    markdown: `${rendered.markdown}\n\n${linked.join(' · ')}`,
    letter: `${rendered.letter}\n<p ${paragraphStyle}>${links.join(' · ')}</p>`,
    page: `${rendered.page}\n${photos.map(figure).join('\n')}`,
    words: rendered.words + described.reduce((sum, { title }) => sum + countWords(title), 0),
  }
}

/** A form with the addresses of its photos: their names behind `at`. */
export function withFiles(form: string, at: string): string {
  return form.replaceAll(photoMark, () => at)
}

/** Markdown up to the links to its photos, for where there is room for the first words alone. */
export function beforePhotos(markdown: string): string {
  const photo = markdown.indexOf(photoMark)
  return photo < 0 ? markdown : markdown.slice(0, markdown.lastIndexOf('\n\n', photo))
}

/** Where a photo is shown to whoever is signed in. */
export const filesPath = '/files/'

function titleOf({ description }: Photo): string {
  return description === '' ? letterWords.photo : letterWords.photoOf(description)
}

function figure({ name, width, height, description }: Photo): string {
  const address = photoMark + name
  const image = `<img src="${address}" alt="${letterWords.photo}" width="${width}" height="${height}" loading="lazy">`
  const caption = description === '' ? '' : `<figcaption>${escapeHtml(description)}</figcaption>`
  return `<figure><a href="${address}">${image}</a>${caption}</figure>`
}
