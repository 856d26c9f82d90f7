/** A run of the cron with nothing to do: what it asks of D1. */
import { ask } from './load.ts'
import type { Measurement } from './measurement.ts'

export const idle: Measurement = {
  name: 'A tick with nothing due',

  async measure({ measured }) {
    const { counts } = await ask(measured, '/bench/tick', {
      due: Date.now(),
      key: 're_never_called',
      times: 1,
    })
    return {
      rows: [
        {
          what: 'queries of an idle tick',
          figure: `${counts.queries}`,
          value: counts.queries,
          budget: { atMost: 3 },
        },
        {
          what: 'rows read by an idle tick',
          figure: `${counts.rowsRead}`,
          value: counts.rowsRead,
          budget: { atMost: 5 },
        },
      ],
      notes: [],
    }
  },
}
