import { NODE } from '#lib/kinds/core.ts'
import type { Node } from '#lib/kinds/core.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import type { Timing } from './cluster-source.ts'
import type { KubeClient } from './kube-client.ts'
import { createListeners } from './listeners.ts'
import type { CacheFreshness } from './object-cache.ts'
import { createObjectCache } from './watch-cache.ts'

/** The labels that a cluster gets from its nodes, kept up to date. */
export interface NodeLabels {
  readonly labels: Readonly<Record<string, string>>
  readonly freshness: CacheFreshness
  onChange(listener: () => void): () => void
  onFreshness(listener: (freshness: CacheFreshness) => void): () => void
  /** Resolves once the nodes were read, or may not be. */
  ready(): Promise<void>
  stop(): void
}

const ARCHITECTURES = ['amd64', 'arm64']

/**
 * Derives the labels that plugins decide by from the nodes of a cluster. Where nodes may not be read there are none;
 * while the cluster is silent they stay as they were.
 */
export function watchNodeLabels(client: KubeClient, timing: Timing): NodeLabels {
  const nodes = createObjectCache(client, NODE, { ...timing, transform: onlyLabels })
  const listeners = createListeners<undefined>()
  let labels = labelsFrom([])

  nodes.onChange(() => {
    const next = labelsFrom(nodes.list())
    if (JSON.stringify(next) === JSON.stringify(labels)) return
    labels = next
    listeners.tell(undefined)
  })

  return {
    get labels() {
      return labels
    },
    get freshness() {
      return nodes.freshness
    },
    onChange: (listener) => listeners.add(() => listener()),
    onFreshness: (listener) => nodes.onFreshness(listener),
    ready: () => nodes.ready(),
    stop: () => nodes.stop(),
  }
}

function labelsFrom(nodes: readonly Node[]): Record<string, string> {
  const has = (label: string, value: string) => nodes.some((node) => node.metadata.labels?.[label] === value)
  const labels: Record<string, string> = {}
  if (has('kubernetes.io/os', 'linux')) labels[LABEL.osLinux] = ''
  for (const architecture of ARCHITECTURES)
    if (has('kubernetes.io/arch', architecture)) labels[`cpaas.io/arch-${architecture}`] = 'true'
  return labels
}

function onlyLabels(node: Node): Node {
  const { name, uid, resourceVersion, labels } = node.metadata
  return { apiVersion: node.apiVersion, kind: node.kind, metadata: { name, uid, resourceVersion, labels } }
}
