import { expect, test, vi } from 'vitest'
import { ConflictError, KubeError, NotFoundError } from './kube-error.ts'

test('an error of another copy of the module is still an instance', async () => {
  vi.resetModules()
  const copy = await import('./kube-error.ts')
  expect(copy.NotFoundError).not.toBe(NotFoundError)
  const error = new copy.NotFoundError('gone', { code: 404, reason: 'NotFound' })
  expect(error instanceof NotFoundError).toBe(true)
  expect(error instanceof KubeError).toBe(true)
  expect(error instanceof ConflictError).toBe(false)
})

test('nothing else passes for one', () => {
  const pretender = Object.assign(new Error('gone'), { name: 'NotFoundError' })
  for (const value of [pretender, { name: 'NotFoundError' }, null, 'NotFoundError', undefined])
    expect((value as unknown) instanceof NotFoundError).toBe(false)
  const base = new KubeError('x', { code: 418, reason: 'Teapot' })
  expect(base instanceof NotFoundError).toBe(false)
  expect(base).toMatchObject({ name: 'KubeError', code: 418, reason: 'Teapot', causes: [], message: 'x' })
})
