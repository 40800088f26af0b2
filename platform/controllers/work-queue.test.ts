import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { WorkQueue } from './work-queue.ts'

const never = (): void => undefined
const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 5 })

test('a key is worked on once at a time, and once more when it was added meanwhile', async () => {
  let running = 0
  let most = 0
  let runs = 0
  const queue = new WorkQueue({
    reconcile: async () => {
      running += 1
      most = Math.max(most, running)
      runs += 1
      await pause(10)
      running -= 1
      return undefined
    },
    onError: never,
  })
  queue.add('a')
  for (let index = 0; index < 20; index += 1) queue.add('a')
  await eventually(() => expect(runs).toBe(2))
  await pause(30)
  expect([runs, most]).toEqual([2, 1])
  await queue.stop()
})

test('different keys run side by side, up to the number of workers', async () => {
  let running = 0
  let most = 0
  const done: string[] = []
  const queue = new WorkQueue({
    workers: 3,
    reconcile: async (key) => {
      running += 1
      most = Math.max(most, running)
      await pause(5)
      running -= 1
      done.push(key)
      return undefined
    },
    onError: never,
  })
  for (const key of 'abcdefgh') queue.add(key)
  await eventually(() => expect(done).toHaveLength(8))
  expect(most).toBe(3)
  await queue.stop()
})

test('errors are tried again with growing pauses, and a success forgets them', async () => {
  const errors: unknown[] = []
  const times: number[] = []
  const queue = new WorkQueue({
    firstRetryMs: 10,
    reconcile: async () => {
      times.push(performance.now())
      if (times.length < 4) throw new Error(`try ${times.length}`)
      return undefined
    },
    onError: (key, error) => errors.push([key, (error as Error).message]),
  })
  queue.add('a')
  await eventually(() => expect(times).toHaveLength(4))
  expect(errors).toEqual([
    ['a', 'try 1'],
    ['a', 'try 2'],
    ['a', 'try 3'],
  ])
  // 10, 20 and 40 ms, less the jitter.
  expect(times[1]! - times[0]!).toBeGreaterThan(6)
  expect(times[3]! - times[2]!).toBeGreaterThan(28)
  await queue.stop()
})

test('a key comes back when its reconcile asks for it, sooner when it is added', async () => {
  let runs = 0
  const queue = new WorkQueue({
    reconcile: async () => {
      runs += 1
      return runs === 1 ? { againAfterMs: 15 } : { againAfterMs: 60_000 }
    },
    onError: never,
  })
  queue.add('a')
  await eventually(() => expect(runs).toBe(2))
  queue.add('a')
  await eventually(() => expect(runs).toBe(3))
  await queue.stop()
})

test('stop waits for what is in work and takes nothing more', async () => {
  let finished = false
  const queue = new WorkQueue({
    reconcile: async () => {
      await pause(20)
      finished = true
      return undefined
    },
    onError: never,
  })
  queue.add('a')
  queue.add('b')
  await queue.stop()
  expect(finished).toBe(true)
  finished = false
  queue.add('c')
  await pause(30)
  expect(finished).toBe(false)
})

test('a group that hangs keeps its own workers, and the others go on in turn', async () => {
  const release = Promise.withResolvers<undefined>()
  const begun: string[] = []
  const queue = new WorkQueue({
    workers: 6,
    groupOf: (key) => key.slice(0, 1),
    workersPerGroup: 2,
    reconcile: async (key) => {
      begun.push(key)
      if (key.startsWith('x')) await release.promise
      else await pause(1)
      return undefined
    },
    onError: never,
  })
  for (let index = 0; index < 50; index += 1) queue.add(`x${index}`)
  for (let index = 0; index < 10; index += 1) for (const group of 'abc') queue.add(`${group}${index}`)
  await eventually(() => expect(begun.filter((key) => !key.startsWith('x'))).toHaveLength(30))
  expect(begun.filter((key) => key.startsWith('x'))).toEqual(['x0', 'x1'])
  // Nobody's tenth comes before everybody's fifth.
  const last = (text: string): number => begun.indexOf(text)
  for (const group of 'abc')
    for (const other of 'abc') expect(last(`${group}4`)).toBeLessThan(last(`${other}9`))
  // What hangs and is asked for again waits for itself, and is done once more afterwards.
  queue.add('x0')
  release.resolve(undefined)
  await eventually(() => expect(begun.filter((key) => key.startsWith('x'))).toHaveLength(51))
  await queue.stop()
})
