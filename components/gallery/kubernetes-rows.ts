import { descriptor } from './gallery-row.ts'
import type { GalleryRow } from './gallery-row.ts'

/** What comes from Kubernetes: its objects, quantities and the parts of a Pod. */
export const KUBERNETES_ROWS: readonly GalleryRow[] = [
  {
    id: 'io-kubernetes',
    title: 'io.kubernetes:<Kind>',
    shows: ['io.kubernetes'],
    descriptors: [
      descriptor('class', 'StorageClass', 'io.kubernetes:StorageClass'),
      descriptor('nodes', 'Nodes', 'io.kubernetes:Node?=isGlobal=true', 'ui:multiple'),
      descriptor(
        'credentials',
        'Credentials',
        'io.kubernetes:Secret?=labelSelector=cpaas.io%2Fcredentials%3DS3',
      ),
    ],
    config: { class: '', nodes: [], credentials: '' },
  },
  {
    id: 'resource-requirements',
    title: 'ui:resourceRequirements',
    shows: ['com.tectonic.ui:resourceRequirements'],
    descriptors: [
      descriptor('server.resources', 'Resources', 'ui:resourceRequirements'),
      descriptor('agent.resources', 'Agent’s CPU', 'ui:resourceRequirements:requests:cpu'),
    ],
    config: {
      server: {
        resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '2', memory: '4Gi' } },
      },
      agent: { resources: null },
    },
  },
  {
    id: 'image-pull-policy',
    title: 'ui:imagePullPolicy',
    shows: ['com.tectonic.ui:imagePullPolicy'],
    descriptors: [descriptor('imagePullPolicy', 'Image pull policy', 'ui:imagePullPolicy')],
    config: { imagePullPolicy: 'IfNotPresent' },
  },
  {
    id: 'update-strategy',
    title: 'ui:updateStrategy',
    shows: ['com.tectonic.ui:updateStrategy'],
    descriptors: [descriptor('strategy', 'Update strategy', 'ui:updateStrategy')],
    config: { strategy: { type: 'Recreate' } },
  },
  {
    id: 'node-affinity',
    title: 'ui:nodeAffinity',
    shows: ['com.tectonic.ui:nodeAffinity'],
    descriptors: [descriptor('affinity.nodeAffinity', 'Node affinity', 'ui:nodeAffinity')],
    config: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }],
          },
        },
      },
    },
  },
  {
    id: 'pod-affinity',
    title: 'ui:podAffinity',
    shows: ['com.tectonic.ui:podAffinity'],
    descriptors: [descriptor('affinity.podAffinity', 'Pod affinity', 'ui:podAffinity')],
    config: {},
  },
  {
    id: 'pod-anti-affinity',
    title: 'ui:podAntiAffinity',
    shows: ['com.tectonic.ui:podAntiAffinity'],
    descriptors: [descriptor('affinity.podAntiAffinity', 'Pod anti-affinity', 'ui:podAntiAffinity')],
    config: {},
  },
  {
    id: 'selector',
    title: 'ui:selector:<Kind>',
    shows: ['com.tectonic.ui:selector'],
    descriptors: [descriptor('podSelector', 'Pods', 'ui:selector:core:v1:Pod')],
    config: { podSelector: { matchLabels: { app: 'web' } } },
  },
  {
    id: 'namespace-selector',
    title: 'ui:namespaceSelector',
    shows: ['com.tectonic.ui:namespaceSelector'],
    descriptors: [descriptor('namespaceSelector', 'Namespaces', 'ui:namespaceSelector')],
    config: { namespaceSelector: { matchNames: ['default'] } },
  },
  {
    id: 'endpoint-list',
    title: 'ui:endpointList',
    shows: ['com.tectonic.ui:endpointList'],
    descriptors: [descriptor('endpoints', 'Endpoints', 'ui:endpointList')],
    config: { endpoints: [{ port: 'metrics', interval: '30s' }] },
  },
  {
    id: 'tolerations',
    title: 'tolerations, by what they are',
    shows: [],
    descriptors: [],
    config: {
      tolerations: [
        { effect: 'NoSchedule', key: 'node-role.kubernetes.io/infra', operator: 'Exists' },
        { key: 'dedicated', operator: 'Equal', value: 'logs', effect: 'NoExecute', tolerationSeconds: 60 },
      ],
    },
  },
  {
    id: 'node-selector',
    title: 'nodeSelector, an object or a list',
    shows: [],
    descriptors: [],
    config: {
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      components: { nodeSelector: [{ key: 'kubernetes.io/os', value: 'linux' }] },
    },
  },
  {
    id: 'map',
    title: 'labels, by their name',
    shows: [],
    descriptors: [],
    config: { podLabels: { team: 'platform', tier: 'backend' } },
  },
  {
    id: 'quantities',
    title: 'quantities and durations, by how they look',
    shows: [],
    descriptors: [],
    config: { storage: { size: '20Gi' }, scrape: { interval: '30s' } },
  },
]
