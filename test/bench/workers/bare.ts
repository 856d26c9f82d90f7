/** The least a Worker can do with a post: read it, insert it, answer. */
import type { D1Database } from '@cloudflare/workers-types/experimental'

export default {
  async fetch(request: Request, env: { readonly DB: D1Database }): Promise<Response> {
    const { text } = (await request.json()) as { text: string } // only the bench asks
    const id = crypto.randomUUID()
    await env.DB.prepare('INSERT INTO notes (id, text, posted_at) VALUES (?1, ?2, ?3)')
      .bind(id, text, Date.now())
      .run()
    return Response.json({ id }, { status: 201 })
  },
}
