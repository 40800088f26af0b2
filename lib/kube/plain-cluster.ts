import type { Cluster } from '#lib/kinds/cluster.ts'
import { CLUSTER, GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { NODE } from '#lib/kinds/core.ts'
import type { Node } from '#lib/kinds/core.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import type { Clock } from './clock.ts'
import type { ClusterSource } from './cluster-source.ts'
import type { KubeClient } from './kube-client.ts'
import { createListeners } from './listeners.ts'
import type { CacheFreshness } from './object-cache.ts'
import { createObjectCache } from './watch-cache.ts'

const ARCHITECTURES = ['amd64', 'arm64']

/**
 * The one cluster of plain Kubernetes as a platform would describe it, its labels derived from its nodes and kept up
 * to date. Where nodes may not be read, the labels say no more than that it is the global one.
 */
export function watchPlainCluster(
  client: KubeClient,
  timing: { clock: Clock; random: () => number },
): ClusterSource {
  const nodes = createObjectCache(client, NODE, { ...timing, transform: onlyLabels })
  const listeners = createListeners<undefined>()
  const stopping = new AbortController()
  let version: string | undefined
  let cluster = describe([], version)

  function update(): void {
    const next = describe(nodes.list(), version)
    if (JSON.stringify(next) === JSON.stringify(cluster)) return
    cluster = next
    listeners.tell(undefined)
  }

  async function readVersion(): Promise<void> {
    try {
      const answer = await client.getPath('/version', { signal: stopping.signal })
      const found = (answer as { gitVersion?: unknown } | null)?.gitVersion
      if (typeof found === 'string') version = found
      update()
    } catch {
      // Nice to have; asked again when the nodes come alive the next time.
    }
  }

  nodes.onChange(update)
  nodes.onFreshness(({ state }) => {
    if (state === 'live' || state === 'forbidden') void readVersion()
  })

  return {
    list: () => [cluster],
    get: (name) => (name === GLOBAL_CLUSTER ? cluster : undefined),
    get freshness() {
      return withoutForbidden(nodes.freshness)
    },
    onChange: (listener) => listeners.add(() => listener()),
    onFreshness: (listener) => nodes.onFreshness((freshness) => listener(withoutForbidden(freshness))),
    ready: () => nodes.ready(),
    stop() {
      stopping.abort()
      nodes.stop()
    },
  }
}

/** That there is one cluster is known without its nodes. */
function withoutForbidden(freshness: CacheFreshness): CacheFreshness {
  return freshness.state === 'forbidden' ? { ...freshness, state: 'live' } : freshness
}

function describe(nodes: readonly Node[], version: string | undefined): Cluster {
  const has = (label: string, value: string) => nodes.some((node) => node.metadata.labels?.[label] === value)
  const labels: Record<string, string> = { [LABEL.isGlobal]: 'true' }
  if (has('kubernetes.io/os', 'linux')) labels[LABEL.osLinux] = ''
  for (const architecture of ARCHITECTURES)
    if (has('kubernetes.io/arch', architecture)) labels[`cpaas.io/arch-${architecture}`] = 'true'
  return {
    apiVersion: apiVersionOf(CLUSTER),
    kind: CLUSTER.kind,
    metadata: { name: GLOBAL_CLUSTER, labels },
    spec: { displayName: GLOBAL_CLUSTER },
    status: { phase: 'Running', ...(version === undefined ? {} : { version }) },
  }
}

function onlyLabels(node: Node): Node {
  const { name, uid, resourceVersion, labels } = node.metadata
  return { apiVersion: node.apiVersion, kind: node.kind, metadata: { name, uid, resourceVersion, labels } }
}
