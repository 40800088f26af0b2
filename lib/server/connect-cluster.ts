import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { KubeError, UnauthorizedError } from '#lib/kube/kube-error.ts'
import { describeConfig, KubeconfigError, loadKubeconfig, type KubeConfig } from '#lib/kube/load-config.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { StartupError } from './startup-error.ts'

/** How long the cluster may take for its first answer. Milliseconds. */
const PROBE_TIMEOUT_MS = 10_000

/** What is served: its name in the kubeconfig, its address, and where the kubeconfig stands. */
export interface ServedCluster {
  cluster: string
  server: string
  kubeconfig: string
}

export interface Connection {
  config: KubeConfig
  client: KubeClient
  served: ServedCluster
}

/**
 * Reads a kubeconfig and asks the cluster of its current context for its version.
 * @param kubeconfig path; the usual default files when left out
 * @param defaultFiles what those files are called in the answer
 * @throws StartupError when the file is no use, or the cluster doesn't answer or rejects the credentials
 */
export async function connectCluster(
  kubeconfig: string | undefined,
  defaultFiles: string,
): Promise<Connection> {
  const config = readConfig(kubeconfig)
  const { cluster, server } = describeConfig(config)
  const client = createKubeClient(config, { cluster: GLOBAL_CLUSTER })
  try {
    await client.getPath('/version', { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
  } catch (error) {
    await client.close()
    throw new StartupError(`cluster ${cluster} (${server}): ${whyNot(error)}`)
  }
  return { config, client, served: { cluster, server, kubeconfig: kubeconfig ?? defaultFiles } }
}

function readConfig(file: string | undefined): KubeConfig {
  try {
    return loadKubeconfig(file)
  } catch (error) {
    if (error instanceof KubeconfigError) throw new StartupError(error.message)
    throw error
  }
}

function whyNot(error: unknown): string {
  if (error instanceof UnauthorizedError) return `it rejects the credentials: ${error.message}`
  if (error instanceof KubeError) return error.message
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer within 10 s'
  throw error
}
