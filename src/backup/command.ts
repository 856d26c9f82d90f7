import { type Connection, connect, Failed } from './connection.ts'

/** What was typed behind the command: an address, and perhaps a file. */
export type Given = { readonly worker: Connection; readonly file: string | undefined }

/** The command was not understood. */
export class Misused extends Error {}

/** Runs a command. Exit codes: 0 done, 1 it failed, 2 it was not understood. */
export async function run(usage: string, act: (given: Given) => Promise<void>): Promise<void> {
  try {
    await act(understood(process.argv.slice(2), process.env.WEEKNOTES_TOKEN))
  } catch (error) {
    process.exitCode = error instanceof Misused ? 2 : 1
    if (error instanceof Misused) console.error(`${error.message}\n\n${usage}`)
    else console.error(error instanceof Failed || isOfTheSystem(error) ? error.message : error)
  }
}

function understood([address, file, ...more]: readonly string[], token: string | undefined): Given {
  const url = URL.parse(address ?? '')
  if (url === null || more.length > 0) throw new Misused('Give the address of the Worker.')
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    throw new Misused('The address must begin with https://, or the token could be read on its way.')
  }
  if (token === undefined || token === '') throw new Misused('WEEKNOTES_TOKEN is not set.')
  return { worker: connect(url.origin, token), file }
}

/** A file that is not there, a full disk. */
function isOfTheSystem(error: unknown): error is Error {
  return error instanceof Error && 'code' in error
}
