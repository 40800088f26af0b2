import { defineConfig } from '@playwright/test'
import base from '../../playwright.config.ts'

/** The Upload Packages page with a real registry and real signatures: part of `npm run test:registry`. */
export default defineConfig(base, {
  testDir: '.',
  globalSetup: '../../support/prepare-template.ts',
  outputDir: '../../../test-results/registry',
})
