import type { Env as WorkerEnv } from '../src/http/env.ts'

declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {
      /** The database of a second Worker. */
      readonly OTHER_DB: D1Database
      readonly MIGRATIONS: import('cloudflare:test').D1Migration[]
      /** JSON: which random schedules are played. */
      readonly SCHEDULES: string
      /** How many requests are made of each route, where it is more than in every run of the tests. */
      readonly FUZZ: string
    }
    interface GlobalProps {
      mainModule: typeof import('../src/index.ts')
    }
  }
}
