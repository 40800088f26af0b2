import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { configFor, isInClusterConfig, publicAddress } from './load-config.ts'
import type { KubeConfig } from './load-config.ts'

/** The platform's gateway: below its address stands `/kubernetes/<cluster>`. */
export interface Gateway {
  /** Without trailing slash; null where nobody said it and the kubeconfig can't know it. */
  readonly address: string | null
  readonly isConfigured: boolean
  /** Leads there, with the identity of the kubeconfig. */
  readonly config: KubeConfig
}

/**
 * Where the gateway is: as configured, else at the kubeconfig's server. A pod's kubeconfig knows the API server alone,
 * which has no such paths.
 * @param options.caFile PEM file of the CAs that the gateway's certificate may come from; the kubeconfig's CA when left out
 */
export function gatewayFor(
  config: KubeConfig,
  options: { address?: string | undefined; caFile?: string | undefined },
): Gateway {
  const server = config.getCurrentCluster()?.server ?? ''
  const isConfigured = options.address !== undefined
  if (options.address === undefined && isInClusterConfig(config))
    return { address: null, isConfigured, config }
  // The global cluster answers at the root and under `/kubernetes/global`; the others stand beside the latter.
  const address = publicAddress(options.address ?? server).replace(
    new RegExp(`/kubernetes/${GLOBAL_CLUSTER}$`),
    '',
  )
  const isElsewhere = isConfigured || options.caFile !== undefined
  return { address, isConfigured, config: isElsewhere ? configFor(config, address, options.caFile) : config }
}
