import { descriptor } from './gallery-row.ts'
import type { GalleryRow } from './gallery-row.ts'

/** Switches, texts, numbers. */
export const TEXT_ROWS: readonly GalleryRow[] = [
  {
    id: 'boolean-switch',
    title: 'ui:booleanSwitch',
    shows: ['com.tectonic.ui:booleanSwitch'],
    descriptors: [descriptor('audit.enabled', 'Audit log', 'ui:booleanSwitch')],
    config: { audit: { enabled: true } },
  },
  {
    id: 'checkbox',
    title: 'ui:checkbox',
    shows: ['com.tectonic.ui:checkbox'],
    descriptors: [descriptor('debug', 'Debug messages', 'ui:checkbox')],
    config: { debug: 'false' },
  },
  {
    id: 'text',
    title: 'ui:text',
    shows: ['com.tectonic.ui:text'],
    descriptors: [descriptor('dataDir', 'Storage path', 'ui:text')],
    config: { dataDir: '/cpaas/data' },
  },
  {
    id: 'textarea',
    title: 'ui:textarea',
    shows: ['com.tectonic.ui:textarea'],
    descriptors: [descriptor('banner', 'Banner', 'ui:textarea')],
    config: { banner: 'Maintained by the platform team\nAsk before you change it' },
  },
  {
    id: 'password',
    title: 'ui:password',
    shows: ['com.tectonic.ui:password'],
    descriptors: [descriptor('admin.password', 'Administrator’s password', 'ui:password')],
    config: { admin: { password: 'not-a-secret' } },
  },
  {
    id: 'number',
    title: 'ui:number',
    shows: ['com.tectonic.ui:number'],
    descriptors: [descriptor('retention', 'Retention in days', 'ui:number')],
    config: { retention: 7 },
  },
  {
    id: 'pod-count',
    title: 'ui:podCount',
    shows: ['com.tectonic.ui:podCount'],
    descriptors: [descriptor('replicas', 'Replicas', 'ui:podCount')],
    config: { replicas: 3 },
  },
  {
    id: 'label-ui',
    title: 'ui:label',
    shows: ['com.tectonic.ui:label'],
    descriptors: [descriptor('title', 'Title', 'ui:label')],
    config: { title: 'Monitoring' },
  },
  {
    id: 'tags-input',
    title: 'ui:tagsInput',
    shows: ['com.tectonic.ui:tagsInput'],
    descriptors: [descriptor('hosts', 'Hosts', 'ui:tagsInput')],
    config: { hosts: ['a.example.com', 'b.example.com'] },
  },
  {
    id: 'yaml',
    title: 'ui:yaml',
    shows: ['com.tectonic.ui:yaml'],
    descriptors: [descriptor('extra', 'Further settings', 'ui:yaml')],
    config: { extra: { scrape: { interval: '30s', labels: ['team'] } } },
  },
]
