import type { FormSource } from '../compile-form.ts'
import type { FormObject } from '../form-model.ts'

const P = 'urn:alm:descriptor:'
const UI = `${P}com.tectonic.ui:`

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function descriptors(
  count: number,
  capabilities: (index: number) => string[],
  path = (i: number) => `c${i}`,
) {
  return times(count, (index) => ({ path: path(index), 'x-descriptors': capabilities(index) }))
}

/** Deep in one key, without recursion. */
function nested(depth: number, list = false): FormObject {
  let value: FormObject = { end: 1 }
  for (let index = 0; index < depth; index++) value = list ? { a: [value] } : { a: value }
  return value
}

function doublingSchema(): FormObject {
  const defs: FormObject = { d0: { type: 'string' } }
  for (let index = 1; index < 40; index++) {
    const ref = { $ref: `#/$defs/d${index - 1}` }
    defs[`d${index}`] = { type: 'object', properties: { a: ref, b: ref } }
  }
  return { type: 'object', properties: { x: { $ref: '#/$defs/d39' } }, $defs: defs }
}

/** Forms that a careless or malicious publisher might send, by what is excessive about them. */
export const HOSTILE_FORMS: Readonly<Record<string, () => FormSource>> = {
  'many capabilities': () => ({
    descriptors: descriptors(2000, () => times(500, (i) => `${UI}select:v${i}`)),
  }),
  'many controls': () => ({
    descriptors: descriptors(2000, () => [`${UI}text`, `${UI}validation:required`]),
  }),
  'a chain of conditions': () => ({
    descriptors: descriptors(2000, (i) => [`${UI}text`, `${UI}fieldDependency:c${i + 1}:x`]),
    config: Object.fromEntries(times(2000, (i) => [`c${i}`, 'x'])),
  }),
  'a circle of conditions': () => ({
    descriptors: descriptors(2000, (i) => [`${UI}text`, `${UI}fieldDependency:c${(i + 1) % 2000}:x`]),
    config: Object.fromEntries(times(2000, (i) => [`c${i}`, 'x'])),
  }),
  'all controls at one path, each depending on it': () => ({
    descriptors: descriptors(
      2000,
      () => [`${UI}text`, ...times(20, (i) => `${UI}fieldDependency:same:v${i}`)],
      () => 'same',
    ),
    config: { same: 'v1' },
  }),
  'everything shows everything': () => ({
    descriptors: descriptors(2000, (i) => [
      `${UI}select:a`,
      `${UI}fieldGroup:g`,
      ...times(20, (n) => `${P}oneOf:a:g:c${(i + n) % 2000}:c${(i * 7 + n) % 2000}`),
    ]),
  }),
  'groups in groups': () => ({
    descriptors: descriptors(2000, (i) => [
      `${UI}text`,
      `${UI}fieldGroup:${times(60, (n) => `g${(i + n) % 61}`).join('.')}`,
    ]),
  }),
  'long paths': () => ({
    descriptors: descriptors(
      2000,
      () => [`${UI}text`],
      (i) => `${times(60, () => 'a').join('.')}.x${i}`,
    ),
  }),
  'lists in lists': () => ({
    descriptors: descriptors(
      2000,
      () => [`${UI}text`],
      (i) => `${times(20, (n) => `l${n}[]`).join('.')}.x${i}`,
    ),
    config: nested(20, true),
  }),
  'ten thousand keys': () => ({ config: Object.fromEntries(times(10_000, (i) => [`k${i}`, `v${i}`])) }),
  'ten thousand objects': () => ({
    config: Object.fromEntries(times(10_000, (i) => [`k${i}`, { a: i, b: { c: [`${i}`] } }])),
  }),
  'a deep object': () => ({ config: nested(9000) }),
  'deep lists': () => ({ config: nested(9000, true) }),
  'a long list of long objects': () => ({
    config: { l: times(5000, (i) => Object.fromEntries(times(20, (n) => [`k${i}-${n}`, n]))) },
  }),
  'an endless enum': () => ({
    config: { type: 'object', properties: { x: { type: 'string', enum: times(100_000, (i) => `v${i}`) } } },
  }),
  'a schema in itself': () => ({
    config: { type: 'object', properties: { a: { $ref: '#' }, b: { type: 'array', items: { $ref: '#' } } } },
  }),
  'a doubling schema': () => ({ config: doublingSchema() }),
  'a wide schema': () => ({
    config: {
      type: 'object',
      properties: Object.fromEntries(times(20_000, (i) => [`p${i}`, { type: 'string' }])),
    },
  }),
  'catastrophic patterns': () => ({
    descriptors: descriptors(200, (i) => [
      `${UI}text`,
      `${UI}validation:pattern:^(([a-z])+.)+[A-Z]([a-z])+${i}$`,
      `${UI}validation:pattern:((a{0,30}){0,30}){0,30}${i}`,
    ]),
    config: Object.fromEntries(times(200, (i) => [`c${i}`, 'a'.repeat(500)])),
  }),
  'a capability of a megabyte': () => ({
    descriptors: [
      {
        path: 'a',
        'x-descriptors': [
          `${P}oneOf:${'x:'.repeat(500_000)}`,
          `${P}props:select:options:[${'1,'.repeat(500_000)}1]`,
        ],
      },
      {
        path: 'b',
        'x-descriptors': [
          `${UI}fieldDependency:${'['.repeat(1_000_000)}`,
          `${P}label:en:${'x'.repeat(1_000_000)}`,
        ],
      },
      { path: '.'.repeat(1_000_000), 'x-descriptors': [] },
    ],
  }),
  'options as long as a page': () => ({
    descriptors: descriptors(500, () => [
      `${P}props:select:options:${JSON.stringify(times(2000, (i) => ({ label: `L${i}`, value: i })))}`,
    ]),
  }),
  'thousands of sizes': () => ({
    config: { size: 'a' },
    sizeSettings: {
      sizes: times(2000, (i) => ({
        size: `s${i}`,
        name: {},
        description: {},
        components: Object.fromEntries(times(100, (n) => [`c${n}`, { resources: { limits: { cpu: '1' } } }])),
      })),
    },
  }),
}
