import { expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { NO_EDITS, editControl, resolveConfig } from './config-of.ts'
import { configSchema } from './config-schema.ts'
import type { ConfigNode } from './config-schema.ts'
import { planOf } from './form-conditions.ts'
import type { FormValue } from './form-model.ts'
import { rowStates } from './row-state.ts'
import { UI } from './testing/form-fixture.ts'
import { HOSTILE_FORMS } from './testing/hostile-forms.ts'
import { validateConfig } from './validate-config.ts'

function nodesOf(node: ConfigNode): number {
  const inside = [...(node.children?.values() ?? []), ...(node.items === undefined ? [] : [node.items])]
  return inside.reduce((sum, child) => sum + nodesOf(child), 1)
}

test.each(Object.entries(HOSTILE_FORMS))('%s: bounded, and nothing breaks', (_, make) => {
  const source = make()
  const form = compileForm(source)
  expect(form.controls.length).toBeLessThanOrEqual(2000)
  expect(form.notes.length).toBeLessThanOrEqual(500)
  const [first] = form.controls
  const edits = first === undefined ? NO_EDITS : editControl(first, form.defaults, NO_EDITS, 'typed')
  const { config } = resolveConfig(form, form.defaults, edits)
  validateConfig(form, config, { current: form.defaults })
  for (const control of form.controls) if (control.kind === 'rows') rowStates(control, config, control.path)
  expect(nodesOf(configSchema(form))).toBeLessThan(50_000)
  // What a pass over the conditions costs: linear in what the descriptors say, never controls × conditions.
  const plan = planOf(form)
  const links = plan.nodes.reduce((sum, node) => sum + node.needs.length, 0)
  const said = (source.descriptors ?? []).reduce(
    (sum, { 'x-descriptors': list = [] }) => sum + list.length,
    0,
  )
  expect(plan.nodes.length + links).toBeLessThanOrEqual(8 * (form.controls.length + said) + 100)
})

/** Values that nobody writes by hand. */
function hostileValues(): FormValue[] {
  let deep: FormValue = 1
  for (let level = 0; level < 9000; level++) deep = level % 2 === 0 ? [deep] : { a: deep }
  const long = 'a'.repeat(1_000_000)
  return [
    deep,
    [deep, deep],
    { a: deep, requests: { cpu: deep }, limits: deep },
    long,
    `${'1'.repeat(1_000_000)}x`,
    '1.'.repeat(500_000),
    { [long]: long, requests: { [long]: long } },
    Array.from({ length: 20_000 }, (_, index) => ({
      key: `k${index}`,
      value: index,
      operator: 'Odd',
      a: long,
    })),
    JSON.parse('{"__proto__": {"a": 1}, "constructor": {"prototype": 1}}') as FormValue,
  ]
}

test.each([
  'booleanSwitch',
  'text',
  'number',
  'select:a',
  'tagsInput',
  'resourceRequirements',
  'resourceRequirements:limits:cpu',
  'yaml',
  'arrayFieldGroup:x',
  'none',
])('%s takes any value, and any value with any other before', (capability) => {
  for (const path of ['x', 'tolerations', 'nodeSelector', 'labels', 'resources']) {
    const inner = { path: `${path}[].a`, 'x-descriptors': [`${UI}text`, `${UI}validation:pattern:^(a+)+$`] }
    const form = compileForm({
      descriptors: [
        { path, 'x-descriptors': [UI + capability, `${UI}validation:maxLength:3`] },
        ...(capability === 'arrayFieldGroup:x' ? [inner] : []),
        { path: 'other', 'x-descriptors': [`${UI}text`, `${UI}fieldDependency:${path}:{"a":1}`] },
      ],
    })
    for (const value of hostileValues()) {
      const config = { [path]: value }
      validateConfig(form, config, { current: { [path]: [[value]] } })
      const [first] = form.controls
      if (first === undefined) continue
      const edits = editControl(first, config, NO_EDITS, value)
      const { config: resolved } = resolveConfig(form, config, edits)
      // Compared by hand: a failure could not be printed.
      if (first.id === path) expect(resolved === config).toBe(true)
    }
  }
})
