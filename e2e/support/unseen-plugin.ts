import type { Descriptor } from '#lib/kinds/plugin-spec.ts'

const P = 'urn:alm:descriptor:'

/** A descriptor; capabilities without `:` in front of their first word belong to the long-named ones. */
function row(path: string, label: string, ...capabilities: string[]): Descriptor {
  return {
    path,
    displayName: label,
    'x-descriptors': capabilities.map((text) =>
      /^(io\.kubernetes|props|oneOf|label|description|placeholder|tooltip|com\.)/.test(text)
        ? P + text
        : `${P}com.tectonic.ui:${text}`,
    ),
  }
}

const CHANNELS = 'arrayFieldGroup:channels'
const FILTERS = 'arrayFieldGroup:channels[0].filters'

const DESCRIPTORS: readonly Descriptor[] = [
  row('enabled', 'Measuring', 'booleanSwitch', 'label:zh:测量'),
  row('telemetry', 'Telemetry', 'checkbox', 'com.tectonic.default:true'),
  row(
    'mode',
    'Mode',
    'radio:basic:en:Basic',
    'radio:basic:zh:基本',
    'radio:expert:en:Expert: by hand',
    'oneOf:expert:expert.level:tuning',
  ),
  row(
    'expert.level',
    'Level',
    'number',
    'com.tectonic.default:3',
    'validation:minimum:1',
    'validation:maximum:9',
  ),
  row('tuning', 'Tuning', 'fieldGroup:tuning', 'label:zh:调优'),
  row(
    'tuning.strategy',
    'Strategy',
    'fieldGroup:tuning',
    'select:local',
    'select:remote',
    'com.tectonic.default:local',
  ),
  row('tuning.deep', 'Remote side', 'fieldGroup:tuning.deep'),
  row(
    'tuning.deep.url',
    'Address',
    'fieldGroup:tuning.deep',
    'text',
    'fieldDependency:tuning.strategy:remote',
    'validation:required',
    'validation:pattern:^https?://',
  ),
  row(
    'tuning.deep.attempts',
    'Attempts',
    'fieldGroup:tuning.deep',
    'number',
    'fieldDependency:.url:https://tides.example.com',
    'com.tectonic.default:5',
  ),
  row('station', 'Station', 'fieldGroup:station', 'description:en:Where the gauge stands.'),
  row(
    'station.name',
    'Station name',
    'fieldGroup:station',
    'text',
    'validation:required',
    'validation:minLength:3',
    'validation:maxLength:20',
    'placeholder:harbour',
    'tooltip:en:Shown on the map.',
  ),
  row('station.replicas', 'Gauges', 'fieldGroup:station', 'podCount'),
  row(
    'station.tier',
    'Tier',
    'fieldGroup:station',
    'clearable',
    'props:select:options:[{"label":{"en":"Bronze: slow","zh":"铜"},"value":"bronze"},{"label":"Gold","value":"gold"}]',
  ),
  row(
    'station.region',
    'Region',
    'fieldGroup:station',
    'select:north',
    'select:south',
    'props:select:allowCreate',
  ),
  row(
    'station.days',
    'Days',
    'fieldGroup:station',
    'select:Mon',
    'select:Tue',
    'select:Wed',
    'props:select:multiple',
  ),
  row('station.pull', 'Pull policy', 'fieldGroup:station', 'imagePullPolicy'),
  row('secret', 'Access key', 'password', 'validation:required'),
  row('notes', 'Notes', 'textarea'),
  row('tags', 'Tags', 'tagsInput', 'validation:minLength:1'),
  row('channels', 'Channels', CHANNELS),
  row('channels[0].name', 'Channel name', CHANNELS, 'text', 'validation:required'),
  row('channels[0].kind', 'Kind', CHANNELS, 'select:serial', 'select:tcp', 'com.tectonic.default:serial'),
  row(
    'channels[0].port',
    'Port',
    CHANNELS,
    'number',
    'fieldDependency:.kind:tcp',
    'com.tectonic.default:502',
  ),
  row('channels[0].limits.cpu', 'CPU limit', CHANNELS, 'resourceRequirements:limits:cpu'),
  row('channels[0].filters', 'Filters', CHANNELS, FILTERS),
  row('channels[0].filters[0].expression', 'Expression', CHANNELS, FILTERS, 'text'),
  row('channels[0].filters[0].invert', 'Invert', CHANNELS, FILTERS, 'booleanSwitch'),
  row('nodes', 'Nodes', 'io.kubernetes:Node', 'multiple'),
  row('credentials', 'Credentials', 'io.kubernetes:Secret?=labelSelector=cpaas.io%2Fcredentials%3DS3'),
  row('class', 'Storage class of global', 'io.kubernetes:StorageClass?=isGlobal=true'),
  row('reporting', 'Reports to', 'io.kubernetes:Cluster?=isGlobal=true'),
  row('legacy', 'Legacy', 'hidden', 'text'),
  row('build', 'Build', 'disabled', 'text'),
  row('sampling.interval', 'Sampling interval'),
  row('buffer.size', 'Buffer'),
  row('podLabels', 'Pod labels', 'advanced'),
  row('nodeSelector', 'Node selector', 'advanced'),
  row('tolerations', 'Tolerations', 'advanced'),
  row('resources', 'Resources', 'resourceRequirements', 'advanced'),
  row('settings', 'Settings', 'yaml', 'advanced'),
  row('mystery', 'Mystery', 'text', 'hologram:7'),
]

/** Labels of what can't change after installing. */
export const UNSEEN_FIXED = ['Mode', 'Station name', 'Nodes']

/** A plugin that no package has, whose form uses the whole language, one thing inside the other. */
export const UNSEEN_PLUGIN = {
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModulePlugin',
  metadata: {
    name: 'tide-gauge',
    labels: { 'cpaas.io/module-name': 'tide-gauge', 'cpaas.io/module-type': 'plugin' },
  },
  spec: {
    name: 'tide-gauge',
    version: 'v1.0.0',
    deleteable: true,
    description: { en: 'Measures the tide', zh: '测量潮汐' },
    logo: '',
    config: {
      enabled: true,
      mode: 'basic',
      station: { replicas: 1, tier: 'bronze', region: 'north', days: ['Mon'], pull: 'IfNotPresent' },
      secret: '',
      notes: '',
      tags: [],
      channels: [],
      nodes: [],
      legacy: 'stays',
      build: 'b17',
      sampling: { interval: '30s' },
      buffer: { size: '1Gi' },
      podLabels: {},
      nodeSelector: {},
      tolerations: [],
      resources: null,
      settings: {},
      untold: { kept: [1, { a: null }] },
    },
    deployDescriptors: DESCRIPTORS,
    editDescriptors: DESCRIPTORS.filter(({ displayName = '' }) => !UNSEEN_FIXED.includes(displayName)),
  },
}
