/** `npm run backup -- https://notes.example.com [file]`: all that a Worker holds, into one file. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { run } from './command.ts'
import { type Connection, Failed, Refused } from './connection.ts'
import { folderOf, savePhotos } from './photos.ts'

const usage = `npm run backup -- https://notes.example.com [file]

The token is read from WEEKNOTES_TOKEN. Without a file it is weeknotes-<today>.jsonl, here.`

/** How often a backup begins again because somebody wrote meanwhile. */
const rounds = 5

await run(usage, async ({ worker, file = `weeknotes-${new Date().toISOString().slice(0, 10)}.jsonl` }) => {
  const { parts, lines } = await backUp(worker, file)
  console.log(`${lines} lines in ${parts} ${parts === 1 ? 'part' : 'parts'} are in ${file}.`)
  const { saved, lost } = await savePhotos(worker, file)
  if (saved > 0) console.log(`${saved} ${saved === 1 ? 'photo is' : 'photos are'} in ${folderOf(file)}.`)
  if (lost > 0) console.error(`${lost} of the photos have no file there.`)
  console.log('Private notes and addresses are among them: keep it where only you read.')
})

type Counts = { readonly parts: number; readonly lines: number }

/** Under its own name the file is whole, or the one before. */
async function backUp(worker: Connection, file: string): Promise<Counts> {
  const unfinished = `${file}.unfinished`
  try {
    const counts = await write(worker, unfinished)
    await rename(unfinished, file)
    return counts
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

async function write(worker: Connection, file: string): Promise<Counts> {
  for (let round = 1; ; round++) {
    await using handle = await open(file, 'w', 0o600)
    try {
      const counts = await writePages(worker, handle)
      await handle.sync()
      return counts
    } catch (error) {
      if (!(error instanceof Refused) || round === rounds) throw error
      console.error('The project changed meanwhile; beginning again.')
    }
  }
}

async function writePages(worker: Connection, file: FileHandle): Promise<Counts> {
  let [parts, lines] = [0, 0]
  for (let path: string | undefined = '/api/export'; path !== undefined; ) {
    const response: Response = await worker.get(path)
    const page = await response.text()
    if (!page.startsWith('{"type":"export"') || !page.endsWith('}\n')) {
      throw new Failed('It answered something that is no export: is this the address of the Worker?')
    }
    await file.writeFile(page)
    parts += 1
    lines += page.split('\n').length - 1
    path = /<(\/[^>]+)>; rel="next"/u.exec(response.headers.get('Link') ?? '')?.[1]
  }
  return { parts, lines }
}
