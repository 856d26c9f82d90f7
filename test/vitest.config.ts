import { fileURLToPath } from 'node:url'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the tests of the Worker run with: never a developer's own secrets. */
const bindings = {
  OWNER_TOKEN: 'owner-token-of-the-tests',
  RESEND_API_KEY: 're_test',
  RESEND_WEBHOOK_SECRET: 'whsec_dGVzdHM=',
  RESEND_BASE_URL: 'https://resend.test',
}

export default defineConfig(async () => ({
  root,
  test: {
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
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
}))
