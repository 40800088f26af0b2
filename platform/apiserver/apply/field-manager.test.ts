import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { cloneJson, metadataOf, textOf } from '../json.ts'
import { OBJECT_META } from '../kinds/object-meta.ts'
import { applyConflict } from './conflict-error.ts'
import { applyTo, managedAfterUpdate } from './field-manager.ts'
import { EMPTY, fieldSet } from './field-set.ts'
import { LAST_APPLIED } from './last-applied.ts'
import { DEDUCED, mergeTypeOf } from './merge-type.ts'
import type { Versions } from './ownership.ts'
import { FieldConflicts } from './ownership.ts'
import { MergeTypeError, checkType } from './type-errors.ts'

const text = { type: 'string' }
const named = (properties: JsonObject): JsonObject => ({
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['name'],
  items: { type: 'object', properties: { name: text, ...properties } },
})
const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        size: { type: 'integer' },
        words: { type: 'object', additionalProperties: text },
        parts: named({ value: text, parts: named({ value: text }) }),
        tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
        list: { type: 'array', items: text },
        whole: { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { a: text, b: text } },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
    status: { type: 'object', properties: { phase: text } },
  },
}
const TYPE = mergeTypeOf(SCHEMA, OBJECT_META)
const VERSIONS: Versions = {
  apiVersion: 'example.com/v1',
  typeOf: (apiVersion) => (apiVersion === 'example.com/v1' ? TYPE : undefined),
  ignoredIn: () => fieldSet([['f:status']]),
  constant: EMPTY,
  zeros: {},
}
const at = (name: string, time = '2026-01-01T00:00:00Z') => ({ name, subresource: '', time, isForced: false })
const thing = (spec: JsonObject): JsonObject => ({
  apiVersion: 'example.com/v1',
  kind: 'Thing',
  metadata: { name: 'a' },
  spec,
})

/** Applies, and puts the managedFields where they belong. */
function applied(
  live: JsonObject | undefined,
  config: JsonObject,
  name: string,
  isForced = false,
): JsonObject {
  const { object, managedFields } = applyTo(live, config, { ...at(name), isForced }, VERSIONS)
  const next = cloneJson(object)
  delete metadataOf(next)['managedFields']
  if (managedFields !== undefined) metadataOf(next)['managedFields'] = managedFields
  return next
}

function updated(live: JsonObject | undefined, next: JsonObject, name: string): JsonObject {
  const result = cloneJson(next)
  const managedFields = managedAfterUpdate(live, next, at(name), VERSIONS)
  delete metadataOf(result)['managedFields']
  if (managedFields !== undefined) metadataOf(result)['managedFields'] = managedFields
  return result
}

function ownersOf(object: JsonObject): Record<string, Json> {
  const entries = (metadataOf(object)['managedFields'] ?? []) as JsonObject[]
  return Object.fromEntries(
    entries.map(({ manager, operation, fieldsV1 }) => [
      `${textOf(manager)} ${textOf(operation)}`,
      fieldsV1 ?? null,
    ]),
  )
}

const word = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'c') })
const parts = (more: fc.Arbitrary<JsonObject>) =>
  fc
    .uniqueArray(fc.tuple(word, more), { maxLength: 3, selector: ([name]) => name })
    .map((list) => list.map(([name, rest]) => ({ name, ...rest })))
const value = fc.record({ value: word }, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>
const spec = fc.record(
  {
    size: fc.integer(),
    words: fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 }),
    parts: parts(
      fc.record(
        { value: word, parts: parts(value).filter((list) => list.length > 0) },
        { requiredKeys: [] },
      ) as fc.Arbitrary<JsonObject>,
    ).filter((list) => list.length > 0),
    tags: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    list: fc.array(word, { maxLength: 3 }),
    whole: fc.record({ a: word, b: word }, { requiredKeys: [] }),
    free: fc.dictionary(word, fc.oneof(word, fc.array(word), fc.dictionary(word, word, { minKeys: 1 })), {
      minKeys: 1,
      maxKeys: 3,
    }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>

describe('applying', () => {
  test('twice does what once does', () => {
    fc.assert(
      fc.property(spec, (wanted) => {
        const once = applied(undefined, thing(wanted), 'me')
        expect(applied(once, thing(wanted), 'me')).toEqual(once)
      }),
    )
  })

  test('one configuration after another leaves only the second', () => {
    fc.assert(
      fc.property(spec, spec, (first, second) => {
        const once = applied(undefined, thing(first), 'me')
        const twice = applied(once, thing({ ...second, size: 1 }), 'me')
        expect(sorted(twice)).toEqual(sorted(applied(undefined, thing({ ...second, size: 1 }), 'me')))
      }),
    )
  })

  test('by force, a configuration always comes out', () => {
    fc.assert(
      fc.property(spec, spec, (first, second) => {
        const live = applied(undefined, thing(first), 'one')
        const next = applied(live, thing(second), 'two', true)
        // Whoever applies it again changes nothing any more.
        expect(applied(next, thing(second), 'two')['spec']).toEqual(next['spec'])
      }),
    )
  })

  test('an empty object takes the place of a list', () => {
    const live = applied(undefined, thing({ free: { a: ['x'] } }), 'me')
    expect(applied(live, thing({ free: { a: {} } }), 'me')['spec']).toEqual({ free: { a: {} } })
  })

  test('does not throw on any object, but for what it says', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>
    const free: Versions = { ...VERSIONS, typeOf: () => DEDUCED }
    fc.assert(
      fc.property(json, json, json, (live, config, managed) => {
        const stored = { ...live, metadata: { name: 'a', managedFields: [managed] } }
        managedAfterUpdate(stored, { ...config, metadata: { managedFields: [managed] } }, at('me'), free)
        expect(() => managedAfterUpdate(undefined, config, at('me'), VERSIONS)).not.toThrow()
        expect(() =>
          applyTo({ ...live, metadata: {} }, config, { ...at('me'), isForced: true }, free),
        ).not.toThrow()
        try {
          checkType(config, TYPE, false)
        } catch (error) {
          expect(error).toBeInstanceOf(MergeTypeError)
        }
      }),
    )
  })
})

/** Lists that are merged by key keep items in the order in which they came. */
function sorted(value: Json): Json {
  if (Array.isArray(value))
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, sorted(child)]))
}

describe('ownership', () => {
  test('moves to whoever changes a field, and ends when it is removed', () => {
    const first = updated(undefined, thing({ size: 1, words: { a: '1', b: '2' } }), 'one')
    const second = updated(first, thing({ size: 2, words: { a: '1' } }), 'two')
    expect(ownersOf(second)).toEqual({
      'one Update': { 'f:spec': { '.': {}, 'f:words': { '.': {}, 'f:a': {} } } },
      'two Update': { 'f:spec': { 'f:size': {} } },
    })
  })

  test('of an item is apart from that of its neighbours', () => {
    const live = applied(undefined, thing({ parts: [{ name: 'a', value: '1' }] }), 'one')
    const next = applied(live, thing({ parts: [{ name: 'b' }], tags: ['t'] }), 'two')
    expect(next['spec']).toEqual({ parts: [{ name: 'a', value: '1' }, { name: 'b' }], tags: ['t'] })
    expect(ownersOf(next)).toEqual({
      'one Apply': {
        'f:spec': { 'f:parts': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:value': {} } } },
      },
      'two Apply': {
        'f:spec': { 'f:parts': { 'k:{"name":"b"}': { '.': {}, 'f:name': {} } }, 'f:tags': { 'v:"t"': {} } },
      },
    })
    expect(applied(next, thing({}), 'one')['spec']).toEqual({ parts: [{ name: 'b' }], tags: ['t'] })
  })

  test('shared by two ends with the last of them', () => {
    const both = applied(applied(undefined, thing({ size: 1 }), 'one'), thing({ size: 1 }), 'two')
    const left = applied(both, thing({ list: ['x'] }), 'one')
    expect(left['spec']).toEqual({ size: 1, list: ['x'] })
    expect(applied(left, thing({ list: ['x'] }), 'two')['spec']).toEqual({ list: ['x'] })
  })

  test('what nobody has on record belongs to whoever was before the first apply', () => {
    const live = thing({ size: 1, words: { a: '1' } })
    expect(() => applied(live, thing({ size: 2 }), 'me')).toThrow(FieldConflicts)
    const next = applied(live, thing({ size: 1 }), 'me')
    expect(Object.keys(ownersOf(next))).toEqual(['me Apply', 'before-first-apply Update'])
  })

  test('is not tracked again once it was cleared', () => {
    const live = updated(undefined, thing({ size: 1 }), 'one')
    const cleared = updated(live, { ...live, metadata: { name: 'a', managedFields: [{}] } }, 'one')
    expect(ownersOf(cleared)).toEqual({})
    expect(ownersOf(updated(cleared, thing({ size: 2 }), 'two'))).toEqual({})
  })

  test('of more than ten updaters: the oldest are put together', () => {
    let live = updated(undefined, thing({ size: 0 }), 'first')
    for (let index = 0; index < 12; index++) {
      const words = { ...((live['spec'] as JsonObject)['words'] as JsonObject), [`w${index}`]: 'x' }
      live = updated(live, { ...live, spec: { size: 0, words } }, `m${String(index).padStart(2, '0')}`)
    }
    const names = Object.keys(ownersOf(live))
    expect(names).toHaveLength(10)
    expect(names).toContain('ancient-changes Update')
  })

  test('ends with the version that it was written in', () => {
    const live = applied(undefined, thing({ size: 1 }), 'one')
    const entries = metadataOf(live)['managedFields'] as JsonObject[]
    for (const entry of entries) entry['apiVersion'] = 'example.com/v0'
    expect(Object.keys(ownersOf(updated(live, thing({ size: 2 }), 'two')))).toEqual(['two Update'])
  })

  test('of a part becomes that of the whole when the schema says so', () => {
    const live = thing({ whole: { a: '1' } })
    metadataOf(live)['managedFields'] = [
      {
        manager: 'old',
        operation: 'Apply',
        apiVersion: 'example.com/v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:whole': { 'f:a': {} } } },
      },
    ]
    const next = updated(live, { ...live, spec: { whole: { a: '1' }, size: 1 } }, 'new')
    expect(ownersOf(next)['old Apply']).toEqual({ 'f:spec': { 'f:whole': {} } })
  })
})

describe('conflicts', () => {
  const live = updated(
    applied(undefined, thing({ size: 1, tags: ['a'] }), 'one'),
    thing({ size: 1, tags: ['a'], list: ['x'] }),
    'two',
  )
  const conflictOf = (wanted: JsonObject) => {
    try {
      applied(live, thing(wanted), 'three')
    } catch (error) {
      if (error instanceof FieldConflicts) return applyConflict(error.conflicts)
    }
    throw new Error('there was no conflict')
  }

  test('name the manager and the field', () => {
    const error = conflictOf({ size: 2 })
    expect(error.message).toBe('Apply failed with 1 conflict: conflict with "one": .spec.size')
    expect(error.details).toEqual({
      causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.spec.size' }],
    })
  })

  test('of several managers are listed by manager', () => {
    expect(conflictOf({ size: 2, list: ['y'] }).message).toBe(
      'Apply failed with 2 conflicts: conflicts with "one":\n- .spec.size\nconflicts with "two" using example.com/v1:\n- .spec.list',
    )
  })

  test('kubectl takes over what it applied on the client before', () => {
    const before = thing({ size: 1 })
    metadataOf(before)['annotations'] = { [LAST_APPLIED]: JSON.stringify(thing({ size: 1 })) }
    const stored = updated(undefined, before, 'kubectl-client-side-apply')
    expect(() => applied(stored, thing({ size: 2 }), 'other')).toThrow(FieldConflicts)
    const next = applied(stored, thing({ size: 2 }), 'kubectl')
    expect(next['spec']).toEqual({ size: 2 })
    const annotations = metadataOf(next)['annotations'] as JsonObject
    expect(annotations[LAST_APPLIED]).toBe(`${JSON.stringify(thing({ size: 2 }))}\n`)
  })
})
