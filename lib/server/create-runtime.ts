import type { IncomingMessage } from 'node:http'
import { connectCluster, type ServedCluster } from './connect-cluster.ts'
import type { Environment } from './environment.ts'
import { LiveHub } from './http/live-hub.ts'
import type { RawRuntime } from './http/request-listener.ts'

export interface RunningConsole extends RawRuntime {
  served: ServedCluster
  stop(): Promise<void>
}

/**
 * Connects to the cluster and starts to follow it.
 * @throws StartupError
 */
export async function createRuntime(options: {
  kubeconfig: string | undefined
  environment: Environment
}): Promise<RunningConsole> {
  const connection = await connectCluster(options.kubeconfig, options.environment.defaultKubeconfig)
  const live = new LiveHub({ freshness: () => [] })
  return {
    served: connection.served,
    live,
    callerOf: (_request: IncomingMessage) => 'admin',
    stop: () => connection.client.close(),
  }
}
