import { expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { yamlOptions } from './yaml-options.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui'

const form = compileForm({
  config: { storage: { type: 'LocalVolume', capacity: 40, other: { x: 1 } }, enabled: false, nodes: [] },
  descriptors: [
    {
      path: 'storage.type',
      displayName: 'Storage Type',
      'x-descriptors': [`${UI}:select:LocalVolume`, `${UI}:select:StorageClass`],
    },
    {
      path: 'storage.capacity',
      'x-descriptors': [`${UI}:number`, 'urn:alm:descriptor:description:en:In Gi'],
    },
    { path: 'enabled', 'x-descriptors': [`${UI}:booleanSwitch`] },
    { path: 'zones', 'x-descriptors': [`${UI}:select:a`, `${UI}:select:b`, `${UI}:multiple`] },
    { path: 'pod.tolerations', 'x-descriptors': [`${UI}:tolerations`] },
    { path: 'pod.resources', 'x-descriptors': [`${UI}:resourceRequirements`] },
    { path: 'nodes', 'x-descriptors': [`${UI}:tagsInput`] },
    {
      path: 'secret',
      'x-descriptors': [`${UI}:password`, 'urn:alm:descriptor:com.tectonic.default:hunter2'],
    },
    { path: 'never', 'x-descriptors': [`${UI}:text`, `${UI}:hidden`] },
  ],
})

function at(text: string): string[] {
  const offset = text.indexOf('|')
  return (yamlOptions(form, text.replace('|', ''), offset)?.options ?? []).map((option) =>
    JSON.stringify(option.insert),
  )
}

test('keys that are not there yet, with what must follow them', () => {
  expect(at('|')).toEqual([
    '"storage:\\n  "',
    '"enabled: "',
    '"zones:\\n  - "',
    '"pod:\\n  "',
    '"nodes:\\n  - "',
    '"secret: "',
  ])
  expect(at('enabled: true\nstorage:\n  type: LocalVolume\n  |')).toEqual(['"capacity: "', '"other:\\n    "'])
  expect(at('storage:\n    other:\n        |')).toEqual(['"x: "'])
})

test('values: choices, switches, what the plugin starts with; never a password', () => {
  expect(at('storage:\n  type: |')).toEqual(['"LocalVolume"', '"StorageClass"'])
  expect(at('enabled: t|')).toEqual(['"true"', '"false"'])
  expect(at('storage:\n  capacity: |')).toEqual(['"40"'])
  expect(at('secret: |')).toEqual([])
})

test('entries of lists, and what kinds with a shape of their own hold', () => {
  expect(at('zones:\n  - |')).toEqual(['"a"', '"b"'])
  expect(at('zones: |')).toEqual([])
  expect(at('pod:\n  tolerations:\n    - effect: |')).toEqual([
    '"NoSchedule"',
    '"PreferNoSchedule"',
    '"NoExecute"',
  ])
  expect(at('pod:\n  tolerations:\n    - key: x\n      op|')).toContain('"operator: "')
  expect(at('pod:\n  resources:\n    limits:\n      cpu: 1\n      |')).toContain('"memory: "')
})

test('with the words that the form has', () => {
  const offset = 'storage:\n  '.length
  const options = yamlOptions(form, 'storage:\n  ', offset)?.options ?? []
  expect(options.map(({ text, label, description }) => [text, label.en, description.en])).toEqual([
    ['type', 'Storage Type', undefined],
    ['capacity', 'capacity', 'In Gi'],
    ['other', undefined, undefined],
  ])
  const values = yamlOptions(form, 'storage:\n  type: ', 'storage:\n  type: '.length)?.options ?? []
  expect(values.map(({ text, isDefault }) => [text, isDefault])).toEqual([
    ['LocalVolume', true],
    ['StorageClass', false],
  ])
})

test('nothing inside words, comments and brackets', () => {
  expect(at('# |')).toEqual([])
  expect(at('storage: {|')).toEqual([])
})
