import { describe, expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import type { FormObject } from './form-model.ts'
import { newRow } from './row-state.ts'
import { NO_EDITS, initialConfig, resolveConfig } from './config-of.ts'
import { control, edit, outline } from './testing/form-fixture.ts'
import { validateConfig } from './validate-config.ts'

function formOf(properties: FormObject, more: FormObject = {}) {
  return compileForm({ config: { type: 'object', properties, ...more } })
}

const QUANTITY = String.raw`^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`
const INT_OR_STRING = { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true }

describe('each kind of schema has its control', () => {
  test.each<[string, FormObject, string, string?]>([
    ['on', { type: 'boolean' }, 'switch'],
    ['n', { type: ['integer', 'null'] }, 'number', 'number'],
    ['s', { type: 'string' }, 'text'],
    ['p', { type: 'string', format: 'password' }, 'password'],
    ['p', { type: 'string', writeOnly: true }, 'password'],
    ['d', { type: 'string', format: 'duration' }, 'duration'],
    ['d', { type: 'string', format: 'duration', default: 'PT30S' }, 'text'],
    ['interval', { type: 'string', default: '30s' }, 'duration'],
    ['q', { type: 'string', format: 'quantity' }, 'quantity'],
    ['q', { ...INT_OR_STRING, pattern: QUANTITY }, 'quantity'],
    ['port', INT_OR_STRING, 'text', 'number'],
    ['port', { ...INT_OR_STRING, default: 'http' }, 'text', 'string'],
    ['port', { anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'text', 'number'],
    ['e', { enum: ['a', 'b', null] }, 'select'],
    ['c', { const: 'x' }, 'select'],
    ['o', { oneOf: [{ const: 1, title: 'One' }, { const: 2 }] }, 'select'],
    ['o', { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] }, 'select'],
    ['l', { type: 'array', items: { type: 'string' } }, 'list'],
    ['l', { type: 'array', items: { type: 'integer' } }, 'list', 'number'],
    ['l', { type: 'array', items: { enum: ['a'] } }, 'choices'],
    ['l', { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } }, 'rows'],
    ['l', { type: 'array' }, 'data'],
    ['tolerations', { type: 'array', items: { type: 'object' } }, 'tolerations'],
    ['t', { type: 'array', items: { properties: { key: {}, effect: {}, operator: {} } } }, 'tolerations'],
    ['nodeSelector', { type: 'object', additionalProperties: { type: 'string' } }, 'nodeSelector'],
    ['nodeSelector', { type: 'array', items: { properties: { key: {}, value: {} } } }, 'nodeSelector'],
    ['m', { type: 'object', additionalProperties: { type: 'string' } }, 'map'],
    ['r', { type: 'object', properties: { requests: {}, limits: {} } }, 'resources'],
    ['resources', { type: 'object' }, 'resources'],
    ['x', { type: 'object' }, 'data'],
    ['x', { oneOf: [{ type: 'object' }, { type: 'string' }] }, 'data'],
    ['x', {}, 'data'],
  ])('%s %j', (name, schema, kind, valueType) => {
    const found = control(formOf({ [name]: schema }), name)
    expect(found.kind).toBe(kind)
    if (valueType !== undefined) expect(found.valueType).toBe(valueType)
  })
})

test('rows within rows, with the defaults, rules and words of their schema', () => {
  const form = formOf({
    servers: {
      type: 'array',
      title: 'Servers',
      minItems: 1,
      items: {
        type: 'object',
        required: ['host'],
        properties: {
          host: { type: 'string', title: 'Host', pattern: '^[a-z]+$' },
          port: { type: 'integer', default: 80, maximum: 65_535 },
          paths: { type: 'array', items: { properties: { path: { type: 'string', default: '/' } } } },
        },
      },
    },
  })
  const servers = control(form, 'servers')
  expect(servers).toMatchObject({ kind: 'rows', label: { en: 'Servers' }, rules: { minLength: 1 } })
  expect(outline(servers.row?.layout ?? [])).toEqual(['servers[].host', 'servers[].port', 'servers[].paths'])
  expect(newRow(servers, {}, ['servers'])).toEqual({ port: 80 })
  const errors = (config: FormObject) => validateConfig(form, config).map((one) => `${one.path} ${one.code}`)
  expect(errors({})).toEqual([])
  expect(errors({ servers: [] })).toEqual(['servers minLength'])
  expect(errors({ servers: [{ port: 99_999 }, { host: 'UPPER' }] })).toEqual([
    'servers[0].host required',
    'servers[1].host pattern',
    'servers[0].port maximum',
  ])
})

test('choices with titles, null as a value, numbers or texts, what is read only', () => {
  const form = formOf({
    mode: {
      oneOf: [
        { const: 'a', title: 'Ay' },
        { const: 'b', title: 'Bee' },
      ],
    },
    size: { type: 'integer', nullable: true },
    level: { type: 'string', enum: ['x'], nullable: true },
    port: INT_OR_STRING,
    fixed: { type: 'object', readOnly: true, properties: { a: { type: 'string' } } },
    tags: { type: 'array', uniqueItems: true, items: { type: 'string' } },
  })
  expect(control(form, 'mode').options.map((one) => one.label.en)).toEqual(['Ay', 'Bee'])
  expect(control(form, 'fixed.a').disabled).toBe(true)
  const errors = (config: FormObject) => validateConfig(form, config).map((one) => `${one.path} ${one.code}`)
  expect(errors({ size: null, level: null, port: 'http', mode: 'a' })).toEqual([])
  expect(errors({ port: 8080, tags: ['a', 'b'] })).toEqual([])
  expect(errors({ size: 'x', level: 'y', mode: 'c', tags: ['a', 'a'] })).toEqual([
    'mode enum',
    'level enum',
    'tags duplicate',
    'size type',
  ])
})

test('what a schema’s controls know beyond it is checked, too', () => {
  const form = formOf({
    resources: { type: 'object', properties: { requests: {}, limits: {} } },
    wait: { type: 'string', format: 'duration' },
    disk: { ...INT_OR_STRING, pattern: QUANTITY },
  })
  const config = { resources: { requests: { cpu: 2 }, limits: { cpu: 1 } }, wait: 'long', disk: '10Gb' }
  expect(validateConfig(form, config).map((one) => `${one.path} ${one.code}`)).toEqual([
    'resources.requests.cpu requestAboveLimit',
    'wait duration',
    'disk quantity',
  ])
})

describe('schemas of other drafts, and wrong ones', () => {
  const found = (properties: FormObject, config: FormObject) => {
    const form = formOf(properties)
    return [
      ...validateConfig(form, config).map((one) => `${one.path} ${one.code}`),
      ...form.notes.map(({ text }) => `not enforced: ${text}`),
    ]
  }

  test.each<[FormObject, number, string[]]>([
    [{ minimum: 0, exclusiveMinimum: true }, 0, ['n schema']],
    [{ minimum: 0, exclusiveMinimum: true }, 1, []],
    [{ maximum: 0, exclusiveMaximum: true }, 0, ['n schema']],
    [{ maximum: 0, exclusiveMaximum: true }, -1, []],
    [{ minimum: 0, exclusiveMinimum: false }, 0, []],
    [{ minimum: 0, exclusiveMinimum: false }, -1, ['n minimum']],
    [{ exclusiveMinimum: 0 }, 0, ['n schema']],
  ])('%j takes %d: %j', (bounds, n, errors) => {
    expect(found({ n: { type: 'number', ...bounds } }, { n })).toEqual(errors)
  })

  test.each<[string, FormObject]>([
    ['required', { required: true }],
    ['minLength', { minLength: '3' }],
    ['enum', { enum: 'abc' }],
    ['dependentRequired', { dependentRequired: { a: 'b' } }],
  ])('a wrong %s takes nothing else away', (name, wrong) => {
    const properties = { wrong: { type: 'object', ...wrong }, n: { type: 'number' } }
    expect(found(properties, { wrong: { a: 1 }, n: 'x' })).toEqual(['n type', `not enforced: ${name}`])
  })

  test('a type that JSON doesn’t know forbids nothing', () => {
    expect(found({ n: { type: 'int' } }, { n: 3 })).toEqual(['not enforced: type'])
  })

  test('what is referred to may be null', () => {
    const definitions = { A: { type: 'object', properties: { x: { type: 'string' } } } }
    const form = formOf({ a: { $ref: '#/definitions/A', nullable: true } }, { definitions })
    expect(validateConfig(form, { a: null })).toEqual([])
    expect(validateConfig(form, { a: 3 })).toMatchObject([{ path: 'a', code: 'type' }])
  })

  test('what is entered has the type of the schema, whatever its default has', () => {
    const form = formOf({ port: { type: 'string', default: 8080 }, on: { type: 'boolean', default: 'yes' } })
    expect(control(form, 'port').valueType).toBe('string')
    expect(control(form, 'on').valueType).toBe('boolean')
  })
})

test('a switch that is required can be left off', () => {
  const form = formOf({ on: { type: 'boolean' } }, { required: ['on'] })
  expect(initialConfig(form)).toEqual({ on: false })
  expect(resolveConfig(form, {}, edit(form, {}, NO_EDITS, 'on', true)).config).toEqual({ on: true })
  const update = compileForm({
    config: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] },
    current: {},
    keepsAbsent: true,
  })
  expect(initialConfig(update, {})).toEqual({})
  const off = edit(update, {}, edit(update, {}, NO_EDITS, 'on', true), 'on', false)
  expect(resolveConfig(update, {}, off).config).toEqual({ on: false })
})

test('what is missing in a group that is missing is told at its field, once', () => {
  const form = formOf(
    { a: { type: 'object', required: ['b'], properties: { b: { type: 'string' }, c: { type: 'string' } } } },
    { required: ['a'] },
  )
  const errors = (config: FormObject) => validateConfig(form, config).map((one) => `${one.path} ${one.code}`)
  expect(errors({})).toEqual(['a.b required'])
  expect(errors({ a: {} })).toEqual(['a.b required'])
  expect(errors({ a: 3 })).toEqual(['a.b required', 'a type'])
})

test('a schema that would compare everything with everything is not enforced', () => {
  const options = (count: number) => Array.from({ length: count }, (_, n) => ({ n }))
  const errors = (count: number) => {
    const form = formOf({ list: { type: 'array', items: { enum: options(count) } } })
    return validateConfig(form, { list: Array.from({ length: 1000 }, () => ({ n: -1 })) }).length
  }
  expect(errors(10)).toBe(1000)
  expect(errors(5000)).toBe(0)
})
