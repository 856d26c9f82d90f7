/** The files of photos on their way from one Worker to another, beside the lines of the export. */
import { cleanPhoto } from '../core/photo/photo.ts'
import { fail, invalid } from '../core/result.ts'
import { photoWords } from '../core/words.ts'
import { findExported } from '../store/photos.ts'
import { type Handlers, none } from './call.ts'
import { fileReply } from './photos.ts'

export const photoFileHandlers: Handlers<'exportFile' | 'importFile'> = {
  async exportFile(call) {
    const name = call.params.name ?? ''
    return fileReply(call, name, await findExported(call.db, name))
  },

  /** What was kept once is clean already; whoever sends another file learns what is wrong with it. */
  async importFile({ env: { FILES }, db, params, body }) {
    const name = params.name ?? ''
    const type = await findExported(db, name)
    if (type === null) return fail({ reason: 'notFound' })
    if (FILES === undefined) return fail({ reason: 'stale', detail: photoWords.notKept.noFiles })
    if ((await FILES.head(name)) !== null) return none()
    const clean = cleanPhoto(body)
    if (typeof clean === 'string') return invalid('body', photoWords.notKept[clean])
    if (clean.type !== type) return invalid('body', `is ${clean.type}, not ${type}`)
    await FILES.put(name, clean.bytes, { httpMetadata: { contentType: type } })
    return none()
  },
}
