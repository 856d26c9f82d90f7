/** An update as a post makes it. */
import type { Item } from '../core/grammar/understood.ts'
import { newId } from '../core/secret.ts'
import type { Photo } from '../core/update.ts'
import { renderUpdate } from '../render/markdown.ts'
import { withPhotos } from '../render/photos.ts'
import type { NewUpdate } from '../store/updates.ts'

export function newUpdate(
  item: Item,
  post: { readonly id: string; readonly author: string },
  fields: NewUpdate['fields'],
  at: number,
  now: number,
  photos: readonly Photo[] = [],
): NewUpdate {
  return {
    ...item,
    id: newId(now),
    post: post.id,
    author: post.author,
    fields,
    at,
    photos,
    rendered: withPhotos(renderUpdate(item), photos),
  }
}
