import { expect, test } from 'vitest'
import { NetworkError, ProblemError } from '#lib/browser/problem-error.ts'
import type { UploadResult, UploadStep } from '#lib/contract/package.ts'
import type { Problem } from '#lib/contract/problem.ts'
import { UploadQueue } from './upload-queue.ts'

interface Sent {
  file: File
  progress: (sent: number) => void
  succeed: (result: Partial<UploadResult>) => void
  fail: (error: Error) => void
}

function setUp() {
  const sent: Sent[] = []
  let ids = 0
  const queue = new UploadQueue({
    newId: () => `u${++ids}`,
    now: () => 0,
    send: (file, _id, progress) => {
      const { promise, resolve, reject } = Promise.withResolvers<UploadResult>()
      const succeed = (result: Partial<UploadResult>) => {
        resolve({ steps: [], warnings: [], ...result } as UploadResult)
      }
      sent.push({ file, progress, succeed, fail: reject })
      return {
        result: promise,
        cancel: () => {
          reject(new DOMException('cancelled', 'AbortError'))
        },
      }
    },
  })
  const states = () => queue.uploads().map((upload) => upload.state)
  const settle = () => new Promise(setImmediate)
  return { queue, sent, states, settle }
}

const file = (name: string, size = 10) => new File(['x'.repeat(size)], name)

test('files go one after another, and what is done stays listed', async () => {
  const { queue, sent, states, settle } = setUp()
  queue.add([file('a.tgz'), file('b.tgz')], 100)
  expect(states()).toEqual(['sending', 'waiting'])
  sent[0]?.progress(5)
  expect(queue.uploads()[0]?.sent).toBe(5)
  sent[0]?.progress(10)
  expect(states()).toEqual(['working', 'waiting'])
  sent[0]?.succeed({ plugin: 'a', version: 'v1' })
  await settle()
  expect(states()).toEqual(['done', 'sending'])
  expect(queue.uploads()[0]?.result?.plugin).toBe('a')
  expect(sent).toHaveLength(2)
})

test('a refusal keeps its steps and lets the next one go; it can be tried again', async () => {
  const { queue, sent, states, settle } = setUp()
  const steps: UploadStep[] = [{ name: 'read', state: 'failed', detail: 'not gzip' }]
  queue.add([file('a.tgz'), file('b.tgz')], null)
  sent[0]?.fail(new ProblemError({ code: 'invalid', title: '', detail: 'not gzip', steps } as Problem))
  await settle()
  expect(states()).toEqual(['failed', 'sending'])
  expect(queue.uploads()[0]?.steps).toEqual(steps)
  sent[1]?.fail(new NetworkError('gone'))
  await settle()
  queue.retry('u1')
  expect(queue.uploads().map((upload) => [upload.file.name, upload.state])).toEqual([
    ['b.tgz', 'failed'],
    ['a.tgz', 'sending'],
  ])
})

test('what can’t be a package is never sent', () => {
  const { queue, sent, states } = setUp()
  queue.add([file('a.zip'), file('b.tgz', 0), file('c.tgz', 200), file('d.tar.gz')], 100)
  expect(queue.uploads().map((upload) => upload.fault)).toEqual(['not-package', 'empty', 'too-large', null])
  expect(states()).toEqual(['failed', 'failed', 'failed', 'sending'])
  expect(sent.map((one) => one.file.name)).toEqual(['d.tar.gz'])
})

test('cancelled while waiting is never sent, cancelled while sent ends', async () => {
  const { queue, sent, states, settle } = setUp()
  queue.add([file('a.tgz'), file('b.tgz'), file('c.tgz')], null)
  queue.cancel('u2')
  expect(states()).toEqual(['sending', 'cancelled', 'waiting'])
  queue.cancel('u1')
  await settle()
  expect(states()).toEqual(['cancelled', 'cancelled', 'sending'])
  expect(sent.map((one) => one.file.name)).toEqual(['a.tgz', 'c.tgz'])
  queue.remove('u3')
  queue.clearFinished()
  expect(states()).toEqual(['sending'])
})

test('steps told meanwhile are shown; those that come late change nothing', async () => {
  const { queue, sent, settle } = setUp()
  queue.add([file('a.tgz')], null)
  const running: UploadStep[] = [{ name: 'push', state: 'running', detail: '1 of 3' }]
  queue.tell('u1', running)
  expect(queue.uploads()[0]?.steps).toEqual(running)
  sent[0]?.succeed({ steps: [{ name: 'push', state: 'done', detail: '' }] })
  await settle()
  queue.tell('u1', running)
  expect(queue.uploads()[0]?.steps[0]?.state).toBe('done')
})
