/** A server that answers as a test says, for the programs that ask one. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type Answering = {
  readonly origin: string
  /** Ends it, and every connection. */
  close(): void
}

/** Listens on a free port; `answer` gets each request when all of its body has arrived. */
export async function serveAnswers(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<Answering> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => answer(request, body, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    origin: typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '',
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
