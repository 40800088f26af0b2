import { expect, test } from 'vitest'
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
