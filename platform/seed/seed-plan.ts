import type { JsonObject } from '#lib/kinds/object.ts'

/** Versions below `examples/` that are left for people to upload themselves. */
export const NOT_PUBLISHED: ReadonlySet<string> = new Set(['web-cli/v4.0.5'])

/** An installation that the platform begins with; an older version where there is something to upgrade. */
export interface SeedInstallation {
  cluster: string
  plugin: string
  version: string
  config: JsonObject
  /** Made by the platform itself, as part of it. */
  isPlatformMade?: boolean
}

const ALL_LOGS = { audit: true, event: true, kubernetes: true, platform: true, system: true, workload: true }
const NEVERMORE = { nevermore: { storageSpec: { dataDir: '/cpaas/data/nevermore' } } }

/** Of v4.1.0, with answers of its own: an upgrade has something to say about each. */
function prometheus(node: string): JsonObject {
  const unset = { resources: null }
  return {
    size: 'Small',
    replicas: 1,
    storage: {
      type: 'LocalVolume',
      capacity: 100,
      nodes: [node],
      path: '/cpaas/monitoring',
      storageClass: '',
      pvSelectorK: '',
      pvSelectorV: '',
    },
    components: {
      nodeSelector: [],
      tolerations: [],
      prometheus: { retention: 14, scrapeInterval: 30, scrapeTimeout: 10, ...unset },
      nodeExporter: unset,
      grafana: { enabled: true },
      alertmanager: unset,
      kubeStateExporter: unset,
      prometheusAdapter: unset,
      thanosQuery: unset,
    },
  }
}

const CLICKHOUSE: JsonObject = {
  components: {
    clickhouse: {
      type: 'single',
      storagePolicy: {
        type: 'Default',
        defaultSpec: {
          dataStorage: {
            type: 'LocalVolume',
            size: 200,
            localVolumeSpec: { nodes: ['192.0.2.21'], path: '/cpaas/data/clickhouse' },
          },
        },
      },
      tieredPolicy: { enabled: false },
      ttl: { audit: 180, event: 180, logKubernetes: 7, logPlatform: 7, logSystem: 7, logWorkload: 7 },
    },
  },
}

const LOGCENTER: JsonObject = {
  replicas: 3,
  retention: { workload: 14, platform: 7, audit: 180 },
  resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
}

const LOCAL_STORAGE: JsonObject = {
  deviceClasses: [{ name: 'ssd', devices: ['/dev/sdb', '/dev/sdc'] }],
  defaultFsType: 'xfs',
  snapshots: false,
}

const WEBHOOK: JsonObject = {
  receiver: { type: 'wecom', url: 'https://hooks.example.com/alerts', token: '' },
  labels: ['severity', 'namespace'],
  sendResolved: true,
  retries: 3,
}

function logAgent(type: 'ElasticSearch' | 'ClickHouse', cluster: string): JsonObject {
  const crossClusterDependency =
    type === 'ClickHouse'
      ? { logcenter: null, logclickhouse: cluster }
      : { logcenter: cluster, logclickhouse: null }
  return { crossClusterDependency, dataSource: ALL_LOGS, components: NEVERMORE, storage: { type } }
}

/** In an order in which what others need comes first. */
export const INSTALLATIONS: readonly SeedInstallation[] = [
  ...['global', 'business', 'edge'].map((cluster) => ({
    cluster,
    plugin: 'cluster-auth-agent',
    version: 'v4.1.0',
    config: {},
    isPlatformMade: true,
  })),
  { cluster: 'global', plugin: 'prometheus', version: 'v4.1.0', config: prometheus('192.0.2.21') },
  { cluster: 'business', plugin: 'prometheus', version: 'v4.1.0', config: prometheus('192.0.2.11') },
  { cluster: 'global', plugin: 'alertmanager-webhook', version: 'v1.2.0', config: WEBHOOK },
  { cluster: 'global', plugin: 'logclickhouse', version: 'v4.1.2', config: CLICKHOUSE },
  { cluster: 'business', plugin: 'logcenter', version: 'v4.2.0', config: LOGCENTER },
  { cluster: 'global', plugin: 'logagent', version: 'v4.1.0', config: logAgent('ClickHouse', 'global') },
  {
    cluster: 'business',
    plugin: 'logagent',
    version: 'v4.1.0',
    config: logAgent('ElasticSearch', 'business'),
  },
  { cluster: 'business', plugin: 'local-storage', version: 'v2.3.0', config: LOCAL_STORAGE },
]
