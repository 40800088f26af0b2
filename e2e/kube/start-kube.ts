import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KubeAssets } from './assets.ts'
import { startCluster, type KubeCluster } from './cluster.ts'
import { startGateway } from './gateway.ts'
import { writeKubeconfig } from './kubeconfig.ts'

const ATTEMPTS = 3
const VALID_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

export interface RunningKube {
  /** A context per cluster, named like it, the first one current; one token is valid on all of them. */
  readonly kubeconfig: string
  readonly clusters: readonly KubeCluster[]
  stop(): Promise<void>
}

/**
 * Starts real API servers on 127.0.0.1, each a cluster of its own.
 * @param options.data folder of their state; started again on it, they go on where they ended
 * @param options.gateway reach all of them below one address, as the platform's gateway has them
 * @throws when one does not start
 */
export async function startKube(
  assets: KubeAssets,
  options: { clusters: readonly string[]; data: string; gateway?: boolean },
): Promise<RunningKube> {
  const { clusters: names, data, gateway: withGateway = false } = options
  for (const name of names) if (!VALID_NAME.test(name)) throw new Error(`'${name}' is no name for a cluster`)
  if (new Set(names).size !== names.length) throw new Error('two clusters of the same name')
  await mkdir(data, { recursive: true, mode: 0o700 })
  const token = await keptToken(join(data, 'token'))
  const starts = await Promise.allSettled(
    names.map((name) => startPatiently(assets, { name, folder: join(data, name), token })),
  )
  const clusters = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const stopAll = async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()))
  }
  const failed = starts.find((start) => start.status === 'rejected')
  if (failed !== undefined) {
    await stopAll()
    throw failed.reason
  }
  const gateway = withGateway ? await startGateway(clusters) : undefined
  const kubeconfig = join(data, 'kubeconfig')
  const entries = clusters.map(async (cluster, index) => {
    const { name, server, cert } = cluster
    if (gateway === undefined) return { name, server, ca: await readFile(cert) }
    const path = index === 0 ? '' : `/kubernetes/${name}`
    return { name, server: gateway.url + path, ca: await readFile(clusters[0]?.cert ?? cert) }
  })
  await writeKubeconfig(kubeconfig, await Promise.all(entries), token)
  return {
    kubeconfig,
    clusters,
    async stop() {
      await gateway?.stop()
      await stopAll()
    },
  }
}

/** A port that was free a moment ago may be taken by now: a cluster that ends at its start gets two more tries. */
async function startPatiently(
  assets: KubeAssets,
  options: Parameters<typeof startCluster>[1],
): Promise<KubeCluster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startCluster(assets, options)
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}

async function keptToken(file: string): Promise<string> {
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFile(file, 'utf8')
}
