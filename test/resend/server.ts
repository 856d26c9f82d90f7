// The stand-in over real HTTP on 127.0.0.1, for the demo, the bench and tests in Node.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Resend } from './stand-in.ts'

/** Serves on `port`, or on a free one. */
export const serveResend = async (
  resend: Resend,
  port = 0,
): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const server = createServer((incoming, outgoing) => {
    // A rejection stands for a connection that broke.
    pass(resend, incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const pass = async (resend: Resend, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const { method = 'GET', url = '/' } = incoming
  const request = new Request(new URL(url, 'http://127.0.0.1'), {
    method,
    headers: Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
    body: method === 'GET' || method === 'HEAD' ? null : new Uint8Array(await buffer(incoming)),
    signal: gone.signal,
  })
  const response = await resend.fetch(request)
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(new Uint8Array(await response.arrayBuffer()))
}
