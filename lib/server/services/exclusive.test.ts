import { expect, test } from 'vitest'
import { createExclusive } from './exclusive.ts'

test('work of one key runs in order, one at a time, failures or not; other keys run at once', async () => {
  const exclusive = createExclusive()
  const told: string[] = []
  const gate = Promise.withResolvers<undefined>()
  const first = exclusive('a', async () => {
    told.push('first in')
    await gate.promise
    told.push('first out')
    throw new Error('broken')
  })
  const second = exclusive('a', async () => {
    told.push('second')
    return 2
  })
  await exclusive('b', async () => told.push('other'))
  expect(told).toEqual(['first in', 'other'])
  gate.resolve(undefined)
  await expect(first).rejects.toThrow('broken')
  expect(await second).toBe(2)
  expect(told).toEqual(['first in', 'other', 'first out', 'second'])
  expect(await exclusive('a', async () => 3)).toBe(3)
})
