import { expect, test } from 'vitest'
import { parsePath } from './form-path.ts'
import { locateInYaml } from './yaml-location.ts'
import { readYaml } from './yaml-reader.ts'

const TEXT = `# top
storage:
  type: "LocalVolume"   # why
  empty:
  script: |
    one
    two
rows:
  - key: a
  - key: b
    flow: {x: [1, 2]}
shared: &s {v: 1}
again: *s
`

function at(path: string): string {
  const reading = readYaml(TEXT)
  if ('faults' in reading) throw new Error('no YAML')
  const { from, to } = locateInYaml(reading, parsePath(path) ?? [])
  return TEXT.slice(from, to)
}

test.each([
  ['storage.type', '"LocalVolume"'],
  ['storage.empty', 'empty'],
  ['storage.script', '|'],
  ['storage', 'storage'],
  ['storage.missing.deeper', 'storage'],
  ['rows', 'rows'],
  ['rows[1]', 'key: b'],
  ['rows[1].key', 'b'],
  ['rows[1].flow.x[1]', '2'],
  ['rows[1].flow', '{x: [1, 2]}'],
  ['rows[7].key', 'rows'],
  ['rows.word', 'rows'],
  ['shared.v', '1'],
  ['again.v', '1'],
  ['missing', ''],
  ['', ''],
])('%s stands at %j', (path, expected) => {
  expect(at(path)).toBe(expected)
})

test('in an empty text everything is at its beginning', () => {
  const reading = readYaml('')
  expect('faults' in reading ? null : locateInYaml(reading, ['a'])).toEqual({ from: 0, to: 0 })
})
