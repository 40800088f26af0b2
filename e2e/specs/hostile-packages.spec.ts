import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '#e2e/support/test.ts'
import { HOSTILE_PACKAGES } from '#e2e/support/hostile-packages.ts'
import { uploadPackage } from '#e2e/support/upload-package.ts'

test.use({ instance: 'bad-input' })

for (const { title, code, bytes } of HOSTILE_PACKAGES)
  test(`a package with ${title} is refused, and nothing changes`, async ({
    request,
    baseURL,
    console: running,
    kubectl,
  }) => {
    const objects = () =>
      kubectl('get', 'moduleplugins,moduleconfigs,artifacts,artifactversions', '-A', '-o', 'name')
    const before = await objects()
    const data = await bytes()
    const { id, state, steps } = await uploadPackage(request, baseURL ?? '', 'hostile.tgz', data)
    expect(state).toBe('refused')
    const failed = steps.find((step) => step.state === 'failed')
    expect(failed?.verdict?.code).toBe(code)
    expect(failed?.detail).not.toBe('')
    expect(await objects()).toBe(before)
    // Nothing of it is left but the record.
    expect(await readdir(join(running.dataDir, 'uploads', id))).toEqual(['record.json'])
    expect((await request.get('/api/healthz')).status()).toBe(200)
  })
