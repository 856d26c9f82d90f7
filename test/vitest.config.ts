import { accessSync, constants, statfsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A folder in memory, where Linux has a roomy one: each write of a test's database waits for a disk to have it. */
const memory = '/dev/shm'
try {
  accessSync(memory, constants.W_OK)
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize > 4 * 2 ** 30) process.env.TMPDIR = memory
} catch {
  // The disk's will do.
}

/** What the tests of the Worker run with: never a developer's own secrets. */
const bindings = {
  OWNER_TOKEN: 'owner-token-of-the-tests',
  RESEND_API_KEY: 're_test',
  RESEND_WEBHOOK_SECRET: 'whsec_dGVzdHM=',
  RESEND_BASE_URL: 'https://resend.test',
}

/** What takes longest, the longest first. */
const long = [
  ...[
    'delivery/killed.node',
    'browser/pages',
    'browser/attacks',
    'browser/desk-preview',
    'browser/desk-settings',
    'browser/desk',
  ],
  ...['delivery/schedules', 'delivery/crash', 'http/probe', 'http/import', 'delivery/invariants'],
]

/** Files begin in an order that leaves no worker alone with a long one in the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turn = ({ project, moduleId }: TestSpecification) => {
      const place = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
      // Those of the Worker share a process as long as no other comes between them.
      return (project.name === 'worker' ? long.length : 0) + (place < 0 ? long.length : place)
    }
    return (await super.sort(files)).sort((a, b) => turn(a) - turn(b))
  }
}

export default defineConfig(async () => ({
  root,
  test: {
    sequence: { sequencer: LongFirst },
    silent: 'passed-only' as const,
    maxWorkers: 2, // one less than there are cores unless said, which is one on two
    projects: [
      {
        root,
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                ...bindings,
                MIGRATIONS: await readD1Migrations(`${root}/src/store/migrations`),
                SCHEDULES: process.env.SCHEDULES ?? '{}',
                FUZZ: process.env.FUZZ ?? '',
              },
              d1Databases: { OTHER_DB: 'another-worker' },
              outboundService: (request: Request) =>
                new Response(`tests need no network: ${request.url}`, { status: 599 }),
            },
          }),
        ],
        test: {
          name: 'worker',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/**/*.node.test.ts', 'test/browser/**'],
          setupFiles: ['test/setup.ts'],
          isolate: false,
          testTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.node.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          exclude: ['test/**/*.node.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
}))
