import { expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { configSchema } from './config-schema.ts'
import type { ConfigNode } from './config-schema.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui:'

function at(node: ConfigNode | undefined, ...steps: (string | null)[]): ConfigNode | undefined {
  return steps.reduce<ConfigNode | undefined>(
    (here, step) => (step === null ? here?.items : here?.children?.get(step)),
    node,
  )
}

test('the tree has what controls govern, what their kinds hold, and the keys of the defaults', () => {
  const schema = configSchema(
    compileForm({
      config: { mode: 'x', kept: { deep: { key: 1 } }, nodeSelector: [] },
      descriptors: [
        { path: 'mode', 'x-descriptors': [`${UI}select:x`, `${UI}select:y`] },
        { path: 'pods[].image', 'x-descriptors': [`${UI}text`] },
        { path: 'pods[].resources', 'x-descriptors': [`${UI}resourceRequirements`] },
        { path: 'tolerations' },
        { path: 'nodeSelector' },
      ],
    }),
  )
  expect(at(schema, 'mode')?.control?.options.map((option) => option.value)).toEqual(['x', 'y'])
  expect(at(schema, 'pods')?.control?.kind).toBe('rows')
  expect(at(schema, 'pods', null, 'image')?.control?.kind).toBe('text')
  expect(at(schema, 'pods', null, 'resources', 'limits', 'memory')).toBeDefined()
  expect(at(schema, 'tolerations', null, 'effect')?.values).toContain('NoExecute')
  expect(at(schema, 'nodeSelector', null, 'key')).toBeDefined()
  expect(at(schema, 'kept', 'deep', 'key')).toEqual({})
})
