import { expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { NO_EDITS, editControl, resolveConfig } from './config-of.ts'
import { configSchema } from './config-schema.ts'
import type { ConfigNode } from './config-schema.ts'
import { planOf } from './form-conditions.ts'
import { rowStates } from './row-state.ts'
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
