import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { shownControls } from './conditions.ts'
import { NO_EDITS, editControl, resolveConfig } from './config-of.ts'
import type { FormEdits } from './config-of.ts'
import type { FormControl, FormModel, FormObject, FormValue } from './form-model.ts'
import { formatPath, getAt, isAtOrBelow, parsePath } from './form-path.ts'
import { formSourceOf } from './form-purpose.ts'
import { rowStates } from './row-state.ts'
import { configArbitrary, formArbitrary } from './testing/form-arbitrary.ts'
import { P, UI, edit, row } from './testing/form-fixture.ts'
import { validateConfig } from './validate-config.ts'

const values: fc.Arbitrary<FormValue | undefined> = fc.constantFrom<(FormValue | undefined)[]>(
  'x',
  '',
  1,
  true,
  undefined,
  {},
  [{ a: 'x' }, { b: 1 }],
  ['x'],
  { requests: { cpu: '2' }, limits: { cpu: '1' } },
)
const steps = fc.array(fc.tuple(fc.nat(), values), { maxLength: 6 })

function typed(
  form: FormModel,
  base: FormObject,
  changes: readonly [number, FormValue | undefined][],
): FormEdits {
  let edits = NO_EDITS
  for (const [index, value] of changes) {
    const control = form.controls[index % Math.max(1, form.controls.length)]
    if (control !== undefined) edits = editControl(control, base, edits, value)
  }
  return edits
}

/** What some control that is shown governs, or what a default of one fills. */
function governed(form: FormModel, shown: ReadonlySet<string>): FormControl[] {
  return form.controls.filter((control) => shown.has(control.id))
}

/** Every value with its path. */
function leaves(value: FormValue, path: (string | number)[] = []): [(string | number)[], FormValue][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  const entries = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value)
  return entries.flatMap(([key, item]) => leaves(item, [...path, key]))
}

describe('laws of any form', () => {
  test('what no shown control governs passes through untouched', () => {
    fc.assert(
      fc.property(formArbitrary(), steps, (source, changes) => {
        const form = compileForm(source)
        const { config, shown } = resolveConfig(form, source.config, typed(form, source.config, changes))
        const governors = governed(form, shown)
        for (const [path, value] of leaves(source.config)) {
          // A control below may make an object of it, one above may replace it.
          const isOurs = governors.some((one) => isAtOrBelow(path, one.path) || isAtOrBelow(one.path, path))
          if (!isOurs) expect(getAt(config, path)).toEqual(value)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('what is not shown is neither required nor checked', () => {
    fc.assert(
      fc.property(formArbitrary(), configArbitrary(), (source, config) => {
        const form = compileForm(source)
        const shown = shownControls(form, config)
        const rows = form.controls.filter((one) => one.kind === 'rows' && shown.has(one.id))
        const inRows = rows.flatMap((one) => rowStates(one, config, one.path))
        for (const error of validateConfig(form, config)) {
          const path = parsePath(error.path) ?? []
          const isShown =
            governed(form, shown).some((one) => isAtOrBelow(path, one.path)) ||
            inRows.some(({ controls, shown: here }) =>
              controls.some((one) => here.has(one.id) && isAtOrBelow(path, one.path)),
            )
          expect(isShown).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('changed and changed back is not changed', () => {
    fc.assert(
      fc.property(formArbitrary(), fc.nat(), values, (source, index, value) => {
        const form = compileForm(source)
        const before = resolveConfig(form, source.config, NO_EDITS)
        // What the user can reach; of two controls at one place, the default that counts is another's.
        const open = governed(form, before.shown).filter(
          ({ path }) => form.controls.filter((one) => isAtOrBelow(one.path, path)).length === 1,
        )
        const control = open[index % Math.max(1, open.length)]
        if (control === undefined) return
        const changed = editControl(control, source.config, NO_EDITS, value)
        const back = editControl(control, source.config, changed, getAt(before.config, control.path))
        const after = resolveConfig(form, source.config, back)
        expect(after.config).toEqual(before.config)
        expect([...after.shown]).toEqual([...before.shown])
      }),
      { numRuns: 200 },
    )
  })

  test('an installation that nobody changes stays byte for byte, whatever it holds', () => {
    fc.assert(
      fc.property(formArbitrary(), configArbitrary(), ({ config, descriptors = [] }, current) => {
        const form = compileForm(formSourceOf('update', { config, deployDescriptors: descriptors }, current))
        expect(resolveConfig(form, current, NO_EDITS).config).toBe(current)
        expect(validateConfig(form, current, { current }).filter((one) => one.code === 'immutable')).toEqual(
          [],
        )
      }),
      { numRuns: 200 },
    )
  })

  test('a chain or a circle of conditions comes to an end', () => {
    const next = fc.array(fc.tuple(fc.nat(30), fc.constantFrom('x', 'y')), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(next, (links) => {
        const form = compileForm({
          descriptors: links.map(([to, value], index) =>
            row(
              `c${index}`,
              `${UI}text`,
              `${P}com.tectonic.default:x`,
              `${UI}fieldDependency:c${to}:${value}`,
            ),
          ),
        })
        const { config, shown } = resolveConfig(form, {}, NO_EDITS)
        // Nothing is filled that is not shown.
        for (const control of form.controls)
          if (!shown.has(control.id)) expect(getAt(config, control.path)).toBeUndefined()
      }),
    )
  })
})

describe('an installation that is changed', () => {
  const parts = {
    config: { a: 1 },
    deployDescriptors: [
      row('a', `${UI}number`),
      row('b', `${UI}number`, `${P}com.tectonic.default:7`),
      row('c', `${UI}text`, `${P}com.tectonic.default:x`, `${UI}fieldDependency:a:2`),
    ],
  }

  test('what was emptied stays empty; what comes into sight has its default', () => {
    const form = compileForm(formSourceOf('update', parts, { a: 1 }))
    expect(resolveConfig(form, { a: 1 }, NO_EDITS).config).toEqual({ a: 1 })
    expect(resolveConfig(form, { a: 1 }, edit(form, { a: 1 }, NO_EDITS, 'b', 7)).config).toEqual({
      a: 1,
      b: 7,
    })
    expect(resolveConfig(form, { a: 1 }, edit(form, { a: 1 }, NO_EDITS, 'a', 2)).config).toEqual({
      a: 2,
      c: 'x',
    })
    const install = compileForm(formSourceOf('install', parts))
    expect(resolveConfig(install, { a: 1 }, NO_EDITS).config).toEqual({ a: 1, b: 7 })
  })

  test('what can’t change is compared with what was, and not written over', () => {
    const update = formSourceOf(
      'update',
      { ...parts, editDescriptors: [row('a', `${UI}number`)] },
      { a: 1, b: 3 },
    )
    const form = compileForm(update)
    const current = { a: 1, b: 3 }
    const check = (config: FormObject) =>
      validateConfig(form, config, { current }).map((error) => `${error.path} ${error.code}`)
    expect(check({ a: 5, b: 3 })).toEqual([])
    expect(check({ a: 5, b: 4 })).toEqual(['b immutable'])
    expect(check({ a: 5 })).toEqual(['b immutable'])
    expect(validateConfig(form, { a: 5 })).toEqual([])
    expect(resolveConfig(form, current, edit(form, current, NO_EDITS, 'b', 9)).config).toBe(current)
  })
})

test('an explicit null is a value, also where the control has a default', () => {
  const form = compileForm({
    config: { n: null },
    descriptors: [row('n', `${UI}number`, `${P}com.tectonic.default:7`)],
  })
  expect(resolveConfig(form, { n: null }, NO_EDITS).config).toEqual({ n: null })
  expect(resolveConfig(form, { n: null }, edit(form, { n: null }, NO_EDITS, 'n', 7)).config).toEqual({ n: 7 })
})

test('null in an installation says nothing about types: the default does', () => {
  const config = { cpu: '1', nodeSelector: [], on: true }
  const current = { cpu: null, nodeSelector: null, on: null }
  const form = compileForm({ config, current })
  expect(form.controls.map(({ kind, shape }) => [kind, shape])).toEqual([
    ['quantity', undefined],
    ['nodeSelector', 'list'],
    ['switch', undefined],
  ])
})

test('emptied objects are what stood for nothing before', () => {
  const descriptors = [row('resources', `${UI}resourceRequirements`)]
  const cases: [FormObject, FormObject][] = [
    [{ resources: null }, { resources: null }],
    [{ resources: {} }, { resources: {} }],
    [{}, {}],
  ]
  for (const [config, expected] of cases) {
    const form = compileForm({ config, descriptors })
    const edits = edit(form, config, NO_EDITS, 'resources', { limits: { cpu: '1' } })
    expect(resolveConfig(form, config, edits).config).toEqual({ resources: { limits: { cpu: '1' } } })
    const emptied = edit(form, config, edits, 'resources', { limits: {} })
    expect(emptied.size).toBe(0)
    const installed = { resources: { limits: { cpu: '1' } } }
    const later = edit(form, installed, NO_EDITS, 'resources', undefined)
    expect(resolveConfig(form, installed, later).config).toEqual(expected)
  }
})

test('errors are at paths that lead to the value', () => {
  fc.assert(
    fc.property(formArbitrary(), configArbitrary(), (source, config) => {
      for (const { path } of validateConfig(compileForm(source), config)) {
        const steps = parsePath(path)
        if (steps !== null) expect(formatPath(steps)).toBe(path)
      }
    }),
    { numRuns: 200 },
  )
})
