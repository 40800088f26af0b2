import { descriptor } from './gallery-row.ts'
import type { GalleryRow } from './gallery-row.ts'

/** Where controls stand, when they are shown, what they say. */
export const STRUCTURE_ROWS: readonly GalleryRow[] = [
  {
    id: 'field-group',
    title: 'ui:fieldGroup:<group>',
    shows: ['com.tectonic.ui:fieldGroup'],
    descriptors: [
      descriptor('storage', 'Storage', 'ui:fieldGroup:storage', 'label:en:Storage', 'label:zh:存储'),
      descriptor('storage.path', 'Path', 'ui:text', 'ui:fieldGroup:storage'),
      descriptor('storage.hot.days', 'Days', 'ui:number', 'ui:fieldGroup:storage.hot'),
    ],
    config: { storage: { path: '/data', hot: { days: 7 } } },
  },
  {
    id: 'array-field-group',
    title: 'ui:arrayFieldGroup:<path>, a line each',
    shows: ['com.tectonic.ui:arrayFieldGroup'],
    descriptors: [
      descriptor('ports[].name', 'Name', 'ui:text', 'ui:arrayFieldGroup:ports', 'ui:validation:required'),
      descriptor(
        'ports[].port',
        'Port',
        'ui:number',
        'ui:arrayFieldGroup:ports',
        'ui:validation:maximum:65535',
      ),
    ],
    config: {
      ports: [
        { name: 'http', port: 80 },
        { name: 'https', port: 443 },
      ],
    },
  },
  {
    id: 'array-field-group-cards',
    title: 'ui:arrayFieldGroup:<path>, with conditions and rows within rows',
    shows: [],
    descriptors: [
      descriptor(
        'receivers[].type',
        'Type',
        'ui:select:mail',
        'ui:select:webhook',
        'ui:arrayFieldGroup:receivers',
        'com.tectonic.default:mail',
      ),
      descriptor(
        'receivers[].to',
        'Addresses',
        'ui:tagsInput',
        'ui:arrayFieldGroup:receivers',
        'ui:fieldDependency:.type:mail',
      ),
      descriptor(
        'receivers[].url',
        'URL',
        'ui:text',
        'ui:arrayFieldGroup:receivers',
        'ui:fieldDependency:.type:webhook',
        'ui:validation:required',
      ),
      descriptor('receivers[].headers[].name', 'Header', 'ui:text', 'ui:arrayFieldGroup:receivers[].headers'),
      descriptor('receivers[].headers[].value', 'Value', 'ui:text', 'ui:arrayFieldGroup:receivers[].headers'),
    ],
    config: {
      receivers: [{ type: 'webhook', url: 'https://example.com', headers: [{ name: 'X-Team', value: 'a' }] }],
    },
  },
  {
    id: 'advanced',
    title: 'ui:advanced',
    shows: ['com.tectonic.ui:advanced'],
    descriptors: [
      descriptor('name', 'Name', 'ui:text'),
      descriptor('threads', 'Threads', 'ui:number', 'ui:advanced'),
    ],
    config: { name: 'main', threads: 4 },
  },
  {
    id: 'field-dependency',
    title: 'ui:fieldDependency:<path>:<value>',
    shows: ['com.tectonic.ui:fieldDependency'],
    descriptors: [
      descriptor('tls.enabled', 'TLS', 'ui:booleanSwitch'),
      descriptor(
        'tls.secret',
        'Secret',
        'ui:text',
        'ui:fieldDependency:.enabled:true',
        'ui:validation:required',
      ),
    ],
    config: { tls: { enabled: false, secret: '' } },
  },
  {
    id: 'one-of',
    title: 'oneOf:<value>:<path>',
    shows: ['oneOf'],
    descriptors: [
      descriptor(
        'storage.type',
        'Storage type',
        'ui:radio:LocalVolume',
        'ui:radio:StorageClass',
        'oneOf:LocalVolume:storage.path',
        'oneOf:StorageClass:storage.class:storage.size',
      ),
      descriptor('storage.path', 'Path on the host', 'ui:text'),
      descriptor('storage.class', 'StorageClass', 'ui:text'),
      descriptor('storage.size', 'Capacity', 'ui:number'),
    ],
    config: { storage: { type: 'LocalVolume', path: '/data' } },
  },
  {
    id: 'hidden',
    title: 'ui:hidden',
    shows: ['com.tectonic.ui:hidden'],
    descriptors: [
      descriptor('name', 'Name', 'ui:text'),
      descriptor('token', 'Token', 'ui:text', 'ui:hidden'),
    ],
    config: { name: 'main', token: 'stays as it is' },
  },
  {
    id: 'disabled',
    title: 'ui:disabled',
    shows: ['com.tectonic.ui:disabled'],
    descriptors: [
      descriptor('edition', 'Edition', 'ui:text', 'ui:disabled'),
      descriptor('mode', 'Mode', 'ui:select:a', 'ui:select:b', 'ui:disabled'),
      descriptor('fixed', 'Hosts', 'ui:tagsInput', 'ui:disabled'),
    ],
    config: { edition: 'enterprise', mode: 'a', fixed: ['one', 'two'] },
  },
  {
    id: 'fixed',
    title: 'deployDescriptors that editDescriptors leave out',
    shows: [],
    descriptors: [descriptor('replicas', 'Replicas', 'ui:number')],
    fixedDescriptors: [
      descriptor('storage.type', 'Storage type', 'ui:radio:LocalVolume', 'ui:radio:StorageClass'),
      descriptor('storage.path', 'Path', 'ui:text'),
      descriptor('storage.encrypt', 'Encrypt', 'ui:booleanSwitch'),
      descriptor('storage.level', 'Level', 'ui:select:fast', 'ui:select:cheap'),
      descriptor('storage.zones', 'Zones', 'ui:select:a', 'ui:select:b', 'ui:multiple'),
      descriptor('disks[].name', 'Disk', 'ui:text', 'ui:arrayFieldGroup:disks'),
    ],
    config: {
      replicas: 1,
      storage: { type: 'LocalVolume', path: '/data', encrypt: true, level: 'fast', zones: ['a'] },
      disks: [{ name: 'sda' }],
    },
  },
  {
    id: 'default',
    title: 'com.tectonic.default:<value>',
    shows: ['com.tectonic.default'],
    descriptors: [
      descriptor('interval', 'Interval in seconds', 'ui:number', 'com.tectonic.default:60'),
      descriptor('compress', 'Compress', 'ui:booleanSwitch', 'com.tectonic.default:true'),
    ],
    config: {},
  },
  {
    id: 'validation',
    title: 'ui:validation:<kind>:<arg>',
    shows: ['com.tectonic.ui:validation'],
    descriptors: [
      descriptor(
        'name',
        'Name',
        'ui:text',
        'ui:validation:required',
        'ui:validation:pattern:^[a-z]+$',
        'ui:validation:maxLength:8',
      ),
      descriptor('port', 'Port', 'ui:number', 'ui:validation:minimum:1024', 'ui:validation:maximum:65535'),
      descriptor('hosts', 'Hosts', 'ui:tagsInput', 'ui:validation:minLength:2'),
    ],
    config: { name: 'Wrong', port: 80, hosts: ['one'] },
  },
  {
    id: 'label',
    title: 'label:en|zh:<text>',
    shows: ['label'],
    descriptors: [descriptor('nodes', 'Nodes', 'ui:number', 'label:en:Number of nodes', 'label:zh:节点数量')],
    config: { nodes: 3 },
  },
  {
    id: 'description',
    title: 'description:en|zh:<text>',
    shows: ['description'],
    descriptors: [
      descriptor(
        'nodes',
        'Nodes',
        'ui:number',
        'description:en:An odd number keeps a majority.',
        'description:zh:奇数可保持多数。',
      ),
    ],
    config: { nodes: 3 },
  },
  {
    id: 'placeholder',
    title: 'placeholder:<text>',
    shows: ['placeholder'],
    descriptors: [descriptor('url', 'Address', 'ui:text', 'placeholder:https://example.com')],
    config: { url: '' },
  },
  {
    id: 'tooltip',
    title: 'tooltip:<text>',
    shows: ['tooltip'],
    descriptors: [
      descriptor(
        'nodes',
        'Nodes',
        'ui:number',
        'tooltip:en:Counted once a day.',
        'tooltip:zh:每天统计一次。',
      ),
    ],
    config: { nodes: 3 },
  },
  {
    id: 'plain-text',
    title: 'text',
    shows: ['text'],
    descriptors: [descriptor('name', 'Name', 'text')],
    config: { name: 'main' },
  },
]
