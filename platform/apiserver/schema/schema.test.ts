import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { cloneJson } from '../json.ts'
import { applyDefaults } from './defaults.ts'
import { prune } from './prune.ts'
import { compileSchema } from './structural.ts'
import { validate } from './validate.ts'

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor')

const { node: schemaOf } = fc.letrec<{ node: JsonObject; object: JsonObject }>((tie) => ({
  object: fc
    .record({
      properties: fc.dictionary(name, tie('node'), { maxKeys: 3 }) as fc.Arbitrary<JsonObject>,
      'x-kubernetes-preserve-unknown-fields': fc.boolean(),
    })
    .map((part) => ({ type: 'object', ...part })),
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constant<JsonObject>({ type: 'string' }),
    fc.constant<JsonObject>({ type: 'string', default: 'd' }),
    fc.constant<JsonObject>({ type: 'integer', nullable: true, default: 3 }),
    tie('object'),
    tie('node').map((items): JsonObject => ({ type: 'array', items })),
    tie('node').map((additionalProperties): JsonObject => ({ type: 'object', additionalProperties })),
  ),
}))

const { value: jsonValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.string({ maxLength: 2 }),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
}))
const document = fc.dictionary(name, jsonValue) as fc.Arbitrary<JsonObject>
const root = fc.dictionary(name, schemaOf).map((properties): JsonObject => ({ type: 'object', properties }))

describe('prune', () => {
  test('is idempotent, and reports exactly what it took', () => {
    fc.assert(
      fc.property(root, document, (raw, object) => {
        const schema = compileSchema(raw)
        const before = cloneJson(object)
        const removed = prune(object, schema)
        if (removed.length === 0) expect(object).toEqual(before)
        else expect(object).not.toEqual(before)
        const once = cloneJson(object)
        expect(prune(object, schema)).toEqual([])
        expect(object).toEqual(once)
      }),
    )
  })

  test('names what it took by its path', () => {
    const schema = compileSchema({
      type: 'object',
      properties: {
        list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
      },
    })
    const object: JsonObject = { kind: 'X', metadata: {}, list: [{ a: '1', b: '2' }], extra: { deep: 1 } }
    expect(prune(object, schema)).toEqual(['list[0].b', 'extra'])
    expect(object).toEqual({ kind: 'X', metadata: {}, list: [{ a: '1' }] })
  })
})

describe('applyDefaults', () => {
  test('is idempotent, and never changes what is there', () => {
    fc.assert(
      fc.property(root, document, (raw, object) => {
        const schema = compileSchema(raw)
        applyDefaults(object, schema)
        const once = cloneJson(object)
        applyDefaults(object, schema)
        expect(object).toEqual(once)
      }),
    )
  })

  test('fills in the missing, replaces a null that is not allowed, keeps one that is', () => {
    const schema = compileSchema({
      type: 'object',
      properties: {
        plain: { type: 'string', default: 'x' },
        open: { type: 'string', nullable: true, default: 'x' },
        inner: { type: 'object', properties: { deep: { type: 'integer', default: 1 } } },
        made: { type: 'object', default: {}, properties: { deep: { type: 'integer', default: 1 } } },
      },
    })
    const object: JsonObject = { plain: null, open: null, inner: {} }
    applyDefaults(object, schema)
    expect(object).toEqual({ plain: 'x', open: null, inner: { deep: 1 }, made: { deep: 1 } })
  })

  test('two objects never share a default', () => {
    const schema = compileSchema({ type: 'object', properties: { list: { type: 'array', default: [] } } })
    const [a, b]: JsonObject[] = [{}, {}]
    applyDefaults(a ?? {}, schema)
    applyDefaults(b ?? {}, schema)
    expect(a?.['list']).not.toBe(b?.['list'])
  })
})

describe('validate', () => {
  const messages = (raw: JsonObject, value: Json) =>
    validate(value, compileSchema(raw), 'spec.x').map(({ field, detail }) => `${field}: ${detail}`)

  test.each<[string, JsonObject, Json, string[]]>([
    ['fits', { type: 'string' }, 'a', []],
    [
      'null',
      { type: 'string' },
      null,
      [`spec.x: Invalid value: "null": spec.x in body must be of type string: "null"`],
    ],
    ['nullable', { type: 'string', nullable: true }, null, []],
    [
      'a fraction',
      { type: 'integer' },
      1.5,
      [`spec.x: Invalid value: "number": spec.x in body must be of type integer: "number"`],
    ],
    [
      'int32',
      { type: 'integer', format: 'int32' },
      2 ** 31,
      ['spec.x: Invalid value: 2147483648: spec.x in body must be of type int32'],
    ],
    [
      'exclusive',
      { type: 'number', minimum: 1, exclusiveMinimum: true },
      1,
      ['spec.x: Invalid value: 1: spec.x in body should be greater than 1'],
    ],
    ['characters, not units', { type: 'string', maxLength: 1 }, '😀', []],
    [
      'minLength',
      { type: 'string', minLength: 2 },
      'a',
      ['spec.x: Invalid value: "a": spec.x in body should be at least 2 chars long'],
    ],
    [
      'minItems',
      { type: 'array', minItems: 1, items: { type: 'string' } },
      [],
      ['spec.x: Invalid value: 0: spec.x in body should have at least 1 items'],
    ],
    [
      'base64',
      { type: 'string', format: 'byte' },
      '!',
      [`spec.x: Invalid value: "!": spec.x in body must be of type byte: "!"`],
    ],
    [
      'not',
      { type: 'string', not: { enum: ['a'] } },
      'a',
      ['spec.x: Invalid value: "a": spec.x must not validate the schema (not)'],
    ],
    [
      'anyOf',
      { anyOf: [{ minimum: 5 }, { maximum: 1 }], type: 'integer' },
      3,
      ['spec.x: Invalid value: 3: spec.x must validate at least one schema (anyOf)'],
    ],
    [
      'map keys',
      {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['k'],
        items: { type: 'object' },
      },
      [{ k: 1 }, { k: 1 }],
      ['spec.x[1]: Duplicate value: {"k":1}'],
    ],
  ])('%s', (_name, raw, value, expected) => {
    expect(messages(raw, value)).toEqual(expected)
  })

  test('a catastrophic pattern costs nothing', () => {
    expect(messages({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(5000)}!`).length).toBe(1)
  })

  test('a pattern that no linear engine takes is not enforced', () => {
    expect(messages({ type: 'string', pattern: '(?=x)y' }, 'z')).toEqual([])
  })
})
