import { describe, expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import type { FormObject, FormValue } from './form-model.ts'
import { UI, row } from './testing/form-fixture.ts'
import { validateConfig } from './validate-config.ts'

/** What is wrong with a value at a path without a word about its control: `path code`. */
function faults(path: string, value: FormValue, config: FormObject = {}): string[] {
  const form = compileForm({ config, descriptors: [row(path)] })
  return validateConfig(form, { ...config, [path]: value }).map((error) => `${error.path} ${error.code}`)
}

describe('requests and limits', () => {
  test.each<[FormValue, string[]]>([
    [{ requests: { cpu: '200m', memory: '1Gi' }, limits: { cpu: 1, memory: '1024Mi' } }, []],
    [{ requests: { cpu: '2' }, limits: { cpu: '1500m' } }, ['resources.requests.cpu requestAboveLimit']],
    [{ requests: { cpu: '2' }, limits: { memory: '1Gi' } }, []],
    [{ requests: { cpu: 'many', memory: null, 'a.b/c': '' } }, ['resources.requests.cpu quantity']],
    [
      { limits: { memory: '-1Gi', 'nvidia.com/gpu': '1x' } },
      ['resources.limits.memory quantity', 'resources.limits["nvidia.com/gpu"] quantity'],
    ],
    [{ requests: ['1'] }, ['resources.requests type']],
    [{ requests: null, other: 1 }, []],
    ['1Gi', ['resources type']],
  ])('%j', (value, expected) => {
    expect(faults('resources', value)).toEqual(expected)
  })

  test('the plugin’s own default is left alone', () => {
    const broken = { requests: { cpu: 'x' } }
    expect(faults('resources', broken, { resources: broken })).toEqual([])
  })

  test('bounds of an amount count in its unit', () => {
    const limits = ['resourceRequirements:limits:cpu', 'validation:minimum:0.5', 'validation:maximum:4']
    const form = compileForm({ descriptors: [row('cpu', ...limits.map((one) => UI + one))] })
    const codes = (cpu: FormValue) => validateConfig(form, { cpu }).map((one) => one.code)
    expect([codes('500m'), codes('4'), codes('499m'), codes('4001m'), codes('x')]).toEqual([
      [],
      [],
      ['minimum'],
      ['maximum'],
      ['quantity'],
    ])
  })

  test('single amounts know the limit beside them', () => {
    const form = compileForm({
      descriptors: [
        row('r', `${UI}resourceRequirements:requests:cpu`),
        row('r', `${UI}resourceRequirements:limits:cpu`),
        row('rows[].size', `${UI}resourceRequirements:requests:storage`),
      ],
    })
    const check = (config: FormObject) => validateConfig(form, config).map((one) => `${one.path} ${one.code}`)
    expect(check({ r: { requests: { cpu: '2' }, limits: { cpu: '1' } } })).toEqual([
      'r.requests.cpu requestAboveLimit',
    ])
    expect(check({ r: { requests: { cpu: '2' }, limits: { cpu: 'x' } } })).toEqual(['r.limits.cpu quantity'])
    const size = (requests: string, limits: string) => ({
      requests: { storage: requests },
      limits: { storage: limits },
    })
    expect(check({ rows: [{ size: size('1', '2') }, { size: size('2', '1') }] })).toEqual([
      'rows[1].size.requests.storage requestAboveLimit',
    ])
  })
})

test.each<[FormValue, string[]]>([
  [[{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }], []],
  [
    [{ key: 'node-role.kubernetes.io/infra', operator: 'Equal', value: 'reserved', effect: 'NoSchedule' }],
    [],
  ],
  [[{ operator: 'Exists' }], []],
  [[{ key: 'a' }], []],
  [[{ key: 'a', operator: 'Exists', value: 'x' }], ['tolerations[0].value tolerationValue']],
  [[{ operator: 'Equal', value: 'x' }], ['tolerations[0].key required']],
  [
    [{ key: 'a b', operator: 'In', value: '/' }],
    ['tolerations[0].key labelKey', 'tolerations[0].operator enum', 'tolerations[0].value labelValue'],
  ],
  [[{ key: 'a', effect: 'Never' }], ['tolerations[0].effect enum']],
  [[{ key: 'a', tolerationSeconds: 5, effect: 'NoExecute' }], []],
  [[{ key: 'a', tolerationSeconds: 5 }], ['tolerations[0].tolerationSeconds tolerationSeconds']],
  [[{ key: 'a', tolerationSeconds: '5', effect: 'NoExecute' }], ['tolerations[0].tolerationSeconds type']],
  [[{ key: 'a', tolerationSeconds: 0.5, effect: 'NoExecute' }], ['tolerations[0].tolerationSeconds integer']],
  [
    ['x', null],
    ['tolerations[0] type', 'tolerations[1] type'],
  ],
  [{}, ['tolerations type']],
])('tolerations %j', (value, expected) => {
  expect(faults('tolerations', value)).toEqual(expected)
})

test.each<[FormValue, string[]]>([
  [{ 'kubernetes.io/os': 'linux', a: '' }, []],
  [{ 'a b': 'x' }, ['nodeSelector["a b"] labelKey']],
  [{ a: '/', b: 1 }, ['nodeSelector.a labelValue', 'nodeSelector.b type']],
  [[{ key: 'a', value: 'b' }, { key: 'c' }], []],
  [
    [
      { key: 'a', value: '1' },
      { key: 'a', value: '2' },
    ],
    ['nodeSelector[1].key duplicate'],
  ],
  [
    [{ value: '1' }, { key: '/', value: '/' }],
    ['nodeSelector[0].key required', 'nodeSelector[1].key labelKey', 'nodeSelector[1].value labelValue'],
  ],
  ['a=b', ['nodeSelector type']],
])('a node selector %j', (value, expected) => {
  expect(faults('nodeSelector', value)).toEqual(expected)
})

test('maps: labels follow the rules for labels, annotations those for keys, others none', () => {
  const value = { 'a b': 'x', ok: 'not a label value!' }
  const config = { labels: {}, annotations: {}, env: {} }
  expect(faults('labels', value, config)).toEqual(['labels["a b"] labelKey', 'labels.ok labelValue'])
  expect(faults('annotations', value, config)).toEqual(['annotations["a b"] labelKey'])
  expect(faults('env', { ...value, '': 'x', n: 1 }, config)).toEqual(['env[""] required', 'env.n type'])
})

test('amounts and durations that values suggest', () => {
  const config = { memory: '1Gi', interval: '30s', size: '10Gi' }
  expect(faults('memory', '2Gb', config)).toEqual(['memory quantity'])
  expect(faults('memory', 2, config)).toEqual([])
  expect(faults('size', '-1', config)).toEqual(['size quantity'])
  expect(faults('interval', '30', config)).toEqual(['interval duration'])
  expect(faults('interval', '1h30m', config)).toEqual([])
})

test('errors about keys that reach for prototypes stay texts', () => {
  const value = JSON.parse('{"__proto__": 1, "constructor": "x y"}') as FormObject
  expect(faults('labels', value, { labels: {} })).toEqual([
    'labels.__proto__ labelKey',
    'labels.constructor labelValue',
  ])
})
