/** What the machine answers, in its own voice (PURE). */
import type { Child } from 'hono/jsx'

export function Answer({ children }: { readonly children: Child }) {
  return (
    <p class="answer" role="status">
      {children}
    </p>
  )
}
