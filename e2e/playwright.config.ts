import { defineConfig } from '@playwright/test'
import { LEFT_OUT } from './kube/left-out.ts'
import { chromiumLaunchOptions } from './support/chromium.ts'

const IS_REAL = process.env['KUBE_TARGET'] === 'real'
const CI = process.env['CI'] !== undefined

export default defineConfig({
  testDir: './specs',
  ...(IS_REAL
    ? {
        globalSetup: './kube/prepare-template.ts',
        testIgnore: Object.keys(LEFT_OUT).map((name) => `**/${name}`),
      }
    : { globalSetup: './support/prepare-template.ts' }),
  outputDir: '../test-results',
  // Each spec file has a console and a platform of its own (fixture `instance`), so files run side by side.
  // Three on two cores, since much of the time rollouts are waited for; three API servers each want more.
  workers: IS_REAL ? 2 : 3,
  fullyParallel: false,
  forbidOnly: CI,
  // A test that needs luck is named in the summary; on CI it does not stop everything else.
  retries: CI ? 1 : 0,
  // Behind three API servers and their stores everything takes longer.
  timeout: IS_REAL ? 120_000 : 60_000,
  expect: { timeout: IS_REAL ? 30_000 : 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: await chromiumLaunchOptions(),
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    // Filming every step takes a third of the time of all tests; `--trace on` does it for one that fails.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
  },
})
