import type { ClusterSettings } from '#lib/kube/cluster-registry.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { KubeError, UnauthorizedError } from '#lib/kube/kube-error.ts'
import {
  describeConfig,
  KubeconfigError,
  type KubeConfig,
  loadInClusterConfig,
  loadKubeconfig,
} from '#lib/kube/load-config.ts'
import { whoAmI } from '#lib/kube/who-am-i.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { StartupError } from './startup-error.ts'

/** How long the cluster may take for its first answer. Milliseconds. */
const PROBE_TIMEOUT_MS = 10_000

export type { ClusterSettings }

/** What is served: its names in the kubeconfig, its address, and where the kubeconfig stands. */
export interface ServedCluster {
  cluster: string
  context: string
  server: string
  kubeconfig: string
}

export interface Connection {
  config: KubeConfig
  served: ServedCluster
  /** Who the API server takes us for. */
  user: string
}

/** A kubeconfig file, the usual default files, or the service account of the pod that this runs in. */
export type KubeconfigSource = { file: string } | 'default' | 'in-cluster'

/**
 * Reads a kubeconfig and asks the cluster of its current context who we are.
 * @param defaultFiles what the default files are called in the answer
 * @throws StartupError when the file is no use, or the cluster doesn't answer or rejects the credentials
 */
export async function connectCluster(source: KubeconfigSource, defaultFiles: string): Promise<Connection> {
  const config = readConfig(source)
  const kubeconfig = typeof source === 'object' ? source.file : source === 'default' ? defaultFiles : source
  const { cluster, context, server, user } = describeConfig(config)
  const client = createKubeClient(config, { cluster: GLOBAL_CLUSTER })
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
  try {
    await client.getPath('/version', { signal })
    const { name } = await whoAmI(client, user, signal)
    return { config, user: name, served: { cluster, context, server, kubeconfig } }
  } catch (error) {
    throw new StartupError(`cluster ${cluster} (${server}): ${whyNot(error)}`)
  } finally {
    await client.close()
  }
}

function readConfig(source: KubeconfigSource): KubeConfig {
  try {
    if (source === 'in-cluster') return loadInClusterConfig()
    return loadKubeconfig(source === 'default' ? undefined : source.file)
  } catch (error) {
    if (error instanceof KubeconfigError) throw new StartupError(error.message)
    throw error
  }
}

function whyNot(error: unknown): string {
  if (error instanceof UnauthorizedError) return `it rejects the credentials: ${error.message}`
  if (error instanceof KubeError) return error.message
  if (error instanceof Error && /^(Timeout|Abort)Error$/.test(error.name)) return 'no answer within 10 s'
  throw error
}
