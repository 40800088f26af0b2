import { expect, test } from 'vitest'
import type { JsonObject } from '#lib/kinds/object.ts'
import { effectiveConfig } from './effective-config.ts'

test('an own configuration is the whole one, explicit nulls included', () => {
  const defaults = { a: 1, b: { c: true } }
  expect(effectiveConfig(defaults, { config: { b: null } })).toEqual({ b: null })
  expect(effectiveConfig(defaults, { config: {} })).toEqual({})
})

test('without one the defaults count', () => {
  expect(effectiveConfig({ a: 1 }, {})).toEqual({ a: 1 })
  expect(effectiveConfig(undefined, {})).toEqual({})
  expect(effectiveConfig({ type: 'object', size: 1 }, {})).toEqual({ type: 'object', size: 1 })
})

test('a schema gives its defaults, outer ones before inner ones', () => {
  const schema = {
    type: 'object',
    properties: {
      replicas: { type: 'integer', default: 2 },
      name: { type: 'string' },
      storage: {
        type: 'object',
        default: { type: 'SSC' },
        properties: { type: { default: 'Default' }, size: { default: null } },
      },
      deep: { type: 'object', properties: { x: { type: 'object', properties: { y: { default: [1] } } } } },
    },
  }
  expect(effectiveConfig(schema, {})).toEqual({
    replicas: 2,
    storage: { type: 'SSC', size: null },
    deep: { x: { y: [1] } },
  })
})

test('defaults behind references count; what refers to itself ends', () => {
  const definitions = {
    size: { type: 'string', default: 'Small' },
    'a/b': { type: 'object', properties: { size: { $ref: '#/definitions/size' }, x: { default: 1 } } },
    node: { type: 'object', properties: { value: { default: 1 }, next: { $ref: '#/definitions/node' } } },
  }
  const properties = {
    plain: { $ref: '#/definitions/size' },
    own: { $ref: '#/definitions/size', default: 'Large' },
    deep: { $ref: '#/definitions/a~1b' },
    node: { $ref: '#/definitions/node' },
    lost: { $ref: '#/definitions/nowhere', default: 3 },
    remote: { $ref: 'https://example.com/schema' },
  }
  expect(effectiveConfig({ type: 'object', definitions, properties }, {})).toEqual({
    plain: 'Small',
    own: 'Large',
    deep: { size: 'Small', x: 1 },
    node: { value: 1 },
    lost: 3,
  })
})

test('references that repeat the same over and over cost little', () => {
  const level = (to: string) => ({
    properties: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, { $ref: to }])),
  })
  const definitions: JsonObject = { l9: { default: 1 } }
  for (let n = 8; n >= 0; n--) definitions[`l${n}`] = level(`#/definitions/l${n + 1}`)
  const schema = { type: 'object', definitions, ...level('#/definitions/l0') }
  expect(JSON.stringify(effectiveConfig(schema, {})).length).toBeLessThan(1_000_000)
})
