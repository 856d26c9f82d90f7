/** `npm run restore -- https://notes.example.com file`: a backup, into the empty database of a Worker. */
import { open } from 'node:fs/promises'
import { Misused, run } from './command.ts'
import { type Connection, Failed } from './connection.ts'
import { sendPhotos } from './photos.ts'

const usage = `npm run restore -- https://notes.example.com file

The token is read from WEEKNOTES_TOKEN. Done twice, it changes nothing more.`

await run(usage, async ({ worker, file }) => {
  if (file === undefined) throw new Misused('Give the file, too.')
  for await (const part of partsOf(file)) console.log(await restore(worker, part))
  const photos = await sendPhotos(worker, file)
  if (photos > 0) console.log(`${photos} ${photos === 1 ? 'photo' : 'photos'}.`)
  const next = (await (await worker.get('/api/digests/next')).json()) as { number: number } // the route's schema
  console.log(`
All of ${file} is there. Period ${next.number} is held: nothing goes out until you lift it. Look at it, then
DELETE /api/digests/next/hold with {"number": ${next.number}}.`)
})

type Part = { readonly text: string; readonly firstLine: number }

/** Each begins with a line of the type `export`. */
async function* partsOf(file: string): AsyncGenerator<Part> {
  await using handle = await open(file)
  let lines: string[] = []
  let [firstLine, count] = [1, 0]
  for await (const line of handle.readLines()) {
    count += 1
    if (isHead(line) && lines.length > 0) {
      yield { text: lines.join('\n'), firstLine }
      ;[lines, firstLine] = [[], count]
    }
    lines.push(line)
  }
  if (lines.length === 0) throw new Failed(`${file} is empty.`)
  yield { text: lines.join('\n'), firstLine }
}

function isHead(line: string): boolean {
  return /^\s*\{\s*"type"\s*:\s*"export"/u.test(line)
}

/** What was read of a part, and what of it was new. */
async function restore(worker: Connection, { text, firstLine }: Part): Promise<string> {
  try {
    const answer = (await (await worker.post('/api/import', text)).json()) as Imported // the route's schema
    const counts = Object.values(answer.lines)
    const sum = (name: 'read' | 'added') => counts.reduce((all, each) => all + each[name], 0)
    return `Part ${answer.part}: ${sum('read')} lines, ${sum('added')} of them new.`
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    throw new Failed(`The part that begins at line ${firstLine} was not taken. ${error.message}`)
  }
}

type Imported = {
  readonly part: number
  readonly lines: Readonly<Record<string, { readonly read: number; readonly added: number }>>
}
