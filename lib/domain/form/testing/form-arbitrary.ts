import * as fc from 'fast-check'
import type { Descriptor } from '#lib/kinds/plugin-spec.ts'
import { CAPABILITIES } from '../capability.ts'
import type { FormSource } from '../compile-form.ts'
import type { FormObject } from '../form-model.ts'

const P = 'urn:alm:descriptor:'
const UI = `${P}com.tectonic.ui:`

/** Few names, so that descriptors, conditions and configurations meet. */
const PATHS = [
  'a',
  'b',
  'c',
  'a.b',
  'a.b.c',
  'b.c',
  'c[]',
  'c[].a',
  'c[0].b',
  'c[].b[].c',
  'a.c',
  'tolerations',
  'resources',
]

const path = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PATHS) }, fc.string({ maxLength: 8 }))
const value = fc.constantFrom('1', 'true', 'false', 'x', '', '1Gi', '30s', '[1]', '{"a":"b"}', 'y:z')

const capability = fc.oneof(
  fc
    .constantFrom(
      'text',
      'number',
      'booleanSwitch',
      'select:x',
      'select:1',
      'tagsInput',
      'yaml',
      'resourceRequirements',
    )
    .map((name) => UI + name),
  fc.constantFrom('hidden', 'disabled', 'advanced', 'multiple', 'allowCreate').map((name) => UI + name),
  fc.tuple(path, value).map(([at, expected]) => `${UI}fieldDependency:${at}:${expected}`),
  fc.tuple(value, path, path).map(([shown, one, two]) => `${P}oneOf:${shown}:${one}:${two}`),
  value.map((text) => `${P}com.tectonic.default:${text}`),
  path.map((at) => `${UI}fieldGroup:${at}`),
  path.map((at) => `${UI}arrayFieldGroup:${at}`),
  fc
    .constantFrom('required', 'minimum:1', 'maxLength:2', 'pattern:^a+$', 'pattern:(a+)+$')
    .map((rule) => `${UI}validation:${rule}`),
  fc.constantFrom('Node', 'core~v1~Secret?=isGlobal=true', '?').map((kind) => `${P}io.kubernetes:${kind}`),
  fc.tuple(fc.constantFrom(...CAPABILITIES), value).map(([name, arg]) => `${P}${name}:${arg}`),
  fc.string({ maxLength: 20 }),
)

const descriptor: fc.Arbitrary<Descriptor> = fc.record({
  path,
  displayName: fc.string({ maxLength: 5 }),
  'x-descriptors': fc.array(capability, { maxLength: 6 }),
})

/** Lists of descriptors that are nearly right, with a configuration that their paths meet. */
export function formArbitrary(): fc.Arbitrary<FormSource & { config: FormObject }> {
  return fc.record({
    descriptors: fc.array(descriptor, { maxLength: 10 }),
    config: configArbitrary(),
  })
}

/** Configurations with the keys that `formArbitrary` speaks of. */
export function configArbitrary(): fc.Arbitrary<FormObject> {
  const leaf = fc.oneof(
    fc.constantFrom(1, 0, true, false, 'x', '', null, '1Gi', '30s'),
    fc.array(fc.constantFrom('x', 'y', 1), { maxLength: 2 }),
  )
  const inner = fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf, { maxKeys: 3 })
  return fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'tolerations', 'resources'),
    fc.oneof(leaf, inner, fc.array(inner, { maxLength: 3 })),
    { maxKeys: 5 },
  ) as fc.Arbitrary<FormObject>
}
