import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { BadRequestError } from './kube-error.ts'
import { collectionPath, isDnsName, isUsablePath, pathOf } from './object-path.ts'

describe('pathOf', () => {
  test('leads to objects, collections and subresources', () => {
    expect(pathOf(CONFIG_MAP, 'a', { namespace: 'b' })).toBe('/api/v1/namespaces/b/configmaps/a')
    expect(pathOf(CONFIG_MAP, undefined, { namespace: 'b' })).toBe('/api/v1/namespaces/b/configmaps')
    expect(pathOf(CLUSTER, 'a', { subresource: 'status' })).toBe(
      '/apis/platform.tkestack.io/v1/clusters/a/status',
    )
    expect(pathOf(CLUSTER, 'system:a', {})).toBe('/apis/platform.tkestack.io/v1/clusters/system%3Aa')
  })

  test.each(['', '.', '..', 'a/b', '%2e%2e', 'a\n'])('refuses %j as a name or a namespace', (text) => {
    expect(() => pathOf(CLUSTER, text, {})).toThrow(BadRequestError)
    expect(() => pathOf(CONFIG_MAP, 'a', { namespace: text })).toThrow(BadRequestError)
    expect(() => collectionPath(CONFIG_MAP, text)).toThrow(BadRequestError)
  })

  test('asks for the namespace of a namespaced kind', () => {
    expect(() => pathOf(CONFIG_MAP, 'a', {})).toThrow('ConfigMap needs a namespace')
  })

  test('no name leads out of the collection', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        let path
        try {
          path = pathOf(CLUSTER, name, {})
        } catch {
          return
        }
        const resolved = new URL(path, 'http://server').pathname
        expect(resolved.split('/').slice(0, -1).join('/')).toBe('/apis/platform.tkestack.io/v1/clusters')
        expect(decodeURIComponent(resolved.split('/').at(-1) ?? '')).toBe(name)
      }),
    )
  })
})

test.each([
  ['business', true],
  ['a.b-c.d', true],
  ['A', false],
  ['..', false],
  ['a..b', false],
  ['-a', false],
  ['a/b', false],
  ['', false],
  ['a\n', false],
  ['x'.repeat(254), false],
])('isDnsName(%j) is %j', (text, expected) => {
  expect(isDnsName(text)).toBe(expected)
})

test.each([
  ['/version', true],
  ['/apis/platform.tkestack.io/v1', true],
  ['version', false],
  ['/a/../b', false],
  ['/a?b', false],
  ['/a\\b', false],
  ['/%2e%2e/b', false],
])('isUsablePath(%j) is %j', (path, expected) => {
  expect(isUsablePath(path)).toBe(expected)
})
