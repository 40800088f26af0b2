import { descriptor } from './gallery-row.ts'
import type { GalleryRow } from './gallery-row.ts'

/** What speaks of a status in operators’ lists: known, and without effect on a form. */
export const STATUS_ROWS: readonly GalleryRow[] = [
  {
    id: 'status',
    title: 'what only tells about a status',
    shows: [
      'com.tectonic.ui:podStatuses',
      'com.tectonic.ui:important',
      'com.tectonic.ui:metrics',
      'io.kubernetes.conditions',
      'io.kubernetes.phase',
      'org.w3',
      'prometheusEndpoint',
    ],
    descriptors: [
      descriptor('name', 'Name', 'ui:text', 'ui:important'),
      descriptor('members', 'Members', 'ui:podStatuses', 'ui:metrics'),
      descriptor('phase', 'Phase', 'io.kubernetes.phase', 'io.kubernetes.conditions'),
      descriptor('endpoint', 'Endpoint', 'org.w3:link', 'prometheusEndpoint'),
    ],
    config: { name: 'main' },
  },
  {
    id: 'unknown',
    title: 'what nobody knows',
    shows: [],
    descriptors: [descriptor('name', 'Name', 'ui:text', 'com.example:sparkles')],
    config: { name: 'main' },
  },
  {
    id: 'values',
    title: 'no descriptors: the values are the form',
    shows: [],
    descriptors: [],
    config: { custom: { mps_enable: false, pgpu_enable: true, replicas: 2, hosts: ['a'] } },
  },
  {
    id: 'schema',
    title: 'a JSON Schema as config',
    shows: [],
    descriptors: [],
    config: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', title: 'Name', minLength: 2 },
        level: { type: 'string', enum: ['debug', 'info'], default: 'info' },
        limits: {
          type: 'object',
          properties: { connections: { type: 'integer', minimum: 1, default: 100 } },
        },
      },
    },
  },
]
