import { readdir } from 'node:fs/promises'
import { expect, test } from '#e2e/support/test.ts'
import { problemOf } from '#e2e/support/api.ts'
import { HOSTILE_PACKAGES } from '#e2e/support/hostile-packages.ts'

test.use({ instance: 'bad-input' })

for (const { title, code, bytes } of HOSTILE_PACKAGES)
  test(`a package with ${title} is refused, and nothing changes`, async ({
    request,
    baseURL,
    console: running,
    kubectl,
  }) => {
    const before = await kubectl(
      'get',
      'moduleplugins,moduleconfigs,artifacts,artifactversions',
      '-A',
      '-o',
      'name',
    )
    const files = await readdir(running.dataDir)
    const response = await request.post('/api/packages?filename=hostile.tgz', {
      headers: { origin: baseURL ?? '', 'content-type': 'application/gzip' },
      data: await bytes(),
    })
    expect([400, 413, 422]).toContain(response.status())
    const problem = await problemOf(response)
    expect(problem.errors?.[0]?.code).toBe(code)
    expect(problem.detail).not.toBe('')
    expect(problem.steps?.some(({ state }) => state === 'failed')).toBe(true)
    expect(
      await kubectl('get', 'moduleplugins,moduleconfigs,artifacts,artifactversions', '-A', '-o', 'name'),
    ).toBe(before)
    expect(await readdir(running.dataDir)).toEqual(files)
    expect((await request.get('/api/healthz')).status()).toBe(200)
  })
