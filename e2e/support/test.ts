import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { startRealConsole } from '../kube/real-platform.ts'
import { kubectl as runKubectl } from './kubectl.ts'
import { type RunningConsole, startConsole } from './start-console.ts'

interface WorkerFixtures {
  /** Name of the console that this file wants to itself. */
  instance: string
  /** Further environment variables of that console. */
  env: Record<string, string>
  console: RunningConsole
  /** Runs kubectl against the platform, the embedded one or (`KUBE_TARGET=real`) one of real API servers, and returns what it printed. */
  kubectl: (...args: string[]) => Promise<string>
}

interface TestFixtures {
  /** Fails the test on console errors, page errors and policy violations that it did not expect. */
  cleanPage: { allow(pattern: RegExp): void }
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  instance: ['shared', { scope: 'worker', option: true }],
  env: [{}, { scope: 'worker', option: true }],
  console: [
    // oxlint-disable-next-line no-unused-vars -- asking for `instance` is what gives each value a worker
    async ({ instance, env }, use) => {
      const template = process.env['KUBE_TEMPLATE']
      const running = await (template === undefined
        ? startConsole([], { env })
        : startRealConsole(template, env))
      await use(running)
      await running.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  kubectl: [
    async ({ console: running }, use) => {
      await use(async (...args) => {
        const result = await runKubectl(['--kubeconfig', running.kubeconfig, ...args])
        return result.stdout
      })
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ console: running }, use) => {
    await use(running.url)
  },
  cleanPage: [
    async ({ page, console: running }, use, testInfo) => {
      const allowed: RegExp[] = []
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error')
          problems.push(`console: ${message.text()} (${message.location().url})`)
      })
      await use({ allow: (pattern) => allowed.push(pattern) })
      if (testInfo.status !== testInfo.expectedStatus)
        await testInfo.attach('console.log', { body: running.log(), contentType: 'text/plain' })
      expect(problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)))).toEqual([])
    },
    { auto: true },
  ],
})

/** Fails when axe finds a violation of WCAG 2.2 AA (or below) on the page as it stands. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // Half-way through a fade every colour is wrong.
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(passing.map(({ finished }) => finished))
  })
  // In the page itself, which frames nothing, rather than in parts that a page of axe's own puts together.
  const result = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const found = result.violations.map(
    ({ id, help, nodes }) =>
      `${where}: ${id}: ${help}\n${nodes.map(({ html }) => `    ${html.slice(0, 200)}`).join('\n')}`,
  )
  expect(found).toEqual([])
}

export { expect }
