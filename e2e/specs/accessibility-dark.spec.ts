import { expectAllAccessible } from '#e2e/support/accessible-pages.ts'
import { READING } from '#e2e/support/reading.ts'
import { test } from '#e2e/support/test.ts'

test.use(READING)

for (const language of ['en', 'zh'] as const)
  test(`axe finds nothing on any page or dialog: dark, ${language}`, async ({ page, context, baseURL }) => {
    test.setTimeout(120_000)
    await expectAllAccessible(page, context, baseURL ?? '', 'dark', language)
  })
