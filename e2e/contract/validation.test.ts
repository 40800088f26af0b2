import { describe, expect, test } from 'vitest'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { group, path, widget } = widgetKind(target)

/** Creates a widget in a dry run, so that names never clash. */
const create = (spec: Record<string, unknown>, query = '') =>
  target.call('POST', `${path}?dryRun=All${query}`, widget('checked', { spec }))

describe('schema errors', () => {
  test('a missing field', async () => {
    const { status, body } = await target.call('POST', path, { ...widget('x'), spec: {} })
    expect(status).toBe(422)
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'Invalid',
      message: `Widget.${group} "x" is invalid: spec.size: Required value`,
      details: {
        name: 'x',
        group,
        kind: 'Widget',
        causes: [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.size' }],
      },
      code: 422,
    })
  })

  test('a wrong type', async () => {
    const { body } = await create({ size: 'big' })
    expect(body.message).toBe(
      `Widget.${group} "checked" is invalid: spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"`,
    )
    expect(body.details?.causes?.[0]?.reason).toBe('FieldValueTypeInvalid')
  })

  test('null where it is not allowed, and where it is', async () => {
    const dropped = await create({ code: null, color: null, words: { a: null }, free: { b: null } })
    expect(dropped.status).toBe(201)
    expect(dropped.body.spec).toEqual({ size: 3, color: 'green', words: {}, free: { b: null } })
    const { body } = await create({ tags: [null] })
    expect(body.message).toContain(
      'spec.tags[0]: Invalid value: "null": spec.tags[0] in body must be of type string: "null"',
    )
    expect((await create({ size: null })).body.message).toContain('spec.size: Required value')
    const allowed = await create({ shape: { note: null } })
    expect(allowed.status).toBe(201)
    expect(allowed.body.spec?.['shape']).toEqual({ corners: 4, note: null })
  })

  test('a value outside of an enum', async () => {
    const { status, body } = await create({ color: 'pink' })
    expect(status).toBe(422)
    expect(body.details?.causes).toEqual([
      {
        reason: 'FieldValueNotSupported',
        message: 'Unsupported value: "pink": supported values: "red", "green", "blue"',
        field: 'spec.color',
      },
    ])
  })

  test('numbers out of range', async () => {
    expect((await create({ size: 0 })).body.message).toContain(
      'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
    )
    expect((await create({ size: 101 })).body.message).toContain('should be less than or equal to 100')
  })

  test('a pattern', async () => {
    const { body } = await create({ code: 'x1' })
    expect(body.message).toContain(
      `spec.code: Invalid value: "x1": spec.code in body should match '^[a-z]+-[0-9]+$'`,
    )
  })

  test('lengths', async () => {
    expect((await create({ code: 'abcdefghijkl-1' })).body.details?.causes?.[0]?.reason).toBe(
      'FieldValueTooLong',
    )
    const { body } = await create({ tags: ['a', 'b', 'c', 'd'] })
    expect(body.message).toContain('spec.tags: Too many: 4: must have at most 3 items')
    expect(body.details?.causes?.[0]?.reason).toBe('FieldValueTooMany')
  })

  test('sets and maps', async () => {
    const { body } = await create({ tags: ['a', 'a'] })
    expect(body.message).toContain('spec.tags[1]: Duplicate value: "a"')
    expect((await create({ words: { a: 1 } })).body.message).toContain(
      'spec.words.a: Invalid value: "integer": spec.words.a in body must be of type string: "integer"',
    )
  })

  test('a format', async () => {
    expect((await create({ since: 'yesterday' })).body.message).toContain(
      'spec.since in body must be of type date-time: "yesterday"',
    )
    expect((await create({ since: '2026-02-03T04:05:06.789Z' })).status).toBe(201)
  })

  test('an integer or a string', async () => {
    expect((await create({ port: 80 })).status).toBe(201)
    expect((await create({ port: '80%' })).status).toBe(201)
    expect((await create({ port: true })).status).toBe(422)
  })

  test('all errors at once', async () => {
    const { body } = await create({ size: 0, color: 'pink', code: '!' })
    expect(body.details?.causes?.map(({ field }) => field).sort()).toEqual([
      'spec.code',
      'spec.color',
      'spec.size',
    ])
    expect(body.message).toMatch(/^Widget\..* is invalid: \[.*, .*, .*\]$/)
  })
})

describe('defaults', () => {
  test('fill in what is missing, but make no parents', async () => {
    const { body } = await create({})
    expect(body.spec).toEqual({ size: 3, color: 'green' })
    expect((await create({ shape: {} })).body.spec?.['shape']).toEqual({ corners: 4 })
  })
})

describe('unknown fields', () => {
  const spec = { extra: 1, shape: { sides: 2 } }

  test('are dropped with a warning', async () => {
    const { status, body, headers } = await create(spec)
    expect(status).toBe(201)
    expect(body.spec).toEqual({ size: 3, color: 'green', shape: { corners: 4 } })
    const warnings = [headers['warning']].flat().join(' ')
    expect(warnings).toContain(String.raw`299 - "unknown field \"spec.extra\""`)
    expect(warnings).toContain(String.raw`299 - "unknown field \"spec.shape.sides\""`)
  })

  test('are refused when asked to be strict', async () => {
    const { status, body } = await create(spec, '&fieldValidation=Strict')
    expect(status).toBe(400)
    expect(body.reason).toBe('BadRequest')
    expect(body.message).toBe(
      'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.extra", unknown field "spec.shape.sides"',
    )
  })

  test('are dropped in silence when asked to be', async () => {
    const { status, headers } = await create(spec, '&fieldValidation=Ignore')
    expect(status).toBe(201)
    expect(headers['warning']).toBeUndefined()
  })

  test('are kept where the schema is open', async () => {
    const free = { any: { thing: [1, null, { deep: true }] }, none: null }
    const { body } = await create({ free })
    expect(body.spec?.['free']).toEqual(free)
  })

  test('a value of fieldValidation that nobody knows is refused', async () => {
    expect((await create({}, '&fieldValidation=Maybe')).status).toBe(422)
  })
})

describe('hostile keys', () => {
  test('__proto__ and constructor are keys like any other', async () => {
    const text = `{"apiVersion":"${group}/v1","kind":"Widget","metadata":{"name":"hostile"},
      "__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},
      "spec":{"size":1,"__proto__":{"size":2},"free":{"__proto__":{"polluted":true},"constructor":1}}}`
    const { status, text: answer, body } = await target.call('POST', path, text)
    expect(status).toBe(201)
    expect(body.spec?.['size']).toBe(1)
    expect(answer).toContain('"__proto__":{"polluted":true}')
    expect(Object.hasOwn(body, '__proto__')).toBe(false)
    expect(Object.hasOwn(body.spec ?? {}, '__proto__')).toBe(false)
    const again = await target.call('GET', `${path}/hostile`)
    expect(again.text).toContain('"constructor":1')
  })

  test('labels of such names are refused or kept, never more', async () => {
    const text = `{"apiVersion":"${group}/v1","kind":"Widget","metadata":{"name":"labels","labels":{"__proto__":"x"}},"spec":{"size":1}}`
    expect((await target.call('POST', path, text)).status).toBe(422)
    const ok = text.replace('__proto__', 'constructor')
    const { status, body } = await target.call('POST', path, ok)
    expect(status).toBe(201)
    expect(body.metadata?.labels).toEqual({ constructor: 'x' })
    const found = await target.call('GET', `${path}?labelSelector=constructor%3Dx`)
    expect(found.body.items?.length).toBe(1)
    const none = await target.call('GET', `${path}?labelSelector=toString`)
    expect(none.body.items).toEqual([])
  })
})
