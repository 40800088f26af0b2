import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { kubectl } from '#e2e/support/kubectl.ts'
import { type RunningConsole, startConsole } from '#e2e/support/start-console.ts'
import { findKubeAssets } from './assets.ts'
import { type AttachedProcess, startAttached } from './attached-process.ts'
import { type RunningKube, startKube } from './start-kube.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const INSTALL_TIMEOUT_MS = 60_000
const CONTROLLERS_LOG = 'platform-controllers.log'
const CLUSTERS = ['global', 'business', 'edge'] as const
const MARKER = `
apiVersion: v1
kind: Namespace
metadata: {name: cpaas-system}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: simulated-delivery, namespace: cpaas-system}
data: {stageMilliseconds: "0"}
`
/** Left out of a copy: ports are for one at a time; a spare piece of etcd's log is made when needed. */

const NOT_COPIED = /(ports\.json|\.log|\.tmp)$/

/**
 * Three API servers behind a gateway, of the minor version `$KUBE_MINOR` if that is set.
 * @throws Error when there are none here
 */
async function startServers(data: string): Promise<RunningKube> {
  const minor = process.env['KUBE_MINOR'] ?? ''
  const assets = await findKubeAssets(minor === '' ? {} : { minor })
  if ('missing' in assets) throw new Error(assets.missing)
  return startKube(assets, { clusters: CLUSTERS, data, gateway: true })
}

/** What `npm run controller -- --simulate-delivery` starts. */
function startControllers(kubeconfig: string, data: string): Promise<AttachedProcess> {
  const main = join(ROOT, 'platform/controllers/main.ts')
  const args = [main, '--kubeconfig', kubeconfig, '--simulate-delivery']
  return startAttached(process.execPath, args, join(data, CONTROLLERS_LOG))
}

/**
 * Makes what each test file then gets a copy of: real API servers with the definitions, the contents that an embedded
 * platform begins with, and its installations running.
 * @param data folder for it
 * @throws Error naming what failed
 */
export async function makeTemplate(data: string): Promise<void> {
  const platform = await startServers(data)
  const { kubeconfig } = platform
  const run = (...args: string[]) => kubectl(['--kubeconfig', kubeconfig, ...args])
  try {
    await Promise.all(
      CLUSTERS.map(async (context) => {
        await run('--context', context, 'apply', '-f', join(ROOT, 'crds'))
        await run('--context', context, 'wait', '--for=condition=Established', 'crd', '--all')
        await kubectl(['--kubeconfig', kubeconfig, '--context', context, 'apply', '-f', '-'], {
          input: MARKER,
        })
      }),
    )
    const seeding = [join(ROOT, 'platform/seed-platform.ts'), '--kubeconfig', kubeconfig]
    await promisify(execFile)(process.execPath, seeding)
    const controllers = await startControllers(kubeconfig, data)
    try {
      await untilInstalled(async () => {
        const phases = '-o=jsonpath={range .items[*]}[{.status.phase}]{end}'
        return (await run('get', 'moduleinfo', phases)).stdout
      })
    } finally {
      await controllers.stop()
    }
    const usualPace = ['--type=json', '-p', '[{"op":"remove","path":"/data"}]']
    for (const context of CLUSTERS)
      await run('--context', context, 'patch', 'cm', 'simulated-delivery', '-n', 'cpaas-system', ...usualPace)
  } finally {
    await platform.stop()
  }
}

/** Waits until every installation is there; their names change meanwhile. */
async function untilInstalled(phases: () => Promise<string>): Promise<void> {
  const deadline = Date.now() + INSTALL_TIMEOUT_MS
  for (;;) {
    const now = await phases()
    if (/^(\[Running\])+$/.test(now)) return
    if (Date.now() > deadline) throw new Error(`the first installations stay ${now}`)
    await sleep(500)
  }
}

/** The console, with these environment variables besides, on a real platform of its own, a copy of the template. */
export async function startRealConsole(
  template: string,
  env: Record<string, string> = {},
): Promise<RunningConsole> {
  const data = await mkdtemp(join(tmpdir(), 'real-platform-'))
  const cleanups = [() => rm(data, { recursive: true, force: true })]
  const cleanUp = async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  }
  try {
    await cp(template, data, { recursive: true, filter: (path) => !NOT_COPIED.test(path) })
    const platform = await startServers(data)
    cleanups.push(() => platform.stop())
    const controllers = await startControllers(platform.kubeconfig, data)
    cleanups.push(() => controllers.stop())
    const running = await startConsole(['--kubeconfig', platform.kubeconfig], { env })
    cleanups.push(() => running.stop())
    const log = () => `${running.log()}\n${readFileSync(join(data, CONTROLLERS_LOG), 'utf8')}`
    return { ...running, log, stop: cleanUp }
  } catch (error) {
    await cleanUp()
    throw error
  }
}
