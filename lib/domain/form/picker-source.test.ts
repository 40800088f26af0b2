import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePickerSource } from './picker-source.ts'

test.each<[string, [group: string, version: string, kind: string]]>([
  ['Secret', ['', 'v1', 'Secret']],
  ['StorageClass', ['storage.k8s.io', 'v1', 'StorageClass']],
  ['secrets', ['', 'v1', 'Secret']],
  ['ingress', ['networking.k8s.io', 'v1', 'Ingress']],
  ['core~v1~Secret', ['', 'v1', 'Secret']],
  ['core:v1:Secret', ['', 'v1', 'Secret']],
  ['v1:Secret', ['', 'v1', 'Secret']],
  ['apps:Deployment', ['apps', 'v1', 'Deployment']],
  ['apps/v1:Deployment', ['apps', 'v1', 'Deployment']],
  ['monitoring.coreos.com~v1~ServiceMonitor', ['monitoring.coreos.com', 'v1', 'ServiceMonitor']],
  ['example.com:v1beta1:Thing', ['example.com', 'v1beta1', 'Thing']],
  ['example.com:Secret', ['example.com', '', 'Secret']],
  ['Thing', ['', '', 'Thing']],
  ['Cluster', ['platform.tkestack.io', 'v1', 'Cluster']],
])('%s', (arg, [group, version, kind]) => {
  expect(parsePickerSource(arg).source).toMatchObject({ group, version, kind })
})

test.each(['', '?=isGlobal=true', '1', 'a:b:c:D', '../x:Y', 'Kind with blanks'])(
  '%s names no kind',
  (arg) => {
    expect(parsePickerSource(arg).source).toBeNull()
  },
)

test('parameters, as they are written', () => {
  const selector = 'cpaas.io/credentials=S3,tier in (a,b)'
  const encoded = encodeURIComponent(selector)
  for (const arg of [
    `Secret?=isGlobal=true:labelSelector=${encoded}:namespace=cpaas-system`,
    `Secret?isGlobal=true&labelSelector=${encoded}&namespace=cpaas-system`,
    `Secret?=isGlobal=true:labelSelector=${selector}:namespace=cpaas-system`,
  ])
    expect(parsePickerSource(arg)).toMatchObject({
      source: { cluster: 'global', labelSelector: selector, namespace: 'cpaas-system' },
      unknown: [],
    })
  expect(parsePickerSource('Node?=isGlobal=false').source?.cluster).toBe('target')
  expect(parsePickerSource('Cluster').source?.cluster).toBe('global')
  expect(parsePickerSource('Node?=sort=age:labelSelector=%zz')).toMatchObject({
    source: { labelSelector: '%zz' },
    unknown: ['sort=age'],
  })
})

test('takes any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { source } = parsePickerSource(text)
      if (source !== null) expect(source.kind).not.toBe('')
    }),
  )
})
