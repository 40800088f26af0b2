import { expect, test } from 'vitest'
import { parseYaml } from './parse-yaml.ts'

test('values come out as they are written', () => {
  expect(parseYaml('a: 1\nb: {c: [x, null], d: &e yes, f: *e}\n"1": t\n', 20)).toEqual({
    a: 1,
    b: { c: ['x', null], d: 'yes', f: 'yes' },
    1: 't',
  })
  expect(parseYaml('', 20)).toBeNull()
})

test('a key twice in one map is told with its line; in two maps it is fine', () => {
  expect(() => parseYaml('a: 1\nb: 2\na: 3\n', 20)).toThrow('Map keys must be unique at line 3')
  expect(parseYaml('a: {k: 1}\nb: {k: 2}\n', 20)).toEqual({ a: { k: 1 }, b: { k: 2 } })
})

test('what is no YAML, and what unfolds too far, is refused', () => {
  expect(() => parseYaml('a: [1', 20)).toThrow()
  expect(() => parseYaml('a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]', 3)).toThrow(/alias/)
})

test('many keys take linear time, not minutes', { timeout: 10_000 }, () => {
  const text = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n')
  expect(Object.keys(parseYaml(text, 20) as object)).toHaveLength(60_000)
})
