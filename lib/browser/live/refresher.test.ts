import { expect, test } from 'vitest'
import { Refresher } from './refresher.ts'

function reads() {
  const started: string[] = []
  const ends: (() => void)[] = []
  const refresher = new Refresher(([key]) => {
    started.push(String(key))
    return new Promise((resolve) => ends.push(resolve))
  })
  const endAll = async () => {
    for (const end of ends.splice(0)) end()
    await new Promise(setImmediate)
  }
  return { refresher, started, endAll }
}

test('a change is read at once, with everything that it may touch', () => {
  const { refresher, started } = reads()
  refresher.changed(['plugins'])
  expect(started).toEqual(['plugins', 'clusters'])
})

test('what only touches clusters reads no plugins', () => {
  const { refresher, started } = reads()
  refresher.changed(['clusters'])
  expect(started).toEqual(['clusters'])
})

test('a hundred changes during a read are one more read', async () => {
  const { refresher, started, endAll } = reads()
  for (let index = 0; index < 100; index++) refresher.changed(['packages'])
  expect(started).toEqual(['packages'])
  await endAll()
  expect(started).toEqual(['packages', 'packages'])
  await endAll()
  expect(started).toHaveLength(2)
})

test('an unknown topic and a reset read everything', () => {
  const { refresher, started } = reads()
  refresher.changed(['weather' as never])
  expect(started.toSorted()).toEqual(['clusters', 'packages', 'plugins', 'session'])
})

test('all that had changed is read when it says so, however much changes later', async () => {
  const { refresher, started, endAll } = reads()
  refresher.changed(['packages'])
  refresher.changed(['packages'])
  let isRead = false
  const read = refresher.whenRead().then(() => (isRead = true))
  await endAll()
  expect(isRead).toBe(false)
  expect(started).toHaveLength(2)
  refresher.changed(['packages'])
  await endAll()
  await read
  expect(started).toHaveLength(3)
})

test('with nothing to read it is read at once', async () => {
  await reads().refresher.whenRead()
})
