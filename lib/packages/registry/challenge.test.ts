import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseChallenges } from './challenge.ts'

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])

describe('WWW-Authenticate', () => {
  test.each<[string, unknown]>([
    ['Basic realm="r"', [['basic', { realm: 'r' }]]],
    [
      'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          {
            realm: 'https://auth.example/token',
            service: 'registry.example',
            scope: 'repository:a/b:pull,push',
          },
        ],
      ],
    ],
    [
      'Negotiate, BEARER Realm = "x" , error=insufficient_scope, Basic realm="with \\"quotes\\", and commas"',
      [
        ['negotiate', {}],
        ['bearer', { realm: 'x', error: 'insufficient_scope' }],
        ['basic', { realm: 'with "quotes", and commas' }],
      ],
    ],
    [
      'Negotiate YII=, Basic realm=r',
      [
        ['negotiate', {}],
        ['basic', { realm: 'r' }],
      ],
    ],
    ['', []],
    ['=,="', []],
  ])('%s', (header, expected) => expect(read(header)).toEqual(expected))

  test('any text ends, and quickly', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => Array.isArray(parseChallenges(text))))
    expect(parseChallenges(`Basic ${'a'.repeat(100_000)}`).length).toBeLessThan(3)
    expect(parseChallenges('a '.repeat(100_000)).length).toBeLessThan(5000)
  })
})
