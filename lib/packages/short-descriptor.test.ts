import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { normalizeDescriptors } from './short-descriptor.ts'

test('the short form becomes the long one', () => {
  expect(
    normalizeDescriptors([
      { name: 'replicas', type: 'number', label: { en: 'Replicas', zh: '副本数' }, default: 2, minimum: 1 },
      { name: 'mode', options: ['a', { label: 'B', value: 'b' }], required: true, description: 'How' },
      { name: 'verbose', type: 'boolean', default: false },
      { name: 'odd', type: 'fancy' },
    ]),
  ).toEqual([
    {
      path: 'replicas',
      displayName: 'Replicas',
      'x-descriptors': [
        'urn:alm:descriptor:com.tectonic.ui:number',
        'urn:alm:descriptor:com.tectonic.default:2',
        'urn:alm:descriptor:com.tectonic.ui:validation:minimum:1',
        'urn:alm:descriptor:label:en:Replicas',
        'urn:alm:descriptor:label:zh:副本数',
      ],
    },
    {
      path: 'mode',
      description: 'How',
      'x-descriptors': [
        'urn:alm:descriptor:com.tectonic.ui:select:a',
        'urn:alm:descriptor:com.tectonic.ui:select:b',
        'urn:alm:descriptor:props:select:options:["a",{"label":"B","value":"b"}]',
        'urn:alm:descriptor:com.tectonic.ui:validation:required',
      ],
    },
    {
      path: 'verbose',
      'x-descriptors': [
        'urn:alm:descriptor:com.tectonic.ui:booleanSwitch',
        'urn:alm:descriptor:com.tectonic.default:false',
      ],
    },
    { path: 'odd', 'x-descriptors': ['urn:alm:descriptor:com.tectonic.ui:fancy'] },
  ])
})

test('all that a short descriptor may say becomes a form', () => {
  const descriptors = normalizeDescriptors([
    {
      name: 'mode',
      type: 'radio',
      options: [
        { value: 'a', label: { en: 'Ay', zh: '甲' } },
        { value: 'b', label: 'Bee' },
      ],
      group: 'basic',
    },
    { name: 'levels', type: 'multiselect', options: { low: 'Low', high: 'High' }, when: { mode: 'a' } },
    {
      name: 'port',
      type: 'int',
      validation: { min: 1, max: 9 },
      condition: 'mode == b',
      placeholder: 'a port',
    },
    { name: 'nodes', type: 'node', multiple: true, allowCreate: true, advanced: true },
    { name: 'secret', resource: { kind: 'Secret', isGlobal: true, labelSelector: 'a=b,c:d' } },
    { name: 'resources', type: 'resources' },
    {
      name: 'storage',
      type: 'group',
      label: { en: 'Storage', zh: '存储' },
      fields: [
        { name: 'path', type: 'string', tooltip: { en: 'T' }, pattern: '^/' },
        {
          name: 'disks',
          type: 'array',
          label: 'Disks',
          fields: [
            { name: 'size', type: 'quantity', default: '10Gi' },
            { name: 'fast', type: 'boolean' },
          ],
        },
      ],
    },
    { path: 'by.path', type: 'password', hidden: true },
  ])
  const form = compileForm({ descriptors: descriptors ?? [] })
  expect(form.notes).toEqual([])
  const all = form.controls.flatMap((control) => [control, ...(control.row?.controls ?? [])])
  expect(Object.fromEntries(all.map(({ id, kind }) => [id, kind]))).toEqual({
    mode: 'radio',
    levels: 'choices',
    port: 'number',
    nodes: 'picker',
    secret: 'picker',
    resources: 'resources',
    'storage.path': 'text',
    'storage.disks': 'rows',
    'storage.disks[].size': 'quantity',
    'storage.disks[].fast': 'switch',
    'by.path': 'password',
  })
  const find = (id: string) => all.find((control) => control.id === id)
  expect(find('mode')?.options.map((option) => option.label)).toEqual([{ en: 'Ay', zh: '甲' }, { en: 'Bee' }])
  expect(find('levels')?.when).toEqual([[{ path: ['mode'], value: 'a' }]])
  expect(find('port')).toMatchObject({
    rules: { minimum: 1, maximum: 9 },
    when: [[{ path: ['mode'], value: 'b' }]],
    placeholder: { en: 'a port' },
  })
  expect(find('nodes')).toMatchObject({ multiple: true, allowCreate: true, picker: { kind: 'Node' } })
  expect(find('secret')?.picker).toMatchObject({ cluster: 'global', labelSelector: 'a=b,c:d' })
  expect(find('storage.disks[].size')?.fallback).toBe('10Gi')
  expect(find('storage.disks')?.label).toEqual({ en: 'Disks' })
  expect(find('by.path')?.hidden).toBe(true)
  expect(form.layout.find((node) => node.type === 'group' && node.id === 'storage')).toMatchObject({
    label: { en: 'Storage', zh: '存储' },
    children: [{ id: 'storage.path' }, { id: 'storage.disks' }],
  })
  expect(form.advanced).toEqual([{ type: 'control', id: 'nodes' }])
})

test('options that are numbers stay numbers; null is no default', () => {
  const list = [
    { name: 'n', type: 'number', options: [1, 2], default: 2 },
    { name: 't', type: 'string', default: null },
  ]
  const form = compileForm({ descriptors: normalizeDescriptors(list) ?? [] })
  expect(form.controls.map(({ options, fallback }) => [options.map(({ value }) => value), fallback])).toEqual(
    [
      [[1, 2], 2],
      [[], undefined],
    ],
  )
})

test('a condition in a group or row means the field beside it, else one of the form', () => {
  const fields = [
    { name: 'kind', type: 'string' },
    { name: 'size', type: 'number', condition: 'kind=disk' },
    { name: 'zone', type: 'string', condition: { mode: 'big' } },
  ]
  const list = [
    { name: 'disks', type: 'array', fields },
    { name: 'cache', type: 'group', fields },
  ]
  const form = compileForm({ descriptors: normalizeDescriptors(list) ?? [] })
  const all = form.controls.flatMap((control) => [control, ...(control.row?.controls ?? [])])
  expect(Object.fromEntries(all.map(({ id, when }) => [id, when[0]?.[0]?.path]))).toEqual({
    disks: undefined,
    'disks[].kind': undefined,
    'disks[].size': ['disks', null, 'kind'],
    'disks[].zone': ['mode'],
    'cache.kind': undefined,
    'cache.size': ['cache', 'kind'],
    'cache.zone': ['mode'],
  })
})

test('the long form stays, a missing list of capabilities becomes an empty one', () => {
  const long = [{ path: 'a', displayName: 'A', 'x-descriptors': ['x'] }]
  expect(normalizeDescriptors(long)).toEqual(long)
  expect(normalizeDescriptors([{ path: 'a', name: 'b' }])).toEqual([
    { path: 'a', name: 'b', 'x-descriptors': [] },
  ])
  expect(normalizeDescriptors('no list')).toBeUndefined()
})

test('it takes anything, and changes nothing the second time', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.anything(),
          fc.record(
            {
              name: fc.string(),
              type: fc.anything(),
              options: fc.anything(),
              default: fc.jsonValue(),
              label: fc.anything(),
              condition: fc.anything(),
              fields: fc.array(fc.anything()),
            },
            { requiredKeys: ['name'] },
          ),
        ),
      ),
      (list) => {
        const once = normalizeDescriptors(list)
        expect(normalizeDescriptors(once)).toEqual(once)
      },
    ),
    { numRuns: 200 },
  )
})
