import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { ChartValuesError, chartValues, isWanted, mergeValues, templateData } from './chart-values.ts'
import type { ValuesInput } from './chart-values.ts'

const PLUGIN: PluginSpec = {
  name: 'logagent',
  version: 'v1.0.0',
  description: {},
  logo: '',
  deleteable: true,
  config: { storage: { type: 'ElasticSearch' }, replicas: 2 },
  valuesTemplates: {
    'ait/chart-log': [
      'global:',
      '  cluster: << .ClusterName >>',
      '  isGlobal: << .IsGlobal >>',
      'replicas: << .Replicas >>',
      'storage:<< toYaml .MiConfig.storage | nindent 2 >>',
      '<<- if eq .MiConfig.storage.type "ClickHouse" >>',
      'clickhouse: << index .Labels "logclickhouse.plugins.cpaas.io/cluster" | quote >>',
      '<<- end >>',
    ].join('\n'),
  },
}
const input = (spec: Partial<ValuesInput['spec']> = {}): ValuesInput => ({
  plugin: PLUGIN,
  spec: { version: 'v1.0.0', ...spec },
  place: {
    clusterName: 'business',
    clusterType: 'Baremetal',
    isGlobal: false,
    labels: { 'logclickhouse.plugins.cpaas.io/cluster': 'global' },
  },
})

test('templates see the defaults, or the installation’s own configuration', () => {
  expect(chartValues(input())).toEqual({
    'ait/chart-log': {
      global: { cluster: 'business', isGlobal: false },
      replicas: 2,
      storage: { type: 'ElasticSearch' },
    },
  })
  expect(chartValues(input({ config: { storage: { type: 'ClickHouse' } } }))).toEqual({
    'ait/chart-log': {
      global: { cluster: 'business', isGlobal: false },
      replicas: 1,
      storage: { type: 'ClickHouse' },
      clickhouse: 'global',
    },
  })
})

test('raw values win over templates, key by key; lists are replaced', () => {
  const values = chartValues(
    input({
      valuesOverride: {
        'ait/chart-log': {
          global: { nodeSelector: { infra: 'true' } },
          replicas: 5,
          storage: { type: null },
        },
        'ait/chart-other': { list: [1] },
      },
    }),
  )
  expect(values).toEqual({
    'ait/chart-log': {
      global: { cluster: 'business', isGlobal: false, nodeSelector: { infra: 'true' } },
      replicas: 5,
      storage: { type: null },
    },
    'ait/chart-other': { list: [1] },
  })
})

test('a broken template names its chart, line and cause', () => {
  const broken = (template: string): ValuesInput => ({
    ...input(),
    plugin: { ...PLUGIN, valuesTemplates: { 'ait/x': template } },
  })
  expect(() => chartValues(broken('a: 1\nb: << .MiConfig.storage.type.x >>'))).toThrow(
    new ChartValuesError('ait/x', 'line 2: string has no field x'),
  )
  expect(() => chartValues(broken('- a'))).toThrow('no map of values')
  expect(() => chartValues(broken('a: [1'))).toThrow(ChartValuesError)
  expect(chartValues(broken('\n'))).toEqual({ 'ait/x': {} })
})

test('an install condition is a template that must say true', () => {
  const data = templateData(input())
  const wanted = (installCondition?: string): boolean =>
    isWanted({ name: 'r', ...(installCondition === undefined ? {} : { installCondition }) }, data)
  expect(wanted()).toBe(true)
  expect(wanted('<< eq .MiConfig.storage.type "ElasticSearch" >>')).toBe(true)
  expect(wanted('<< .IsGlobal >>')).toBe(false)
  expect(() => wanted('<< nope >>')).toThrow('installCondition of r: line 1: there is no function nope')
})

const values = fc.dictionary(
  fc.string({ maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
) as fc.Arbitrary<JsonObject>

test('merging: nothing over something changes nothing, and the same twice is the same once', () => {
  fc.assert(
    fc.property(values, values, (base, over) => {
      expect(mergeValues(base, {})).toEqual(base)
      const once = mergeValues(base, over)
      expect(mergeValues(once, over)).toEqual(once)
      for (const key of Object.keys(over)) expect(Object.hasOwn(once, key)).toBe(true)
    }),
  )
})
