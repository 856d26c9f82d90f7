/** An update as a post makes it. */
import type { Item } from '../core/grammar/understood.ts'
import { newId } from '../core/secret.ts'
import { renderUpdate } from '../render/markdown.ts'
import type { NewUpdate } from '../store/updates.ts'

export function newUpdate(
  item: Item,
  post: { readonly id: string; readonly author: string },
  fields: NewUpdate['fields'],
  at: number,
  now: number,
): NewUpdate {
  return {
    ...item,
    id: newId(now),
    post: post.id,
    author: post.author,
    fields,
    at,
    rendered: renderUpdate(item),
  }
}
