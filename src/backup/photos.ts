/** The files of photos, beside the lines of a backup: in a folder named after it. */
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, Failed } from './connection.ts'

export const folderOf = (file: string) => `${file}.photos`

/** Saves the photos that a backup names, all but those that are there already. */
export async function savePhotos(worker: Connection, file: string): Promise<{ saved: number; lost: number }> {
  const there = await namesIn(folderOf(file))
  let [saved, lost] = [0, 0]
  for await (const name of photosIn(file)) {
    if (there.has(name)) continue
    const photo = await worker.find(`/api/export/files/${name}`)
    if (photo === null) {
      lost += 1
      continue
    }
    await mkdir(folderOf(file), { recursive: true, mode: 0o700 })
    const path = join(folderOf(file), name)
    await writeFile(`${path}.unfinished`, photo, { mode: 0o600 })
    await rename(`${path}.unfinished`, path)
    saved += 1
  }
  return { saved, lost }
}

/** Sends the photos that were saved; how many. */
export async function sendPhotos(worker: Connection, file: string): Promise<number> {
  const there = await namesIn(folderOf(file))
  let sent = 0
  for await (const name of photosIn(file)) {
    if (!there.has(name)) continue
    try {
      await worker.put(`/api/import/files/${name}`, await readFile(join(folderOf(file), name)))
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      throw new Failed(`The photo ${name} was not taken. ${error.message}`)
    }
    sent += 1
  }
  return sent
}

async function* photosIn(file: string): AsyncGenerator<string> {
  await using handle = await open(file)
  for await (const line of handle.readLines()) {
    if (!line.startsWith('{"type":"photo"')) continue
    const { name } = JSON.parse(line) as { name: string } // as the export writes it
    if (/^[\da-f]{32}\.[a-z]{3,4}$/u.test(name)) yield name // it becomes a name in a folder
  }
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder))
  } catch {
    return new Set()
  }
}
