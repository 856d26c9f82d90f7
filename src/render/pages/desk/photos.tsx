/** Photos beside the update that they belong to (PURE), small, each leading to itself. */

import { deskWords as words } from '../../../core/desk-words.ts'
import { extract } from '../../../core/grammar/text.ts'
import type { Photo } from '../../../core/update.ts'
import { photoWords } from '../../../core/words.ts'
import { filesPath } from '../../photos.ts'

export function Photos({ photos }: { readonly photos: readonly Photo[] }) {
  if (photos.length === 0) return null
  return (
    <p class="photos">
      {photos.map(({ name, width, height, description }) => (
        <a href={filesPath + name}>
          <img
            src={filesPath + name}
            alt={description || photoWords.untitled}
            width={width}
            height={height}
            loading="lazy"
          />
        </a>
      ))}
    </p>
  )
}

export type Unkept = { readonly update: string; readonly text: string; readonly warnings: readonly string[] }

const maxExtract = 60

/** What was not kept of posts that are open still, each leading to its update. */
export function UnkeptPhotos({ unkept }: { readonly unkept: readonly Unkept[] }) {
  if (unkept.length === 0) return null
  return (
    <section class="asked">
      <h2>{words.unkept}</h2>
      <ul>
        {unkept.map(({ update, text, warnings }) => (
          <li>
            <a href={`#${update}`}>{extract(text, maxExtract)}</a>: {warnings.join(' ')}
          </li>
        ))}
      </ul>
    </section>
  )
}
