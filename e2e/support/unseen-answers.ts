import type { JsonObject } from '#lib/kinds/object.ts'
import type { Answer } from './form-answer.ts'

const CHANNEL_FIELDS: Answer['fields'] = {
  name: 'Channel name',
  kind: { label: 'Kind', as: 'select' },
  port: { label: 'Port', as: 'number' },
  'limits.cpu': 'CPU limit',
  filters: {
    label: 'Filters',
    as: 'rows',
    fields: { expression: 'Expression', invert: { label: 'Invert', as: 'switch' } },
  },
}

/** What is filled in. */
export const UNSEEN_ANSWERS: readonly Answer[] = [
  { label: 'Measuring', as: 'switch', value: false },
  { label: 'Mode', as: 'radio', value: 'Expert: by hand' },
  { label: 'Level', as: 'number', value: 7 },
  { label: 'Strategy', as: 'select', value: 'remote' },
  { label: 'Address', as: 'text', value: 'https://tides.example.com' },
  { label: 'Attempts', group: 'Remote side', as: 'number', value: 2 },
  { label: 'Station name', as: 'text', value: 'pier-7' },
  { label: 'Gauges', as: 'number', value: 3 },
  { label: 'Tier', as: 'select', value: 'Gold' },
  { label: 'Region', as: 'picker', value: 'south' },
  { label: 'Days', as: 'checks', value: ['Mon', 'Wed'] },
  { label: 'Pull policy', as: 'select', value: 'Always' },
  { label: 'Access key', as: 'password', value: 'only-for-this-test' },
  { label: 'Notes', as: 'text', value: 'low water\nhigh water' },
  { label: 'Tags', as: 'list', value: ['sea', 'port'] },
  {
    label: 'Channels',
    as: 'rows',
    fields: CHANNEL_FIELDS,
    value: [
      { name: 'mast', kind: 'serial', 'limits.cpu': '250m' },
      {
        name: 'pier',
        kind: 'tcp',
        port: 1502,
        filters: [
          { expression: 'height > 0', invert: false },
          { expression: 'noise', invert: true },
        ],
      },
    ],
  },
  { label: 'Nodes', as: 'pickers', value: ['192.0.2.11', '192.0.2.13'] },
  { label: 'Credentials', as: 'picker', value: 'clickhouse-s3-config' },
  { label: 'Storage class of global', as: 'picker', value: 'ceph-rbd' },
  { label: 'Reports to', as: 'picker', value: 'edge' },
  { label: 'Sampling interval', as: 'text', value: '1m30s' },
  { label: 'Buffer', as: 'text', value: '1500Mi' },
  { label: 'Pod labels', as: 'pairs', value: { 'example.com/team': 'harbour', tier: 'gold' } },
  { label: 'Node selector', as: 'nodeSelector', value: { 'kubernetes.io/os': 'linux' } },
  {
    label: 'Tolerations',
    as: 'tolerations',
    value: [
      { key: 'flood', operator: 'Equal', value: 'high', effect: 'NoExecute', tolerationSeconds: 60 },
      { key: 'salt', operator: 'Exists', effect: 'NoSchedule' },
    ],
  },
  {
    label: 'Resources',
    as: 'resources',
    value: { requests: { cpu: '100m' }, limits: { cpu: '1', memory: '512Mi' } },
  },
  { label: 'Settings', as: 'yaml', value: '{threshold: 3, levels: [low, high]}' },
  { label: 'Mystery', as: 'text', value: 'solved' },
]

/** The `spec.config` that comes out of it. */
export const UNSEEN_CONFIG: JsonObject = {
  enabled: false,
  telemetry: true,
  mode: 'expert',
  expert: { level: 7 },
  tuning: { strategy: 'remote', deep: { url: 'https://tides.example.com', attempts: 2 } },
  station: {
    name: 'pier-7',
    replicas: 3,
    tier: 'gold',
    region: 'south',
    days: ['Mon', 'Wed'],
    pull: 'Always',
  },
  secret: 'only-for-this-test',
  notes: 'low water\nhigh water',
  tags: ['sea', 'port'],
  channels: [
    { name: 'mast', kind: 'serial', limits: { cpu: '250m' } },
    {
      name: 'pier',
      kind: 'tcp',
      port: 1502,
      filters: [{ expression: 'height > 0' }, { expression: 'noise', invert: true }],
    },
  ],
  nodes: ['192.0.2.11', '192.0.2.13'],
  credentials: 'clickhouse-s3-config',
  class: 'ceph-rbd',
  reporting: 'edge',
  legacy: 'stays',
  build: 'b17',
  sampling: { interval: '1m30s' },
  buffer: { size: '1500Mi' },
  podLabels: { 'example.com/team': 'harbour', tier: 'gold' },
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [
    { key: 'flood', operator: 'Equal', value: 'high', effect: 'NoExecute', tolerationSeconds: 60 },
    { key: 'salt', operator: 'Exists', effect: 'NoSchedule' },
  ],
  resources: { requests: { cpu: '100m' }, limits: { cpu: '1', memory: '512Mi' } },
  settings: { threshold: 3, levels: ['low', 'high'] },
  mystery: 'solved',
  untold: { kept: [1, { a: null }] },
}
