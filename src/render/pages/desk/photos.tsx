/** Photos beside the update that they belong to (PURE), small, each leading to itself. */

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
