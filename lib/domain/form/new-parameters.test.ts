import { expect, test } from 'vitest'
import { unmentionedDefaults } from './new-parameters.ts'

test('only what the configuration lacks is new', () => {
  const config = { a: { b: 1, gone: true }, list: [], off: null }
  const defaults = { a: { b: 2, c: 3 }, list: [1], off: { on: 1 }, d: { e: 4 } }
  expect(unmentionedDefaults(config, defaults)).toEqual({ a: { c: 3 }, d: { e: 4 } })
  expect(unmentionedDefaults(defaults, defaults)).toBeUndefined()
  expect(unmentionedDefaults({}, {})).toBeUndefined()
})
