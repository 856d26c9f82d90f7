/**
 * SQL for when a row came in: `now`, but never before the end of the last period. Computed inside the INSERT,
 * so that a row that meets a closing lands in this period or in the next, never in a closed one.
 */
export function postedAt(now: string): string {
  return `max(${now}, coalesce((SELECT until FROM digests ORDER BY number DESC LIMIT 1), 0))`
}
