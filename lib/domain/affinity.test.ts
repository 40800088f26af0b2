import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Affinity, LabelRequirement } from '#lib/kinds/plugin-spec.ts'
import { affinityReasons } from './affinity.ts'

const business = {
  name: 'business',
  labels: { 'cpaas.io/os-linux': '', 'cpaas.io/arch-amd64': 'true', zone: 'a', nodes: '12', size: 'big' },
}

function codes(affinity: Affinity | undefined, installed: string[] = []): string[] {
  return affinityReasons(affinity, business, installed, 'self').map(({ code }) => code)
}

function requires(operator: string, key: string, values?: string[]): string[] {
  return codes({ clusterAffinity: { matchExpressions: [{ key, operator, values }] } })
}

describe('cluster affinity', () => {
  test('no rule, an empty rule and a rule that holds fit', () => {
    expect(codes(undefined)).toEqual([])
    expect(codes({})).toEqual([])
    expect(codes({ clusterAffinity: {}, clusterAntiAffinity: {} })).toEqual([])
    expect(codes({ clusterAffinity: { matchLabels: {}, matchExpressions: [] } })).toEqual([])
    expect(
      codes({
        clusterAffinity: {
          matchLabels: { 'cpaas.io/arch-amd64': 'true' },
          matchExpressions: [{ key: 'cpaas.io/os-linux', operator: 'Exists' }],
        },
      }),
    ).toEqual([])
  })

  test('tells which label is missing or different', () => {
    const affinity: Affinity = { clusterAffinity: { matchLabels: { 'is-global': 'true', zone: 'b' } } }
    expect(affinityReasons(affinity, business, [], 'self')).toEqual([
      {
        code: 'cluster-label-missing',
        params: { cluster: 'business', key: 'is-global', operator: '', expected: 'true', actual: '' },
      },
      {
        code: 'cluster-label-mismatch',
        params: { cluster: 'business', key: 'zone', operator: '', expected: 'b', actual: 'a' },
      },
    ])
  })

  test.each([
    ['In', 'zone', ['b', 'a'], []],
    ['In', 'zone', ['b'], ['cluster-label-mismatch']],
    ['In', 'none', ['b'], ['cluster-label-missing']],
    ['NotIn', 'zone', ['b'], []],
    ['NotIn', 'zone', ['a'], ['cluster-label-forbidden']],
    ['NotIn', 'none', ['a'], []],
    ['Exists', 'zone', undefined, []],
    ['Exists', 'none', [], ['cluster-label-missing']],
    ['DoesNotExist', 'none', undefined, []],
    ['DoesNotExist', 'zone', undefined, ['cluster-label-forbidden']],
    ['Gt', 'nodes', ['11'], []],
    ['Gt', 'nodes', ['12'], ['cluster-label-mismatch']],
    ['Gt', 'nodes', ['9'], []],
    ['Lt', 'nodes', ['13'], []],
    ['Lt', 'nodes', ['12'], ['cluster-label-mismatch']],
    ['Lt', 'size', ['12'], ['cluster-label-mismatch']],
    ['Gt', 'none', ['1'], ['cluster-label-missing']],
    // What Kubernetes refuses to read fits nothing.
    ['Gt', 'nodes', ['many'], ['selector-invalid']],
    ['Gt', 'nodes', ['1', '2'], ['selector-invalid']],
    ['Lt', 'none', [], ['selector-invalid']],
    ['In', 'zone', [], ['selector-invalid']],
    ['NotIn', 'zone', undefined, ['selector-invalid']],
    ['Exists', 'zone', ['a'], ['selector-invalid']],
    ['Near', 'zone', ['a'], ['selector-invalid']],
    ['in', 'zone', ['a'], ['selector-invalid']],
    // Names of the prototype are no labels.
    ['Exists', 'constructor', undefined, ['cluster-label-missing']],
  ])('%s %s %j gives %j', (operator, key, values, expected) => {
    expect(requires(operator, key, values)).toEqual(expected)
  })
})

describe('anti-affinity', () => {
  test('only a full match forbids', () => {
    const full = { clusterAntiAffinity: { matchLabels: { zone: 'a', size: 'big' } } }
    expect(affinityReasons(full, business, [], 'self')).toEqual([
      {
        code: 'cluster-label-forbidden',
        params: {
          cluster: 'business',
          key: 'zone=a, size=big',
          operator: '',
          expected: '',
          actual: '',
        },
      },
    ])
    expect(codes({ clusterAntiAffinity: { matchLabels: { zone: 'a', size: 'small' } } })).toEqual([])
  })
  test('an unreadable rule fits nothing', () => {
    expect(codes({ clusterAntiAffinity: { matchExpressions: [{ key: 'zone', operator: 'Near' }] } })).toEqual(
      ['selector-invalid'],
    )
  })
  test('plugins that may not be there, but for its own name', () => {
    const affinity = { pluginAntiAffinity: ['self', 'rival', 'absent'] }
    expect(codes(affinity, ['self', 'rival', 'other'])).toEqual(['plugin-conflict'])
    expect(codes(affinity, ['self'])).toEqual([])
  })
})

const requirement: fc.Arbitrary<LabelRequirement> = fc.record({
  key: fc.constantFrom('zone', 'nodes', 'none'),
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Near'),
  values: fc.option(fc.array(fc.constantFrom('a', 'b', '3', '12')), { nil: undefined }),
})

test('a rule and its opposite never both fit, and adding a rule never makes more fit', () => {
  fc.assert(
    fc.property(fc.array(requirement, { minLength: 1 }), requirement, (rules, more) => {
      const fits = codes({ clusterAffinity: { matchExpressions: rules } }).length === 0
      const antiFits = codes({ clusterAntiAffinity: { matchExpressions: rules } }).length === 0
      expect(fits && antiFits).toBe(false)
      if (!fits) expect(codes({ clusterAffinity: { matchExpressions: [...rules, more] } })).not.toEqual([])
    }),
  )
})
