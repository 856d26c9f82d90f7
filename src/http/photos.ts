/** Photos: judged as they come in, kept before the post that shows them is, and shown to those who may see it. */
import { isInside, isPrivate } from '../core/grammar/privacy.ts'
import { type CleanPhoto, cleanPhoto, maxPhotos } from '../core/photo/photo.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { newSecret } from '../core/secret.ts'
import type { Photo, Update } from '../core/update.ts'
import { photoWords } from '../core/words.ts'
import {
  findArchivedPhoto,
  findLoose,
  findPhoto,
  forgetPhotos,
  insertPhotos,
  takeOrphans,
} from '../store/photos.ts'
import { openProject, owner } from '../store/project.ts'
import type { Call, Caller, Extra, Handlers, Reply } from './call.ts'
import type { Env } from './env.ts'
import { visitorOf } from './session.ts'
import { readerOf } from './shown-update.ts'

/** A photo that can be kept, with its file. */
type Judged = Photo & Pick<CleanPhoto, 'bytes'>

export type JudgedPhotos = { readonly photos: readonly Judged[]; readonly warnings: readonly string[] }

export type Photos = { readonly photos: readonly Photo[]; readonly warnings: readonly string[] }

const endings = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif' } as const

/** What of the files that came with a post can be kept, and why the others cannot. */
export function judgePhotos({ env, extra }: Pick<Call, 'env' | 'extra'>): JudgedPhotos {
  const whys = photoWords.notKept
  if (extra.photos.length > 0 && env.FILES === undefined) return { photos: [], warnings: [whys.noFiles] }
  const photos: Judged[] = []
  const warnings = new Set<string>()
  for (const { bytes, description } of extra.photos.slice(0, maxPhotos)) {
    const clean = cleanPhoto(bytes)
    if (typeof clean === 'string') warnings.add(whys[clean])
    else photos.push({ ...clean, name: `${newSecret()}.${endings[clean.type]}`, description })
  }
  if (extra.photos.length > maxPhotos) warnings.add(whys.tooMany)
  return { photos, warnings: [...warnings] }
}

/** Keeps their files; where the storage fails the post comes without them, and says so. */
export async function storePhotos(
  { env, db, now, caller }: Pick<Call, 'env' | 'db' | 'now'> & { readonly caller: Caller },
  { photos, warnings }: JudgedPhotos,
): Promise<Photos> {
  await openProject(db, now) // their author may be there from now on only
  const noted = photos.map(({ bytes: _, ...photo }) => photo)
  await insertPhotos(db, noted, caller.author.id, now)
  try {
    await Promise.all(
      photos.map(({ name, type, bytes }) =>
        env.FILES?.put(name, bytes, { httpMetadata: { contentType: type } }),
      ),
    )
    return { photos: noted, warnings }
  } catch {
    return { photos: [], warnings: [...warnings, photoWords.notKept.notStored] }
  }
}

/** Those that an update is to show, its own and such as were taken out of it; null if one is not there. */
export async function chosenPhotos(
  db: D1Database,
  update: Update,
  chosen: readonly { readonly name: string; readonly description?: string | undefined }[],
): Promise<readonly Photo[] | null> {
  const others = chosen.filter(({ name }) => !update.photos.some((photo) => photo.name === name))
  const loose = await findLoose(
    db,
    update.author,
    others.map(({ name }) => name),
  )
  const known = new Map([...update.photos, ...loose].map((photo) => [photo.name, photo]))
  const photos = chosen.flatMap(({ name, description }) => {
    const photo = known.get(name)
    return photo === undefined ? [] : [{ ...photo, description: description ?? photo.description }]
  })
  return photos.length === chosen.length ? photos : null
}

/** Whether a description says, as a text may, that its post is for nobody, or for the inner circle alone. */
export function privacyOf({ photos }: Extra): { readonly kind?: 'private'; readonly inside?: true } {
  return {
    ...(photos.some(({ description }) => isPrivate(description)) ? { kind: 'private' } : {}),
    ...(photos.some(({ description }) => isInside(description)) ? { inside: true } : {}),
  }
}

export const photoHandlers: Handlers<'getPhoto' | 'showPhoto'> = {
  async getPhoto(call) {
    const name = call.params.name ?? ''
    return fileReply(call, name, await findPhoto(call.db, readerOf(call.caller), name))
  },

  /** Whoever may not see it learns no more than of one that is not there. */
  async showPhoto(call) {
    const { db, params } = call
    const name = params.name ?? ''
    const signedIn = await visitorOf(call)
    if (signedIn === null) return fail({ reason: 'unauthorized' })
    const type =
      signedIn.is === 'recipient'
        ? await findArchivedPhoto(db, signedIn, name)
        : await findPhoto(
            db,
            signedIn.is === 'owner'
              ? { author: owner.id, isOwner: true }
              : { author: signedIn.author.id, isOwner: false },
            name,
          )
    return fileReply(call, name, type)
  },
}

/** A photo's file by its own type; `type` is null where there is none to be shown. */
export async function fileReply(
  { env, headers }: Pick<Call, 'env' | 'headers'>,
  name: string,
  type: Photo['type'] | null,
): Promise<Result<Reply>> {
  if (type === null) return fail({ reason: 'notFound' })
  const tag = { ETag: `"${name}"` } // a name never stands for another picture
  // Who has it already is told so on the way out, without its file being read.
  if (headers.get('If-None-Match')?.includes(tag.ETag)) return ok({ status: 200, body: null, headers: tag })
  const file = (await env.FILES?.get(name)) ?? null
  if (file === null) return fail({ reason: 'notFound' })
  const size = { 'Content-Length': String(file.size) }
  return ok({ status: 200, body: { file: file.body, type }, headers: { ...tag, ...size } })
}

/** Deletes the files of photos that no update shows. Whatever fails here is done by the next closing. */
export async function deleteFiles({ DB, FILES }: Env, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  try {
    await FILES?.delete([...names])
    await forgetPhotos(DB, names)
  } catch (error) {
    console.error(JSON.stringify({ error: error instanceof Error ? error.name : 'unknown', files: 'kept' }))
  }
}

/** What each closing cleans up beside its tables. */
export async function clearFiles(env: Env, now: number): Promise<void> {
  await deleteFiles(env, await takeOrphans(env.DB, now))
}
