import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Descriptor } from '#lib/kinds/plugin-spec.ts'
import { CAPABILITIES } from './capability.ts'
import { compileForm } from './compile-form.ts'
import type { FormSource } from './compile-form.ts'
import { initialConfig } from './config-of.ts'
import { hasForm } from './form-model.ts'
import { formSourceOf } from './form-purpose.ts'
import { P, UI, control, outline, row } from './testing/form-fixture.ts'
import { validateConfig } from './validate-config.ts'

describe('a form that follows the values', () => {
  test('three switches of the GPU plugin', () => {
    const config = { custom: { mps_enable: false, pgpu_enable: false, vgpu_enable: false } }
    const form = compileForm({ config, descriptors: [] })
    expect(form.from).toBe('values')
    expect(outline(form.layout)).toEqual([
      { custom: ['custom.mps_enable', 'custom.pgpu_enable', 'custom.vgpu_enable'] },
    ])
    expect(form.controls.map((one) => one.kind)).toEqual(['switch', 'switch', 'switch'])
    expect(initialConfig(form)).toBe(config)
    expect(validateConfig(form, config)).toEqual([])
  })

  test('each kind of value has its control', () => {
    const config = {
      on: true,
      count: 3,
      name: 'x',
      long: 'a\nb',
      list: ['a'],
      ports: [1, 2],
      empty: {},
      nothing: null,
      mixed: [{ a: 1 }],
      'a.b': 1,
    }
    const form = compileForm({ config })
    expect(Object.fromEntries(form.controls.map((one) => [one.id, one.kind]))).toEqual({
      on: 'switch',
      count: 'number',
      name: 'text',
      long: 'textarea',
      list: 'list',
      ports: 'list',
      empty: 'data',
      nothing: 'data',
      mixed: 'rows',
      '["a.b"]': 'number',
    })
    expect(control(form, 'ports').valueType).toBe('number')
  })

  test('nothing configured is no form', () => {
    for (const source of [{}, { config: {} }, { config: {}, descriptors: [] }]) {
      const form = compileForm(source)
      expect(form.from).toBe('nothing')
      expect(hasForm(form)).toBe(false)
    }
  })

  test('a config deeper than any form is edited as data', () => {
    let config = {}
    for (let depth = 0; depth < 300; depth++) config = { a: config }
    expect(compileForm({ config }).controls).toMatchObject([{ kind: 'data' }])
  })
})

describe('descriptors', () => {
  test('each capability does what it says', () => {
    const form = compileForm({
      config: { replicas: 3, size: 'big', quota: '4Gi', keep: 1 },
      descriptors: [
        row('enabled', `${UI}booleanSwitch`, `${P}com.tectonic.default:true`),
        row('replicas', `${UI}select:1`, `${UI}select:3`),
        row(
          'size',
          `${UI}radio:single:en:Single: one node`,
          `${UI}radio:single:zh:单节点`,
          `${UI}radio:big:en:Big Cluster`,
        ),
        row('quota', `${UI}resourceRequirements:limits:memory`),
        row('pass', `${UI}password`, `${UI}validation:required`, `${UI}validation:minLength:8`),
        row('pods', `${UI}podCount`, `${UI}validation:maximum:5`),
        row('tags', `${UI}tagsInput`, `${P}com.tectonic.default:a,b`),
        row('yaml', `${UI}yaml`),
        row('path', `${UI}text`, `${UI}validation:pattern:^/[a-z/]*$`, `${P}placeholder:zh:路径`),
        row('mode', `${P}props:select:options:[{"label":"A","value":"a"},{"label":{"zh":"乙"},"value":"b"}]`),
        row('logs', `${UI}select:x`, `${UI}select:y:z`, `${P}props:select:multiple`),
        row('class', `${P}io.kubernetes:StorageClass`),
        row('secret', `${UI}hidden`, `${UI}text`),
      ],
    })
    expect(Object.fromEntries(form.controls.map((one) => [one.id, one.kind]))).toEqual({
      enabled: 'switch',
      replicas: 'select',
      size: 'radio',
      quota: 'quantity',
      pass: 'password',
      pods: 'number',
      tags: 'list',
      yaml: 'data',
      path: 'text',
      mode: 'select',
      logs: 'choices',
      class: 'picker',
      secret: 'text',
    })
    expect(control(form, 'enabled').fallback).toBe(true)
    expect(control(form, 'replicas').options.map((one) => one.value)).toEqual([1, 3])
    expect(control(form, 'size').options).toEqual([
      { value: 'single', label: { en: 'Single: one node', zh: '单节点' } },
      { value: 'big', label: { en: 'Big Cluster' } },
    ])
    expect(control(form, 'pass').rules).toEqual({ required: true, minLength: 8 })
    expect(control(form, 'pods').rules).toEqual({ integer: true, minimum: 0, maximum: 5 })
    expect(control(form, 'tags').fallback).toEqual(['a', 'b'])
    expect(control(form, 'path').rules.pattern).toBe('^/[a-z/]*$')
    expect(control(form, 'path').placeholder).toEqual({ zh: '路径' })
    expect(control(form, 'mode').options.map((one) => one.label)).toEqual([{ en: 'A' }, { zh: '乙' }])
    expect(control(form, 'logs').options.map((one) => one.value)).toEqual(['x', 'y:z'])
    expect(control(form, 'secret').hidden).toBe(true)
    expect(control(form, 'class').picker).toMatchObject({
      group: 'storage.k8s.io',
      version: 'v1',
      kind: 'StorageClass',
      cluster: 'target',
    })
    expect(form.notes).toEqual([])
  })

  test('groups nest, rows name them, advanced stands apart', () => {
    const form = compileForm({
      config: { data: { audit: true }, extra: { a: 1 } },
      descriptors: [
        row('data', `${UI}fieldGroup:data`, `${P}label:en:Log types`, `${P}label:zh:日志类型`),
        row('data.audit', `${UI}booleanSwitch`, `${UI}fieldGroup:data`, `${P}label:en:Audit`),
        row('data.deep.x', `${UI}number`, `${UI}fieldGroup:data.deep`),
        row('selector', `${UI}text`, `${UI}advanced`),
        row('naming', `${UI}fieldGroup:storage`, `${P}label:en:Storage`),
        row('where', `${UI}text`, `${UI}fieldGroup:storage`),
        row('mode', `${UI}text`, `${UI}fieldGroup:hotAndCold_tiers`),
      ],
    })
    expect(outline(form.layout)).toEqual([
      { 'Log types': ['data.audit', { Deep: ['data.deep.x'] }] },
      { Storage: ['where'] },
      { 'Hot and cold tiers': ['mode'] },
    ])
    expect(outline(form.advanced)).toEqual(['selector'])
    expect(form.layout[0]).toMatchObject({ label: { en: 'Log types', zh: '日志类型' } })
  })

  test('a list without capabilities follows the values, without doubling what has its own row', () => {
    const form = compileForm({
      config: { a: { on: true, n: 1, s: 'x' }, l: [1] },
      descriptors: [{ path: 'a', displayName: 'All of it' }, { path: 'a.n' }, { path: 'l' }],
    })
    expect(outline(form.layout)).toEqual([{ 'All of it': ['a.on', 'a.s'] }, 'a.n', 'l'])
    expect(control(form, 'a.on').kind).toBe('switch')
  })

  test('what stands for every entry of a list becomes rows', () => {
    const form = compileForm({
      descriptors: [
        row('nodes[0].name', `${UI}arrayFieldGroup:nodes`, `${UI}text`),
        row('nodes[0].port', `${UI}arrayFieldGroup:nodes`, `${UI}number`),
        row('rules[].host', `${UI}text`),
        row('hosts[]', `${UI}text`, `${UI}validation:pattern:^[a-z]+$`),
      ],
    })
    expect(form.controls.map((one) => [one.id, one.kind])).toEqual([
      ['nodes', 'rows'],
      ['rules', 'rows'],
      ['hosts', 'list'],
    ])
    expect(control(form, 'nodes').label).toEqual({ en: 'Nodes' })
    expect(control(form, 'nodes').row?.controls.map((one) => [one.id, one.kind])).toEqual([
      ['nodes[].name', 'text'],
      ['nodes[].port', 'number'],
    ])
    expect(control(form, 'hosts').rules.pattern).toBe('^[a-z]+$')
  })

  test('two controls may share a path', () => {
    const form = compileForm({ descriptors: [row('a', `${UI}text`), row('a', `${UI}number`)] })
    expect(form.controls.map((one) => one.id)).toEqual(['a', 'a#2'])
    const withList = compileForm({ descriptors: [row('a'), row('a', `${UI}arrayFieldGroup:a`)] })
    expect(withList.controls.map((one) => one.id)).toEqual(['a'])
  })

  test('what nobody knows, RE2 can’t take or no path names is noted, never an error', () => {
    const form = compileForm({
      descriptors: [
        row('a', `${UI}holodeck:7`, `${UI}text`, `${UI}validation:pattern:(?=x)y`),
        row('b.__proto__.c', `${UI}text`),
        row('[0].d', `${UI}text`),
        row('c', `${UI}validation:sparkle`, `${UI}validation:minimum:much`),
      ],
    })
    expect(form.notes.map((note) => note.code).sort()).toEqual([
      'path-unusable',
      'path-unusable',
      'pattern-not-enforced',
      'unknown-capability',
      'unknown-capability',
      'unknown-capability',
    ])
    expect(form.controls.map((one) => one.id)).toEqual(['a', 'c'])
    expect(control(form, 'a').rules.pattern).toBeUndefined()
  })
})

test('a size has the words of its preset, unless its option has some', () => {
  const sizeSettings = {
    sizes: ['Small', 'Large'].map((size) => ({
      size,
      name: { en: `${size} scale`, zh: '规模' },
      description: {},
      components: {},
    })),
  }
  const descriptors = [row('size', `${UI}radio:Small`, `${UI}radio:Large:zh:大型`)]
  const form = compileForm({ descriptors, sizeSettings })
  expect(control(form, 'size').options.map(({ label }) => label)).toEqual([
    { en: 'Small scale', zh: '规模' },
    { zh: '大型' },
  ])
})

test('size presets fill resources, with or without a control of their own', () => {
  const sizeSettings = {
    default: 'Small',
    sizes: [
      {
        size: 'Small',
        name: { en: 'Small', zh: '小' },
        description: {},
        components: { prometheus: { resources: { limits: { cpu: '1' } } }, ['__proto__']: { resources: {} } },
      },
    ],
  }
  for (const descriptors of [[], [row('size', `${UI}text`, `${P}label:en:Scale Configuration`)]]) {
    const form = compileForm({ config: { size: 'Small', components: {} }, descriptors, sizeSettings })
    expect(control(form, 'size')).toMatchObject({ kind: 'select', valueType: 'string' })
    expect(control(form, 'size').options).toMatchObject([
      {
        value: 'Small',
        label: { zh: '小' },
        fills: [{ path: ['components', 'prometheus', 'resources'], value: { limits: { cpu: '1' } } }],
      },
    ])
  }
  const form = compileForm({ sizeSettings })
  expect(form.controls.map((one) => [one.id, one.kind])).toEqual([
    ['size', 'select'],
    ['components.prometheus.resources', 'resources'],
  ])
  expect(outline(form.advanced)).toEqual([{ 'Resources by scale': ['components.prometheus.resources'] }])
  // What already governs the resources, or a part of them, does.
  for (const path of [
    'components.prometheus.resources',
    'components.prometheus',
    'components.prometheus.resources.limits.cpu',
  ])
    expect(compileForm({ sizeSettings, descriptors: [row(path, `${UI}yaml`)] }).controls).toHaveLength(2)
})

test('changing shows what can’t change after installing as fixed', () => {
  const version = {
    config: { a: 1, b: 2 },
    deployDescriptors: [row('a', `${UI}number`), row('b', `${UI}number`)],
    editDescriptors: [row('b', `${UI}number`, `${P}label:en:Bee`)],
  }
  const form = compileForm(formSourceOf('update', version, { a: 5, b: 2 }))
  expect(form.controls.map(({ id, immutable }) => [id, immutable])).toEqual([
    ['a', true],
    ['b', false],
  ])
  const without = compileForm(formSourceOf('update', { ...version, editDescriptors: [] }))
  expect(without.controls.every((one) => !one.immutable)).toBe(true)

  const install = compileForm(formSourceOf('install', version))
  expect(install.controls.map(({ id, immutable, lasting }) => [id, immutable, lasting])).toEqual([
    ['a', false, true],
    ['b', false, undefined],
  ])
  const silent = compileForm(formSourceOf('install', { ...version, editDescriptors: [] }))
  expect(silent.controls.every(({ lasting }) => lasting === undefined)).toBe(true)
})

test('what is changed by condition, or row by row, is fixed only where nothing of it may change', () => {
  const variants = [
    row('type', `${UI}radio:A`, `${UI}radio:B`),
    row('size', `${UI}number`, `${UI}fieldDependency:type:A`),
    row('size', `${UI}text`, `${UI}fieldDependency:type:B`),
  ]
  const list = [
    row('nodes', `${UI}arrayFieldGroup:nodes`),
    row('nodes[].name', `${UI}text`, `${UI}arrayFieldGroup:nodes`),
    row('nodes[].port', `${UI}number`, `${UI}arrayFieldGroup:nodes`),
  ]
  const config = { type: 'A', size: 1, nodes: [{ name: 'a', port: 1 }] }
  const update = (editDescriptors: Descriptor[]) =>
    compileForm(
      formSourceOf('update', { config, deployDescriptors: [...variants, ...list], editDescriptors }, config),
    ).controls.map(({ id, kind, immutable }) => `${id} ${kind} ${immutable ? 'fixed' : 'open'}`)
  expect(update([...variants, ...list.slice(1)])).toEqual([
    'type radio open',
    'size number open',
    'size#2 text open',
    'nodes rows open',
  ])
  expect(update(variants.slice(2))).toEqual(['type radio fixed', 'size text open', 'nodes rows fixed'])
})

describe('a JSON Schema as config', () => {
  const config = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', title: 'Name', pattern: '^[a-z]+$' },
      replicas: { type: 'integer', minimum: 1, default: 2 },
      mode: { enum: ['a', 'b'], default: 'a' },
      storage: {
        type: 'object',
        title: 'Storage',
        properties: { size: { $ref: '#/$defs/size' }, tags: { type: 'array', items: { type: 'string' } } },
      },
    },
    $defs: { size: { type: 'integer', maximum: 10, default: 5 } },
  }

  test('the schema is the form', () => {
    const form = compileForm({ config })
    expect(form.from).toBe('schema')
    expect(outline(form.layout)).toEqual([
      'name',
      'replicas',
      'mode',
      { Storage: ['storage.size', 'storage.tags'] },
    ])
    expect(form.controls.map((one) => one.kind)).toEqual(['text', 'number', 'select', 'number', 'list'])
    expect(form.defaults).toMatchObject({ replicas: 2, mode: 'a' })
    expect(
      validateConfig(form, { ...form.defaults, storage: { size: 11 } }).map((e) => [e.path, e.code]),
    ).toEqual([
      ['name', 'required'],
      ['storage.size', 'maximum'],
    ])
    expect(validateConfig(form, { name: 'UPPER' }).map((e) => [e.path, e.code])).toEqual([
      ['name', 'pattern'],
    ])
    expect(validateConfig(form, { name: 'x', replicas: 1 })).toEqual([])
  })

  test('recursive and enormous schemas cost little', () => {
    const recursive = {
      type: 'object',
      properties: { a: { $ref: '#' }, b: { $ref: '#' }, c: { $ref: '#/nowhere' } },
    }
    const wide = {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`p${i}`, { $ref: '#' }])),
    }
    const bomb: Record<string, object> = { d0: { type: 'string' } }
    for (let i = 1; i < 40; i++)
      bomb[`d${i}`] = { allOf: [{ $ref: `#/$defs/d${i - 1}` }, { $ref: `#/$defs/d${i - 1}` }] }
    const doubling = { type: 'object', properties: { x: { $ref: '#/$defs/d39' } }, $defs: bomb }
    for (const hostile of [recursive, wide, doubling]) {
      const form = compileForm({ config: hostile as never })
      validateConfig(form, { a: { b: { a: 1 } }, x: 'y' })
      expect(form.notes.map((note) => note.code)).toContain('schema-not-enforced')
    }
  })
})

const capability = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...CAPABILITIES),
      fc.constantFrom(
        '',
        ':',
        ':a',
        ':a.b:true',
        ':required',
        ':pattern:(a+)+$',
        ':[1,{"value":2}]',
        ':zh:x:y',
        ':x:a:b',
      ),
    )
    .map(([name, arg]) => `${P}${name}${arg}`),
  fc.string({ maxLength: 30 }),
)
const descriptor = fc.record({
  path: fc.oneof(fc.constantFrom('a', 'a.b', 'a.b.c', 'x[0].y', 'x[].y', '__proto__.a', ''), fc.string()),
  displayName: fc.string(),
  'x-descriptors': fc.array(capability, { maxLength: 6 }),
})

describe('never throws', () => {
  test('on any list of descriptors', () => {
    fc.assert(
      fc.property(fc.array(descriptor, { maxLength: 12 }), fc.jsonValue(), (descriptors, config) => {
        const form = compileForm({ config: config as never, descriptors, current: config as never })
        const ids = form.controls.map((one) => one.id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(outline(form.layout).concat(outline(form.advanced)).flat(20).length).toBeLessThanOrEqual(1000)
        validateConfig(form, initialConfig(form))
      }),
      { numRuns: 300 },
    )
  })

  test('on anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (config, descriptors, sizeSettings) => {
        compileForm({ config, descriptors, fixedDescriptors: descriptors, sizeSettings } as FormSource)
      }),
      { numRuns: 300 },
    )
  })
})
