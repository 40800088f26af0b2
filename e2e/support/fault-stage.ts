import { rm } from 'node:fs/promises'
import { test as base } from './test.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { kubectl as runKubectl } from './kubectl.ts'
import { newDataDir } from './new-data-dir.ts'
import { startConsole } from './start-console.ts'
import { type RunningPlatform, startPlatform } from './start-platform.ts'

interface StageFixtures {
  /** The embedded platform as a process of its own. */
  platform: RunningPlatform
  /** Between that platform and the console. kubectl goes past it. */
  faultProxy: FaultProxy
}

/** Browser tests whose console reaches the platform through a proxy that can be told to fail. */
export const test = base.extend<object, StageFixtures>({
  platform: [
    // oxlint-disable-next-line no-unused-vars -- asking for `instance` is what gives each value a worker
    async ({ instance }, use) => {
      const data = await newDataDir('fault-platform-')
      const platform = await startPlatform(data)
      await use(platform)
      await platform.stop()
      await rm(data, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  faultProxy: [
    async ({ platform }, use) => {
      const proxy = await startFaultProxy(platform.kubeconfig)
      await use(proxy)
      await proxy.close()
    },
    { scope: 'worker' },
  ],
  console: [
    async ({ faultProxy: proxy }, use) => {
      const running = await startConsole(['--kubeconfig', proxy.kubeconfig])
      await use(running)
      await running.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  kubectl: [
    async ({ platform }, use) => {
      await use(async (...args) => (await runKubectl(['--kubeconfig', platform.kubeconfig, ...args])).stdout)
    },
    { scope: 'worker' },
  ],
})

export { expect } from './test.ts'
