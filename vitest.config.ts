import { defineConfig } from 'vitest/config'

/** What needs an API server that is not ours: `npm run test:kube` starts one and names it in KUBE_TEST_KUBECONFIG. */
const REAL = ['lib/kube/real-server.test.ts', 'platform/tests/real/**/*.test.ts']
/** What compares the embedded server with the one that CONTRACT_KUBECONFIG names, and means nothing without it. */
const COMPARED = ['e2e/contract/apply-random.test.ts']

/** On CI a test that needs luck does not stop everything else; `scripts/test` names it in the summary. */
const retry = process.env['CI'] === undefined ? 0 : 1

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          retry,
          testTimeout: 30_000,
          // Many of them wait for timers and processes rather than for a core.
          maxWorkers: 4,
          include: ['{lib,components,platform,cli,lint,scripts,app}/**/*.test.{ts,tsx}'],
          exclude: REAL,
          environment: 'node',
        },
      },
      {
        test: {
          name: 'contract',
          retry,
          include: ['e2e/contract/**/*.test.ts'],
          exclude: process.env['CONTRACT_KUBECONFIG'] ? [] : COMPARED,
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'real', retry, include: REAL, testTimeout: 30_000, environment: 'node' } },
      {
        test: {
          name: 'registry',
          retry,
          include: ['e2e/registry/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
