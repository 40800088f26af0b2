import { expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import type { FormObject } from './form-model.ts'
import { editRow, newRow, rowStates } from './row-state.ts'
import { P, UI, control, row } from './testing/form-fixture.ts'
import { validateConfig } from './validate-config.ts'

/** Rules with a value only for one operator, and ports of their own; shown while rules are on. */
const RULES = [
  row('on', `${UI}booleanSwitch`),
  row('rules', `${UI}arrayFieldGroup:rules`, `${UI}fieldDependency:on:true`, `${UI}validation:minLength:1`),
  row('rules[0].operator', `${UI}select:Exists`, `${UI}select:Equal`, `${P}com.tectonic.default:Exists`),
  row(
    'rules[0].value',
    `${UI}text`,
    `${UI}fieldDependency:.operator:Equal`,
    `${UI}validation:required`,
    `${P}com.tectonic.default:x`,
  ),
  row('rules[0].level', `${UI}number`, `${UI}fieldDependency:mode:expert`, `${P}com.tectonic.default:3`),
  row('rules[0].ports[0].number', `${UI}arrayFieldGroup:rules[0].ports`, `${UI}number`),
  row(
    'rules[0].ports[0].name',
    `${UI}text`,
    `${UI}fieldDependency:rules[0].operator:Equal`,
    `${UI}fieldDependency:rules[0].ports[0].number:80`,
  ),
]

test('rows know their own row, the row around them and the form', () => {
  const form = compileForm({ descriptors: RULES })
  const rules = control(form, 'rules')
  const config: FormObject = {
    on: true,
    mode: 'expert',
    rules: [
      { operator: 'Equal', ports: [{ number: 80 }, { number: 81 }] },
      { operator: 'Exists', ports: [{ number: 80 }] },
    ],
  }
  const states = rowStates(rules, config, ['rules'])
  expect(states.map(({ shown }) => [...shown])).toEqual([
    ['rules[].operator', 'rules[].value', 'rules[].level', 'rules[].ports'],
    ['rules[].operator', 'rules[].level', 'rules[].ports'],
  ])
  expect(rowStates(rules, config, ['rules'])[0]?.controls).toBe(states[0]?.controls)
  const ports = states.map(({ controls }) => {
    const inner = controls.find(({ id }) => id === 'rules[].ports')
    return inner === undefined
      ? []
      : rowStates(inner, config, inner.path).map(({ shown }) => [...shown].length)
  })
  expect(ports).toEqual([[2, 1], [1]])
  expect(validateConfig(form, config)).toEqual([{ path: 'rules[0].value', code: 'required', params: {} }])
  expect(validateConfig(form, { ...config, on: false })).toEqual([])
  expect(validateConfig(form, { on: true })).toEqual([])
  expect(validateConfig(form, { on: true, rules: ['x'] })).toMatchObject([{ path: 'rules[0]', code: 'type' }])
})

test('a new row has the defaults of what it shows; changes take and give theirs', () => {
  const form = compileForm({ descriptors: RULES })
  const rules = control(form, 'rules')
  const empty: FormObject = { on: true }
  const first = newRow(rules, empty, ['rules'])
  expect(first).toEqual({ operator: 'Exists' })
  expect(newRow(rules, { ...empty, mode: 'expert' }, ['rules'])).toEqual({ operator: 'Exists', level: 3 })
  const change = (config: FormObject, value: string, before?: FormObject[]) =>
    editRow(rules, config, { path: ['rules'], index: 0, field: ['rules', 0, 'operator'], value, before })
  const equal = change({ on: true, rules: [first] }, 'Equal')
  expect(equal).toEqual([{ operator: 'Equal', value: 'x' }])
  expect(change({ on: true, rules: equal }, 'Exists')).toEqual([{ operator: 'Exists' }])
  const before = [{ operator: 'Equal', value: 'mine' }]
  expect(change({ on: true, rules: before }, 'Exists', before)).toEqual([
    { operator: 'Exists', value: 'mine' },
  ])
})
