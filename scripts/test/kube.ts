import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findKubeAssets, MINOR_VERSIONS, type KubeAssets, type NoKubeAssets } from '#e2e/kube/assets.ts'
import { LEFT_OUT } from '#e2e/kube/left-out.ts'
import { startKube } from '#e2e/kube/start-kube.ts'
import { whenAskedToStop } from '../start/stop-signal.ts'
import { conclude } from './conclude.ts'
import { runStep, type StepResult } from './step.ts'
import { browserStep, buildStep, ownStep, REPORTS, ROOT, vitestStep } from './steps.ts'

/** One empty cluster for each of the two steps that want one to themselves. */
const CONTRACT = 'contract'
const OTHERS = 'global'

/**
 * `npm run test:kube [-- --version MINOR]`: what runs against API servers that are not ours. Where there are none and
 * none can be built it says so and ends well; the sum is then of nothing.
 */
export async function main(args: readonly string[]): Promise<void> {
  const started = performance.now()
  const { values } = parseArgs({ args: [...args], options: { version: { type: 'string' } } })
  const { version } = values
  const stopping = new AbortController()
  const { signal } = stopping
  whenAskedToStop(() => stopping.abort())
  mkdirSync(REPORTS, { recursive: true })
  const results: StepResult[] = []

  let assets: KubeAssets | NoKubeAssets | undefined
  const found = await ownStep('real Kubernetes', async () => {
    assets = await findKubeAssets({ log: console.log, ...(version === undefined ? {} : { minor: version }) })
  })
  if (assets !== undefined && 'missing' in assets) {
    console.log(`tests against a real Kubernetes API server skipped: ${assets.missing}`)
    return conclude([], started, false)
  }
  results.push(found)
  if (assets !== undefined) {
    console.log(`  ${assets.origin}; --version takes ${MINOR_VERSIONS.join(' or ')}`)
    results.push(...(await onEmptyClusters(assets, signal)))
    if (!signal.aborted) results.push(...(await inBrowser(version ?? '', signal)))
  }
  conclude(results, started, signal.aborted)
}

/** The contract suite, unchanged; client and cache; the controllers with the rights that `deploy/` gives them. */
async function onEmptyClusters(assets: KubeAssets, signal: AbortSignal): Promise<StepResult[]> {
  const data = await mkdtemp(join(tmpdir(), 'kube-'))
  const kubeconfigOf = (cluster: string) => join(data, cluster, 'kubeconfig')
  const results: StepResult[] = []
  try {
    const running = await startKube(assets, { clusters: [CONTRACT, OTHERS], data })
    try {
      const steps = [
        vitestStep('contract', 'contract tests, real API server', {
          env: { CONTRACT_KUBECONFIG: kubeconfigOf(CONTRACT) },
        }),
        vitestStep('real', 'client and controllers, real API server', {
          env: { KUBE_TEST_KUBECONFIG: kubeconfigOf(OTHERS) },
        }),
      ]
      for (const step of steps) if (!signal.aborted) results.push(await runStep(step, ROOT, signal))
    } finally {
      await running.stop()
    }
  } catch (error) {
    results.push(await ownStep('start of real API servers', () => Promise.reject(error)))
  } finally {
    await rm(data, { recursive: true, force: true })
  }
  return results
}

/** The specs on platforms of real API servers: console, controllers and simulated delivery as processes. */
async function inBrowser(minor: string, signal: AbortSignal): Promise<StepResult[]> {
  const built = await buildStep(signal)
  if (!built.ok || signal.aborted) return [built]
  for (const [spec, reason] of Object.entries(LEFT_OUT)) console.log(`  left out: ${spec}, ${reason}`)
  const env = { KUBE_TARGET: 'real', KUBE_MINOR: minor }
  return [built, await runStep(browserStep('browser tests, real platform', env), ROOT, signal)]
}

if (import.meta.main) await main(process.argv.slice(2))
