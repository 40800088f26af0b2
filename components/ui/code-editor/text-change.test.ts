import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { textChange } from './text-change.ts'

test('only the part that differs is replaced', () => {
  expect(textChange('a: 1\nb: 2\n', 'a: 1\nb: 33\n')).toEqual({ from: 8, to: 9, insert: '33' })
  expect(textChange('aa', 'aaa')).toEqual({ from: 2, to: 2, insert: 'a' })
  expect(textChange('same', 'same')).toBeNull()
})

test('the change leads from one text to the other', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const change = textChange(before, after)
      const text =
        change === null ? before : before.slice(0, change.from) + change.insert + before.slice(change.to)
      expect(text).toBe(after)
    }),
  )
})
