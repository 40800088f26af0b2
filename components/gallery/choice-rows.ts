import { descriptor } from './gallery-row.ts'
import type { GalleryRow } from './gallery-row.ts'

const ZONES = Array.from({ length: 40 }, (_, index) => `ui:select:zone-${String(index + 1).padStart(2, '0')}`)

/** One or several of given values. */
export const CHOICE_ROWS: readonly GalleryRow[] = [
  {
    id: 'select',
    title: 'ui:select:<value>',
    shows: ['com.tectonic.ui:select'],
    descriptors: [
      descriptor(
        'level',
        'Log level',
        'ui:select:debug',
        'ui:select:info',
        'ui:select:warn',
        'ui:select:error',
      ),
    ],
    config: { level: 'info' },
  },
  {
    id: 'select-many',
    title: 'ui:select:<value>, many of them',
    shows: [],
    descriptors: [descriptor('zone', 'Zone', ...ZONES)],
    config: { zone: 'zone-07' },
  },
  {
    id: 'radio',
    title: 'ui:radio:<value>:en|zh:<label>',
    shows: ['com.tectonic.ui:radio'],
    descriptors: [
      descriptor(
        'type',
        'Size',
        'ui:radio:single:en:Single node',
        'ui:radio:single:zh:单节点',
        'ui:radio:normal:en:Small cluster',
        'ui:radio:normal:zh:小型集群',
      ),
    ],
    config: { type: 'single' },
  },
  {
    id: 'options',
    title: 'props:select:options:<json>',
    shows: ['props:select:options'],
    descriptors: [
      descriptor(
        'policy',
        'Storage policy',
        'ui:select',
        'props:select:options:[{"value":"Default","label":{"en":"Default","zh":"默认"}},{"value":"SSC","label":{"en":"Separate","zh":"存算分离"}}]',
      ),
    ],
    config: { policy: 'SSC' },
  },
  {
    id: 'multiple',
    title: 'ui:multiple',
    shows: ['com.tectonic.ui:multiple'],
    descriptors: [
      descriptor(
        'sources',
        'Sources',
        'ui:select:audit',
        'ui:select:event',
        'ui:select:workload',
        'ui:multiple',
      ),
    ],
    config: { sources: ['audit'] },
  },
  {
    id: 'select-multiple',
    title: 'props:select:multiple',
    shows: ['props:select:multiple'],
    descriptors: [descriptor('zones', 'Zones', ...ZONES, 'props:select:multiple')],
    config: { zones: ['zone-01', 'zone-02'] },
  },
  {
    id: 'allow-create',
    title: 'ui:allowCreate',
    shows: ['com.tectonic.ui:allowCreate'],
    descriptors: [
      descriptor('registry', 'Registry', 'ui:select:docker.io', 'ui:select:quay.io', 'ui:allowCreate'),
    ],
    config: { registry: 'registry.example.com' },
  },
  {
    id: 'select-allow-create',
    title: 'props:select:allowCreate, several',
    shows: ['props:select:allowCreate'],
    descriptors: [
      descriptor(
        'verbs',
        'Verbs',
        'ui:select:get',
        'ui:select:list',
        'ui:select:watch',
        'ui:multiple',
        'props:select:allowCreate',
      ),
    ],
    config: { verbs: ['get', 'approve'] },
  },
  {
    id: 'clearable',
    title: 'ui:clearable',
    shows: ['com.tectonic.ui:clearable'],
    descriptors: [
      descriptor(
        'tier',
        'Tier',
        'ui:select:gold',
        'ui:select:silver',
        'ui:clearable',
        'ui:validation:required',
      ),
    ],
    config: { tier: 'gold' },
  },
  {
    id: 'select-clearable',
    title: 'props:select:clearable',
    shows: ['props:select:clearable'],
    descriptors: [descriptor('zone', 'Zone', ...ZONES, 'props:select:clearable')],
    config: { zone: 'zone-03' },
  },
  {
    id: 'size-settings',
    title: 'uiContext.sizeSettings',
    shows: [],
    descriptors: [descriptor('components.server.resources', 'Server’s resources', 'ui:resourceRequirements')],
    config: { size: 'Small', components: { server: { resources: null } } },
    sizeSettings: {
      default: 'Small',
      sizes: [
        {
          size: 'Small',
          name: { en: 'Small', zh: '小规模' },
          description: { en: 'up to 20 nodes', zh: '20 个节点以内' },
          components: {
            server: {
              resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } },
            },
          },
        },
        {
          size: 'Large',
          name: { en: 'Large', zh: '大规模' },
          description: { en: 'up to 200 nodes', zh: '200 个节点以内' },
          components: {
            server: {
              resources: { requests: { cpu: '4', memory: '8Gi' }, limits: { cpu: '8', memory: '16Gi' } },
            },
          },
        },
      ],
    },
  },
]
