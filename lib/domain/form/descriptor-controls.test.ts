import { describe, expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { shownControls } from './conditions.ts'
import type { FormControl, FormObject } from './form-model.ts'
import { P, UI, control, outline, row } from './testing/form-fixture.ts'
import { validateConfig } from './validate-config.ts'

function kinds(controls: readonly FormControl[] = []): unknown[] {
  return controls.map((one) =>
    one.row === undefined ? [one.id, one.kind] : [one.id, kinds(one.row.controls)],
  )
}

describe('amounts', () => {
  test('the descriptor’s path is the requirements or the amount itself', () => {
    const form = compileForm({
      config: { text: '4Gi' },
      descriptors: [
        row('all', `${UI}resourceRequirements`),
        row('pod.resources', `${UI}resourceRequirements:limits:cpu`),
        row('pod.resources.requests', `${UI}resourceRequirements:requests:memory`),
        row('pod.resources.limits.memory', `${UI}resourceRequirements:limits:memory`),
        row('text', `${UI}resourceRequirements:limits:memory`),
        row('both', `${UI}resourceRequirements:limits:memory`, `${UI}resourceRequirements:limits:cpu`),
      ],
    })
    expect(kinds(form.controls)).toEqual([
      ['all', 'resources'],
      ['pod.resources.limits.cpu', 'quantity'],
      ['pod.resources.requests.memory', 'quantity'],
      ['pod.resources.limits.memory', 'quantity'],
      ['text', 'quantity'],
      ['both', 'resources'],
    ])
  })
})

test('without a capability, the default tells the control where no value does', () => {
  const form = compileForm({
    config: { kept: 'x' },
    descriptors: ['true', '7', '1.10', '30s', '10Gi', 'a,b', '[1,2]', '[{"a":1}]', '{"a":"b"}'].map(
      (text, index) =>
        row(
          index === 3 ? 'interval' : index === 4 ? 'size' : `v${index}`,
          `${P}com.tectonic.default:${text}`,
        ),
    ),
  })
  expect(form.controls.map(({ kind, fallback }) => [kind, fallback])).toEqual([
    ['switch', true],
    ['number', 7],
    ['text', '1.10'],
    ['duration', '30s'],
    ['quantity', '10Gi'],
    ['text', 'a,b'],
    ['list', [1, 2]],
    ['data', [{ a: 1 }]],
    ['data', { a: 'b' }],
  ])
})

describe('rows', () => {
  test('every way of writing a list of groups, nested and named', () => {
    const form = compileForm({
      descriptors: [
        row(
          'a',
          `${UI}arrayFieldGroup:a`,
          `${P}label:en:Things`,
          `${UI}validation:maxLength:3`,
          `${UI}advanced`,
        ),
        row('a[0].name', `${UI}arrayFieldGroup:a`, `${UI}text`),
        row('a[*].deep[0].x', `${UI}number`, `${UI}arrayFieldGroup:a[0].deep`),
        row('spec.ports[0].port', `${UI}arrayFieldGroup:ports`, `${UI}number`),
        row('hosts.name', `${UI}arrayFieldGroup:hosts`, `${UI}text`),
        row('one[0].x', `${UI}text`),
      ],
    })
    expect(kinds(form.controls)).toEqual([
      [
        'a',
        [
          ['a[].name', 'text'],
          ['a[].deep', [['a[].deep[].x', 'number']]],
        ],
      ],
      ['spec.ports', [['spec.ports[].port', 'number']]],
      ['hosts', [['hosts[].name', 'text']]],
      ['one[0].x', 'text'],
    ])
    expect(control(form, 'a')).toMatchObject({ label: { en: 'Things' }, rules: { maxLength: 3 } })
    expect(outline(form.advanced)).toEqual(['a'])
  })

  test('a list stands in the group that its descriptor or all its fields name', () => {
    const group = `${UI}fieldGroup:storage`
    const form = compileForm({
      descriptors: [
        row('storage', group, `${P}label:en:Storage`),
        row('kind', `${UI}text`, group),
        row('disks[].path', `${UI}text`, group),
        row('disks[].size', `${UI}text`, `${group}.sizes`),
        row('nodes[].name', `${UI}text`, group),
        row('nodes', group, `${UI}fieldDependency:kind:local`),
      ],
    })
    expect(outline(form.layout)).toEqual([{ Storage: ['kind', 'disks', 'nodes'] }])
    expect(outline(control(form, 'disks').row?.layout ?? [])).toEqual([
      'disks[].path',
      { Sizes: ['disks[].size'] },
    ])
    expect(outline(control(form, 'nodes').row?.layout ?? [])).toEqual(['nodes[].name'])
    expect([...shownControls(form, { kind: 'other' })]).not.toContain('nodes')
  })

  test('a list of scalars takes the kind and the rules of its entries’ descriptor', () => {
    const form = compileForm({
      descriptors: [
        row('ports[]', `${UI}number`, `${UI}validation:minimum:1`),
        row('modes[]', `${UI}select:a`, `${UI}select:b`),
        row('secrets[]', `${P}io.kubernetes:Secret`),
        row('secrets', `${P}label:en:Secrets`, `${UI}validation:minLength:1`),
      ],
    })
    expect(kinds(form.controls)).toEqual([
      ['ports', 'list'],
      ['modes', 'choices'],
      ['secrets', 'picker'],
    ])
    expect(control(form, 'ports')).toMatchObject({ valueType: 'number', rules: { minimum: 1 } })
    expect(control(form, 'ports').label).toEqual({ en: 'Ports' })
    expect(control(form, 'modes').options).toHaveLength(2)
    expect(control(form, 'secrets')).toMatchObject({
      multiple: true,
      picker: { kind: 'Secret' },
      label: { en: 'Secrets' },
      rules: { minLength: 1 },
    })
  })

  test('rows without descriptors for what is in them follow the values', () => {
    const config: FormObject = {
      rules: [
        { host: 'a', tls: true },
        { host: 'b', paths: [{ p: 1 }], env: { A: 'b' } },
      ],
    }
    const inner = [
      ['rules[].host', 'text'],
      ['rules[].tls', 'switch'],
      ['rules[].paths', [['rules[].paths[].p', 'number']]],
      ['rules[].env', 'map'],
    ]
    expect(kinds(compileForm({ config }).controls)).toEqual([['rules', inner]])
    const described = compileForm({ config, descriptors: [row('rules', `${UI}arrayFieldGroup:rules`)] })
    expect(kinds(described.controls)).toEqual([['rules', inner]])
  })
})

describe('pickers', () => {
  test('a cross-cluster dependency is always chosen among clusters, unless options are given', () => {
    const form = compileForm({
      config: { crossClusterDependency: { c: null } },
      descriptors: [
        row('crossClusterDependency.a', `${UI}text`, `${P}label:en:Storage Cluster`),
        row('crossClusterDependency.b', `${UI}select:x`, `${UI}select:y`),
        row('crossClusterDependency.c', `${UI}hidden`),
        row('where', `${P}io.kubernetes:Cluster`),
      ],
    })
    expect(form.controls.map(({ id, kind, picker }) => [id, kind, picker?.plugin])).toEqual([
      ['crossClusterDependency.a', 'picker', 'a'],
      ['crossClusterDependency.b', 'select', undefined],
      ['crossClusterDependency.c', 'picker', 'c'],
      ['where', 'picker', undefined],
    ])
    expect(control(form, 'where').picker).toMatchObject({ kind: 'Cluster', cluster: 'global' })
    const derived = compileForm({ config: { crossClusterDependency: { a: '', b: null } } })
    expect(derived.controls.map(({ kind, picker }) => [kind, picker?.plugin])).toEqual([
      ['picker', 'a'],
      ['picker', 'b'],
    ])
  })

  test('a plugin that is named without a control gets one', () => {
    const source = {
      descriptors: [row('crossClusterDependency.a', `${UI}text`)],
      crossClusterDependencies: ['a', 'b'],
    }
    const form = compileForm(source)
    expect(form.controls.map(({ id, clearable }) => [id, clearable])).toEqual([
      ['crossClusterDependency.a', false],
      ['crossClusterDependency.b', true],
    ])
    expect(outline(form.layout)).toContain('crossClusterDependency.b')
    const fixed = compileForm({
      ...source,
      fixedDescriptors: [],
      current: { crossClusterDependency: { b: 'business' } },
    })
    expect(control(fixed, 'crossClusterDependency.b').immutable).toBe(true)
  })

  test('several, free entries, references by name', () => {
    const form = compileForm({
      config: { ref: { name: '', namespace: 'x' }, list: ['n1'] },
      descriptors: [
        row('nodes', `${P}io.kubernetes:Node`, `${UI}multiple`, `${P}props:select:allowCreate`),
        row('ref', `${P}io.kubernetes:Secret`),
        row('list', `${P}io.kubernetes:Node?=sort=name`),
        row('bad', `${P}io.kubernetes:`),
        row('class', `${UI}select`, `${P}io.kubernetes:StorageClass`),
      ],
    })
    expect(control(form, 'nodes')).toMatchObject({ kind: 'picker', multiple: true, allowCreate: true })
    expect(control(form, 'ref.name').picker?.kind).toBe('Secret')
    expect(control(form, 'list').multiple).toBe(true)
    expect(control(form, 'bad').kind).toBe('text')
    expect(control(form, 'class')).toMatchObject({ kind: 'picker', options: [] })
    expect(form.notes).toEqual([
      { code: 'unknown-capability', path: 'list', text: 'sort=name' },
      { code: 'unknown-capability', path: 'bad', text: `${P}io.kubernetes:` },
    ])
  })
})

describe('what operators prescribe', () => {
  test('selectors, strategies and endpoints have fields', () => {
    const form = compileForm({
      config: { podSelector: { app: 'x' }, odd: { type: 'InPlace', other: 1 } },
      descriptors: [
        row('ruleSelector', `${UI}selector:monitoring.coreos.com:v1:PrometheusRule`),
        row('podSelector', `${UI}selector:core:v1:Pod`),
        row('namespaces', `${UI}namespaceSelector`),
        row('strategy', `${UI}updateStrategy`),
        row('strategy.type', `${UI}select:RollingUpdate`),
        row('odd', `${UI}updateStrategy`),
        row('endpoints', `${UI}endpointList`),
        row('affinity', `${UI}podAntiAffinity`),
      ],
    })
    expect(kinds(form.controls)).toEqual([
      ['ruleSelector.matchLabels', 'map'],
      [
        'ruleSelector.matchExpressions',
        [
          ['ruleSelector.matchExpressions[].key', 'text'],
          ['ruleSelector.matchExpressions[].operator', 'select'],
          ['ruleSelector.matchExpressions[].values', 'list'],
        ],
      ],
      ['podSelector', 'map'],
      ['namespaces.any', 'switch'],
      ['namespaces.matchNames', 'list'],
      ['strategy.rollingUpdate.maxUnavailable', 'text'],
      ['strategy.rollingUpdate.maxSurge', 'text'],
      ['strategy.type', 'select'],
      ['odd.type', 'text'],
      ['odd.other', 'number'],
      [
        'endpoints',
        [
          ['endpoints[].port', 'text'],
          ['endpoints[].path', 'text'],
          ['endpoints[].scheme', 'text'],
          ['endpoints[].interval', 'duration'],
        ],
      ],
      ['affinity', 'data'],
    ])
    expect(form.notes).toEqual([])
    expect([...shownControls(form, { strategy: { type: 'Recreate' } })]).not.toContain(
      'strategy.rollingUpdate.maxSurge',
    )
  })

  test('what tells a status has no effect and no note', () => {
    const status = ['podStatuses', 'important'].map((name) => UI + name)
    const others = [
      'io.kubernetes.phase:reason',
      'io.kubernetes.conditions',
      'org.w3:link',
      'prometheusEndpoint',
    ]
    const form = compileForm({ descriptors: [row('a', ...status, ...others.map((name) => P + name))] })
    expect(kinds(form.controls)).toEqual([['a', 'text']])
    expect(form.notes).toEqual([])
  })
})

describe('options', () => {
  const json = (list: unknown) => `${P}props:select:options:${JSON.stringify(list)}`
  const values = (one: FormControl) => one.options.map((option) => option.value)

  test('keep the type they were written in, unless something of another stands there', () => {
    const numbers = [
      { label: 'One', value: 1 },
      { label: 'Three', value: 3 },
    ]
    const form = compileForm({
      config: { text: '1', number: 3, none: null },
      descriptors: [
        row('absent', json(numbers), `${P}com.tectonic.default:3`),
        row('none', json(numbers)),
        row('text', json(numbers)),
        row('number', `${UI}select:1`, `${UI}select:3`),
        row('both', `${UI}select:1`, `${UI}select:3`, json(numbers)),
        row('onOff', json([true, false])),
        row('several', json(numbers), `${UI}multiple`),
        row('mixed', json([0, 'auto'])),
        row('plain', `${UI}select:1`),
      ],
    })
    expect(form.controls.map((one) => [one.id, one.valueType, values(one)])).toEqual([
      ['absent', 'number', [1, 3]],
      ['none', 'number', [1, 3]],
      ['text', 'string', ['1', '3']],
      ['number', 'number', [1, 3]],
      ['both', 'number', [1, 3]],
      ['onOff', 'boolean', [true, false]],
      ['several', 'number', [1, 3]],
      ['mixed', 'any', [0, 'auto']],
      ['plain', 'string', ['1']],
    ])
    expect(control(form, 'absent').fallback).toBe(3)
    expect(validateConfig(form, { absent: 1, several: [3], mixed: 'auto', onOff: false })).toEqual([])
    expect(validateConfig(form, { absent: '1', mixed: 'x' }).map((one) => one.code)).toEqual(['enum', 'enum'])
  })
})

describe('relative conditions', () => {
  test('each leading dot is one step up; a list and its row are one', () => {
    const when = (path: string, at: string) =>
      compileForm({ descriptors: [row(path, `${UI}text`, `${UI}fieldDependency:${at}:X`)] }).controls.flatMap(
        (one) =>
          [one, ...(one.row?.controls ?? [])].flatMap((each) => each.when.map(([first]) => first?.path)),
      )
    expect(when('a.b.c', '.type')).toEqual([['a', 'b', 'type']])
    expect(when('a.b.c', '..type')).toEqual([['a', 'type']])
    expect(when('a.b.c', '...type')).toEqual([['type']])
    expect(when('a.b.c', '....type')).toEqual([])
    expect(when('a.list[].x', '.type')).toEqual([['a', 'list', null, 'type']])
    expect(when('a.list[].x', '..type')).toEqual([['a', 'type']])
    expect(when('a.list[].x.y', '..type')).toEqual([['a', 'list', null, 'type']])
  })

  test('under a condition that nobody can read nothing is demanded', () => {
    const rule = `${UI}validation:required`
    const group = `${UI}fieldGroup:g`
    const form = compileForm({
      descriptors: [
        row('a', `${UI}text`, rule, `${UI}fieldDependency:.....up:X`),
        row('b', `${UI}text`, rule, `${UI}fieldDependency:nothing`),
        row('g', group, `${P}label:en:G`, `${UI}fieldDependency:[:X`),
        row('g.c', `${UI}text`, group, rule),
        row('d', `${UI}text`, rule),
      ],
    })
    expect([...shownControls(form, {})]).toEqual(['a', 'b', 'g.c', 'd'])
    expect(validateConfig(form, {}).map((one) => one.path)).toEqual(['d'])
    expect(form.notes).toHaveLength(3)
  })
})

describe('oneOf', () => {
  test('several controls may show one path; one of them is enough', () => {
    const form = compileForm({
      descriptors: [
        row('policy', `${UI}select:Default`, `${UI}select:SSC`),
        row('method', `${UI}select:Local`, `${UI}fieldDependency:policy:Default`, `${P}oneOf:Local:nodes`),
        row('meta', `${UI}select:Local`, `${UI}fieldDependency:policy:SSC`, `${P}oneOf:Local:nodes`),
        row('nodes', `${UI}text`),
      ],
    })
    const shown = (policy: string) => [...shownControls(form, { policy, method: 'Local', meta: 'Local' })]
    expect(shown('Default')).toEqual(['policy', 'method', 'nodes'])
    expect(shown('SSC')).toEqual(['policy', 'meta', 'nodes'])
    expect(shown('None')).toEqual(['policy'])
  })

  test('beside it, a group with its label’s spelling, the group that it stands in, rows', () => {
    const form = compileForm({
      descriptors: [
        row(
          's.type',
          `${UI}select:a`,
          `${UI}select:b`,
          `${UI}fieldGroup:S`,
          `${P}oneOf:a:.x:Big Group`,
          `${P}oneOf:b:S`,
        ),
        row('s.x', `${UI}text`),
        row('y', `${UI}text`, `${UI}fieldGroup:Big Group`),
        row('z', `${UI}text`, `${UI}fieldGroup:S`),
        row('list[].kind', `${UI}select:p`, `${UI}select:q`, `${P}oneOf:p:.port:list[0].host`),
        row('list[].port', `${UI}number`),
        row('list[].host', `${UI}text`),
      ],
    })
    expect([...shownControls(form, { s: { type: 'a' } })]).toEqual(['s.type', 's.x', 'y', 'list'])
    expect([...shownControls(form, { s: { type: 'b' } })]).toEqual(['s.type', 'z', 'list'])
    expect(control(form, 'list').row?.controls.map((one) => one.when)).toEqual([
      [],
      [[{ path: ['list', null, 'kind'], value: 'p' }]],
      [[{ path: ['list', null, 'kind'], value: 'p' }]],
    ])
  })
})

test('in a group, what has an editor of its own is no header', () => {
  const group = `${UI}fieldGroup:pod`
  const form = compileForm({
    descriptors: [
      row('pod.tolerations', group, `${P}label:en:Tolerations`),
      row('pod.priorityClassName', group),
      row('pod.namespaceSelector', group, `${UI}namespaceSelector`),
      row('settings', group, `${P}label:en:Pod`),
    ],
  })
  expect(outline(form.layout)).toMatchObject([{ Pod: ['pod.tolerations', 'pod.priorityClassName', {}] }])
})
