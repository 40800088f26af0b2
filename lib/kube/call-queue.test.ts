import { expect, test } from 'vitest'
import { createCallQueue } from './call-queue.ts'

const never = new AbortController().signal

test('lets calls in as others leave, in their order', async () => {
  const queue = createCallQueue(2, 10)
  const order: number[] = []
  const enter = async (number: number) => {
    const leave = await queue.enter(never)
    order.push(number)
    return leave
  }
  const calls = [1, 2, 3, 4].map(enter)
  const [first, second] = await Promise.all(calls.slice(0, 2))
  expect(order).toEqual([1, 2])
  first?.()
  first?.()
  await calls[2]
  expect(order).toEqual([1, 2, 3])
  second?.()
  await calls[3]
  expect(order).toEqual([1, 2, 3, 4])
})

test('refuses at once what finds the queue full', async () => {
  const queue = createCallQueue(1, 1)
  const leave = await queue.enter(never)
  const waiting = queue.enter(never)
  await expect(queue.enter(never)).rejects.toMatchObject({
    name: 'UnavailableError',
    code: 503,
    reason: 'QueueFull',
  })
  leave()
  await waiting
})

test('who gives up makes room, and takes no turn', async () => {
  const queue = createCallQueue(1, 1)
  const leave = await queue.enter(never)
  const impatient = new AbortController()
  const waiting = queue.enter(impatient.signal)
  impatient.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  const next = queue.enter(never)
  leave()
  await next
  await expect(queue.enter(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
})
