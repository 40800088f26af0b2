import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { initialConfig, resolveConfig } from './config-of.ts'
import { stateFromConfig } from './form-from-config.ts'
import type { FormObject } from './form-model.ts'
import { formArbitrary } from './testing/form-arbitrary.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui:'
const P = 'urn:alm:descriptor:'

test('what somebody left out stays out, though the control has a default', () => {
  const form = compileForm({
    descriptors: [
      { path: 'a', 'x-descriptors': [`${UI}number`, `${P}com.tectonic.default:7`] },
      { path: 'b', 'x-descriptors': [`${UI}text`, `${UI}fieldDependency:a:8`, `${P}com.tectonic.default:x`] },
    ],
  })
  expect(initialConfig(form)).toEqual({ a: 7 })
  const configs: FormObject[] = [{}, { a: 8 }, { a: null }, { b: 'y' }, { a: 8, c: [1] }]
  for (const config of configs) {
    const { base, edits } = stateFromConfig(form, config)
    expect(resolveConfig(form, base, edits).config).toBe(config)
  }
})

test('any configuration comes back as it is, key for key', () => {
  fc.assert(
    fc.property(
      formArbitrary(),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue()),
      (source, raw) => {
        const form = compileForm(source)
        const config = raw as FormObject
        const { base, edits } = stateFromConfig(form, config)
        expect(JSON.stringify(resolveConfig(form, base, edits).config)).toBe(JSON.stringify(config))
      },
    ),
    { numRuns: 300 },
  )
})
