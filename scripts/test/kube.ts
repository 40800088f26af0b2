import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findKubeAssets, MINOR_VERSIONS, type KubeAssets, type NoKubeAssets } from '#e2e/kube/assets.ts'
import { startKube } from '#e2e/kube/start-kube.ts'
import { whenAskedToStop } from '../start/stop-signal.ts'
import { conclude } from './conclude.ts'
import { runStep, type StepResult } from './step.ts'
import { ownStep, REPORTS, ROOT, vitestStep } from './steps.ts'

/**
 * `npm run test:kube [-- --version MINOR]`: what runs against API servers that are not ours. Where there are none and
 * none can be built it says so and ends well; the sum is then of nothing.
 */
export async function main(args: readonly string[]): Promise<void> {
  const started = performance.now()
  const { values } = parseArgs({ args: [...args], options: { version: { type: 'string' } } })
  const { version } = values
  const stopping = new AbortController()
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
    console.log(`  ${assets.origin}; versions to choose from: ${MINOR_VERSIONS.join(', ')}`)
    if (!stopping.signal.aborted) results.push(await contractStep(assets, stopping.signal))
  }
  conclude(results, started, stopping.signal.aborted)
}

/** The contract suite, unchanged, against a server of its own. */
async function contractStep(assets: KubeAssets, signal: AbortSignal): Promise<StepResult> {
  const data = await mkdtemp(join(tmpdir(), 'kube-'))
  try {
    const running = await startKube(assets, { clusters: ['global'], data })
    try {
      const env = { CONTRACT_KUBECONFIG: running.kubeconfig }
      return await runStep(vitestStep('contract', 'contract tests, real API server', env), ROOT, signal)
    } finally {
      await running.stop()
    }
  } catch (error) {
    return await ownStep('contract tests, real API server', () => Promise.reject(error))
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

if (import.meta.main) await main(process.argv.slice(2))
