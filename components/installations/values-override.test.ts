import { expect, test } from 'vitest'
import { readOverride } from './values-override.ts'

test('a map of charts to maps of values', () => {
  expect(readOverride('ait/chart-a:\n  global: {x: 1}\n')).toEqual({
    values: { 'ait/chart-a': { global: { x: 1 } } },
  })
  expect(readOverride('# nothing\n')).toEqual({ values: {} })
})

test('anything else is told with its place', () => {
  expect(readOverride('a: {}\nb: 1\nc: [x]\n')).toEqual({
    wrong: [
      { chart: 'b', range: { from: 9, to: 10 } },
      { chart: 'c', range: { from: 14, to: 17 } },
    ],
  })
  expect(readOverride('a: [')).toHaveProperty('faults')
  expect(readOverride('- a')).toHaveProperty('faults')
})
