const TIME = '2026-11-27T03:22:32Z'

/**
 * The text of one ModuleInfo as Kubernetes 1.35 serves it, some 4 KB, a third of it managedFields. Names, versions and addresses
 * vary with `index`: 500 plugins on as many clusters as needed.
 * @param isApplied made by `kubectl apply`, so that it carries itself once more as an annotation
 */
export function moduleInfoText(index: number, isApplied: boolean): string {
  const plugin = `plugin-${String(index % 500).padStart(3, '0')}`
  const cluster = `cluster-${Math.floor(index / 500)}`
  const digits = index.toString(16).padStart(8, '0')
  const version = `v4.${(index % 500) % 7}.12`
  const labels = {
    'cpaas.io/cluster-name': cluster,
    'cpaas.io/module-name': plugin,
    'cpaas.io/module-type': 'plugin',
    'cpaas.io/product': 'Container-Platform',
    'create-by': 'cluster-transformer',
    'manage-delete-by': 'cluster-transformer',
    'manage-update-by': 'cluster-transformer',
  }
  const annotations = {
    'cpaas.io/module-name': `{"en": "Plugin ${plugin}", "zh": "插件 ${plugin}"}`,
    'cpaas.io/operation-id': `${digits}-9d0e-4f2a-8b4c-2f1c9a0be4d3`,
    'cpaas.io/actor': 'admin@cpaas.io',
    'cpaas.io/reason': 'routine upgrade in the maintenance window',
  }
  const spec = {
    version,
    entrypoint: `/console-${plugin}`,
    config: {
      storage: { class: 'ceph-block', size: '100Gi', retentionDays: 7 },
      components: {
        nodes: [1, 2, 3].map((node) => ({ ip: `10.0.${Math.floor(index / 500)}.1${node}` })),
        replicas: 3,
        resources: { limits: { cpu: '4', memory: '8Gi' }, requests: { cpu: '1', memory: '2Gi' } },
      },
    },
  }
  const head = { apiVersion: 'cluster.alauda.io/v1alpha1', kind: 'ModuleInfo' }
  const name = `${cluster}-${digits}${digits}${digits}${digits}`
  const applied = JSON.stringify({ ...head, metadata: { annotations, labels, name }, spec })
  const metadata = {
    annotations: isApplied
      ? { ...annotations, 'kubectl.kubernetes.io/last-applied-configuration': `${applied}\n` }
      : annotations,
    finalizers: ['cluster.alauda.io/moduleinfo'],
    creationTimestamp: TIME,
    generation: 1 + (index % 3),
    labels,
    managedFields: [
      writer(isApplied ? 'kubectl-client-side-apply' : 'marketplace-console', {
        'f:metadata': {
          'f:annotations': { '.': {}, ...fieldsOf(annotations) },
          'f:labels': { '.': {}, ...fieldsOf(labels) },
        },
        'f:spec': { '.': {}, ...fieldsOf(spec) },
      }),
      writer('platform-controllers', {
        'f:metadata': {
          'f:finalizers': { '.': {}, 'v:"cluster.alauda.io/moduleinfo"': {} },
          'f:labels': { 'f:cpaas.io/product': {}, 'f:create-by': {}, 'f:manage-delete-by': {} },
        },
      }),
      {
        ...writer('platform-controllers', {
          'f:status': { '.': {}, ...fieldsOf(statusOf(plugin, version, digits)) },
        }),
        subresource: 'status',
      },
    ],
    name,
    resourceVersion: String(100_000 + index),
    uid: `${digits}-0be4-4d35-8b7c-6f8a9d0e1f2a`,
  }
  return JSON.stringify({ ...head, metadata, spec, status: statusOf(plugin, version, digits) })
}

function writer(manager: string, fieldsV1: object) {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    fieldsType: 'FieldsV1',
    fieldsV1,
    manager,
    operation: 'Update',
    time: TIME,
  }
}

/** `{a: {b: 1}}` as the `f:` tree of managedFields. */
function fieldsOf(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      `f:${key}`,
      typeof value === 'object' && !Array.isArray(value) ? { '.': {}, ...fieldsOf(value as object) } : {},
    ]),
  )
}

function statusOf(plugin: string, version: string, digits: string) {
  const at = (minute: string) => `2026-11-27T02:${minute}:12Z`
  const condition = (type: string, status: string, reason: string, minute: string) => ({
    lastTransitionTime: at(minute),
    message: type === 'Ready' ? 'all releases are ready' : '',
    reason,
    status,
    type,
  })
  return {
    appReleases: [
      {
        chartVersions: [{ name: `ait/chart-${plugin}`, releaseName: plugin, version }],
        failed: false,
        lastProbeTime: at('11'),
        name: plugin,
        namespace: 'cpaas-system',
        ready: true,
        synced: true,
      },
    ],
    availableVersions: [
      {
        dependencies: [{ moduleName: 'monitoring' }],
        description: 'Fixes of the last month, nothing that needs attention',
        descriptionEn: 'Fixes of the last month',
        riskLevel: 'low',
        version: 'v4.8.13',
      },
      {
        description: 'New storage layout; the first start takes longer',
        riskLevel: 'medium',
        upgradeBefore: [{ moduleName: 'logcenter' }],
        version: 'v4.9.0',
      },
    ],
    conditions: [
      condition('Ready', 'True', 'AllReleasesReady', '11'),
      condition('Synced', 'True', 'Synced', '10'),
      condition('UpgradeBlocked', 'False', 'None', '09'),
    ],
    moduleconfigSpecHash: `m1-${plugin}a8b4c2f1c9a0be4d35b7c6f8a9d0e`,
    phase: 'Running',
    specHash: `m1-${digits}2f1c9a0be4d35b7c6f8a9d0e`,
    version,
  }
}
