import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { publishUpload } from './publish-upload.ts'
import { readerContext, staticPlatform } from './testing/static-platform.ts'

const ctx = readerContext(staticPlatform({}).platform)

async function* body(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk)
}

test('a file that is no package fails at the step that found it', async () => {
  const told: string[] = []
  const error = await publishUpload(ctx, {
    fileName: 'x.tgz',
    body: body('this is no gzip'),
    onSteps: (steps) => told.push(steps.map(({ state }) => state).join(' ')),
  }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'invalid',
    errors: [{ path: 'package', code: 'not-gzip' }],
    steps: [
      { name: 'receive' },
      { name: 'read', state: 'failed' },
      { name: 'push', state: 'pending' },
      { name: 'publish', state: 'pending' },
    ],
  })
  expect(told[0]).toBe('running pending pending pending')
  expect(told.at(-1)).toMatch(/^(done|skipped) failed pending pending$/)
})

test('a file that is too large says so', async () => {
  async function* huge(): AsyncGenerator<Uint8Array> {
    yield gzipSync(randomBytes(4000))
  }
  await expect(publishUpload(ctx, { fileName: 'x.tgz', body: huge() })).rejects.toMatchObject({
    code: 'too-large',
    errors: [{ code: 'too-large' }],
    steps: [{}, { state: 'failed' }, {}, {}],
  })
})

test('what the connection throws passes as it is', async () => {
  const gone = new Error('gone away')
  async function* cut(): AsyncGenerator<Uint8Array> {
    yield Buffer.from([0x1f, 0x8b])
    throw gone
  }
  await expect(publishUpload(ctx, { fileName: 'x.tgz', body: cut() })).rejects.toBe(gone)
})
