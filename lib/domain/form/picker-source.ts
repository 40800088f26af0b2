import type { PickerSource } from './form-model.ts'

type Known = Pick<PickerSource, 'group' | 'version' | 'kind'>

function known(group: string, version: string, ...kinds: string[]): Known[] {
  return kinds.map((kind) => ({ group, version, kind }))
}

/** Kinds that everybody knows without being told their group. */
const KINDS: ReadonlyMap<string, Known> = new Map(
  [
    ...known('', 'v1', 'Node', 'Namespace', 'Secret', 'ConfigMap', 'Service', 'ServiceAccount', 'Pod'),
    ...known(
      '',
      'v1',
      'PersistentVolume',
      'PersistentVolumeClaim',
      'Endpoints',
      'ResourceQuota',
      'LimitRange',
    ),
    ...known('apps', 'v1', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'),
    ...known('batch', 'v1', 'Job', 'CronJob'),
    ...known('storage.k8s.io', 'v1', 'StorageClass', 'CSIDriver', 'VolumeAttachment'),
    ...known('snapshot.storage.k8s.io', 'v1', 'VolumeSnapshotClass', 'VolumeSnapshot'),
    ...known('networking.k8s.io', 'v1', 'Ingress', 'IngressClass', 'NetworkPolicy'),
    ...known('gateway.networking.k8s.io', 'v1', 'Gateway', 'GatewayClass'),
    ...known('rbac.authorization.k8s.io', 'v1', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'),
    ...known('scheduling.k8s.io', 'v1', 'PriorityClass'),
    ...known('node.k8s.io', 'v1', 'RuntimeClass'),
    ...known('autoscaling', 'v2', 'HorizontalPodAutoscaler'),
    ...known('policy', 'v1', 'PodDisruptionBudget'),
    ...known('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition'),
    ...known('cert-manager.io', 'v1', 'Certificate', 'Issuer', 'ClusterIssuer'),
    ...known('monitoring.coreos.com', 'v1', 'ServiceMonitor', 'PodMonitor', 'PrometheusRule', 'Prometheus'),
    ...known('platform.tkestack.io', 'v1', 'Cluster'),
    ...known('cluster.alauda.io', 'v1alpha1', 'ModulePlugin', 'ModuleConfig', 'ModuleInfo'),
  ].map((entry) => [entry.kind.toLowerCase(), entry]),
)

const KIND = /^[A-Za-z][A-Za-z0-9]{0,62}$/
const GROUP = /^[a-z0-9][-a-z0-9.]{0,252}$/
const VERSION = /^v\d+(?:(?:alpha|beta)\d+)?$/
const MAX_SELECTOR = 1000

/** `Secret`, `core~v1~Secret`, `apps:Deployment`, `apps/v1:Deployment`; null for what names no kind. */
function kindFrom(text: string): Known | null {
  const parts = text.split(/[~:/]/).filter((part) => part !== '')
  const kind = parts.pop() ?? ''
  if (!KIND.test(kind) || parts.length > 2) return null
  const version = parts.find((part) => VERSION.test(part))
  const group = parts.find((part) => part !== version)
  if (group !== undefined && !GROUP.test(group)) return null
  const everybodys = KINDS.get(kind.toLowerCase()) ?? KINDS.get(kind.toLowerCase().replace(/s$/, ''))
  if (group === undefined)
    return { ...(everybodys ?? { group: '', kind, version: '' }), ...(version && { version }) }
  const own = group === 'core' ? '' : group
  const isKnown = everybodys?.group === own
  return {
    group: own,
    version: version ?? (isKnown ? everybodys.version : ''),
    kind: isKnown ? everybodys.kind : kind,
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Reads what follows `io.kubernetes:`: the kind, then `?=isGlobal=true:labelSelector=…` (percent-encoded;
 * `&` between parameters is taken as well).
 * @returns the source, or null when no kind is named; and the parameters that nobody here knows
 */
export function parsePickerSource(arg: string): { source: PickerSource | null; unknown: string[] } {
  const mark = arg.indexOf('?')
  const kind = kindFrom(mark < 0 ? arg : arg.slice(0, mark))
  if (kind === null) return { source: null, unknown: [] }
  const source: PickerSource = { ...kind, cluster: 'target', namespace: '', labelSelector: '' }
  const unknown: string[] = []
  const params = mark < 0 ? [] : arg.slice(mark + 1).split(/[:&]/)
  for (const param of params) {
    const text = param.replace(/^[=?]+/, '')
    const [name = '', ...rest] = text.split('=')
    const value = decoded(rest.join('=')).slice(0, MAX_SELECTOR)
    if (name === 'isGlobal') source.cluster = value === 'false' ? 'target' : 'global'
    else if (name === 'labelSelector') source.labelSelector = value
    else if (name === 'namespace') source.namespace = value
    else if (name !== '') unknown.push(text.slice(0, 200))
  }
  if (isClusterKind(source)) source.cluster = 'global'
  return { source, unknown }
}

function isClusterKind({ kind, group }: PickerSource): boolean {
  return kind === 'Cluster' && group === 'platform.tkestack.io'
}

/** The clusters that run a plugin: what a cross-cluster dependency is chosen from. */
export function clustersRunning(plugin: string): PickerSource {
  return {
    group: 'platform.tkestack.io',
    version: 'v1',
    kind: 'Cluster',
    cluster: 'global',
    namespace: '',
    labelSelector: '',
    plugin,
  }
}
