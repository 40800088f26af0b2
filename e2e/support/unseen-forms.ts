import type { JsonObject } from '#lib/kinds/object.ts'
import type { Answer } from './form-answer.ts'

/** A plugin without descriptors: its form is made of its configuration alone. */
export interface UnseenForm {
  plugin: string
  /** As the plugin publishes it. */
  config: JsonObject
  answers: Answer[]
  /** The `spec.config` that comes out of the answers. */
  wanted: JsonObject
}

/** The configuration is a JSON Schema. */
const SCHEMA_FORM: UnseenForm = {
  plugin: 'weather-mast',
  config: {
    type: 'object',
    required: ['station'],
    properties: {
      station: { type: 'string', title: 'Station', minLength: 3 },
      height: { type: 'integer', title: 'Height', default: 10, minimum: 1 },
      unit: {
        title: 'Unit',
        oneOf: [
          { const: 'm', title: 'Metres' },
          { const: 'ft', title: 'Feet' },
        ],
        default: 'm',
      },
      alarms: {
        type: 'array',
        title: 'Alarms',
        items: {
          type: 'object',
          required: ['level'],
          properties: {
            level: { type: 'integer', title: 'Alarm level' },
            mail: { type: 'string', title: 'Mail' },
          },
        },
      },
      labels: { type: 'object', title: 'Labels', additionalProperties: { type: 'string' } },
      key: { type: 'string', title: 'Key', format: 'password' },
      heating: {
        type: 'object',
        title: 'Heating',
        properties: {
          on: { type: 'boolean', title: 'On at night', default: false },
          below: { type: ['number', 'null'], title: 'Below', default: null },
        },
      },
    },
  },
  answers: [
    { label: 'Station', as: 'text', value: 'roof' },
    { label: 'Height', as: 'number', value: 12 },
    { label: 'Unit', as: 'select', value: 'Feet' },
    {
      label: 'Alarms',
      as: 'rows',
      fields: { level: { label: 'Alarm level', as: 'number' }, mail: 'Mail' },
      value: [{ level: 5, mail: 'watch@example.com' }, { level: 8 }],
    },
    { label: 'Labels', as: 'pairs', value: { site: 'north' } },
    { label: 'Key', as: 'password', value: 'only-for-this-test' },
    { label: 'On at night', group: 'Heating', as: 'switch', value: true },
  ],
  wanted: {
    station: 'roof',
    height: 12,
    unit: 'ft',
    alarms: [{ level: 5, mail: 'watch@example.com' }, { level: 8 }],
    labels: { site: 'north' },
    key: 'only-for-this-test',
    heating: { on: true, below: null },
  },
}

/** Nothing but values. */
const VALUES_FORM: UnseenForm = {
  plugin: 'sun-dial',
  config: {
    threshold: 3,
    verbose: false,
    name: 'dial',
    hosts: ['a'],
    worker: { resources: { requests: { cpu: '100m' }, limits: { cpu: '1' } } },
    routes: [{ path: '/', weight: 1, strip: false }],
    labels: { team: 'x' },
    deep: { deeper: { flag: true, interval: '30s' } },
    nothing: null,
    odd: [[1]],
  },
  answers: [
    { label: 'threshold', as: 'number', value: 0.5 },
    { label: 'verbose', as: 'switch', value: true },
    { label: 'hosts', as: 'list', value: ['a', 'b'] },
    { label: 'resources', group: 'worker', as: 'resources', value: { requests: { cpu: '200m' } } },
    {
      label: 'routes',
      as: 'rows',
      fields: {
        path: 'path',
        weight: { label: 'weight', as: 'number' },
        strip: { label: 'strip', as: 'switch' },
      },
      value: [
        { path: '/a', weight: 2, strip: true },
        { path: '/b', weight: 1, strip: true },
      ],
    },
    { label: 'labels', as: 'pairs', value: { team: 'y', 'node-role.kubernetes.io/infra': '' } },
    { label: 'flag', group: 'deeper', as: 'switch', value: false },
    { label: 'interval', group: 'deeper', as: 'text', value: '1m' },
  ],
  wanted: {
    threshold: 0.5,
    verbose: true,
    name: 'dial',
    hosts: ['a', 'b'],
    worker: { resources: { requests: { cpu: '200m' }, limits: { cpu: '1' } } },
    routes: [
      { path: '/a', weight: 2, strip: true },
      { path: '/b', weight: 1, strip: true },
    ],
    labels: { team: 'y', 'node-role.kubernetes.io/infra': '' },
    deep: { deeper: { flag: false, interval: '1m' } },
    nothing: null,
    odd: [[1]],
  },
}

export const UNSEEN_FORMS: readonly UnseenForm[] = [SCHEMA_FORM, VALUES_FORM]

/** The object that publishes such a plugin. */
export function modulePluginOf({ plugin, config }: UnseenForm): JsonObject {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModulePlugin',
    metadata: {
      name: plugin,
      labels: { 'cpaas.io/module-name': plugin, 'cpaas.io/module-type': 'plugin' },
    },
    spec: {
      name: plugin,
      version: 'v1.0.0',
      deleteable: true,
      description: { en: plugin },
      logo: '',
      config,
    },
  }
}
