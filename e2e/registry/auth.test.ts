import { expect, test } from 'vitest'
import { startRegistry } from '#e2e/support/start-registry.ts'
import { startTokenService } from '#e2e/support/token-service.ts'
import { pushArtifacts } from '#lib/packages/registry/push-artifacts.ts'
import type { RegistryError } from '#lib/packages/registry/registry-error.ts'
import { parseRegistryAddress } from '#lib/packages/registry/registry-target.ts'
import { ociPackage, twoPlatforms } from './made-packages.ts'
import { readInto } from './read-into.ts'

const USER = { name: 'admin', password: 'a secret: word' }
const LOGIN = { username: USER.name, password: USER.password }
const image = twoPlatforms('auth', 200_000)

async function failure(work: Promise<unknown>): Promise<RegistryError> {
  return work.then(
    () => expect.fail('it went through'),
    (error: RegistryError) => error,
  )
}

test('tokens are asked for by scope, kept while they last, and asked for again', async () => {
  const tokens = await startTokenService(USER, 60)
  const registry = await startRegistry({ config: { auth: tokens.auth } })
  await using read = await readInto(await ociPackage({ 'ait/one:v1': image, 'ait/two:v1': image }))
  const ca = `${registry.ca}\n${tokens.ca}`
  const target = parseRegistryAddress(registry.host, { ca, credentials: LOGIN })
  const push = (more: object) =>
    pushArtifacts({ contents: read.contents, blobsDir: read.dir, target: { ...target, ...more } })
  try {
    const { artifacts } = await push({})
    expect(artifacts.every(({ change }) => change === 'pushed')).toBe(true)
    // One for each repository, and one for each pair that a blob is mounted between.
    const scopes = tokens.asked.map((one) => one.scopes.join(' '))
    expect(scopes).toContain('repository:ait/one:pull,push')
    expect(
      scopes.some((scope) =>
        /two:pull,push repository:ait\/one:pull|one:pull,push repository:ait\/two:pull/.test(scope),
      ),
    ).toBe(true)
    expect(tokens.asked.length).toBeLessThan(8)
    expect(tokens.asked.every(({ service }) => service === 'registry of the tests')).toBe(true)

    const wrong = await failure(push({ credentials: { ...LOGIN, password: 'another word' } }))
    expect(wrong).toMatchObject({ code: 'unauthorized' })
    expect(JSON.stringify(wrong) + wrong.message + String(wrong.cause)).not.toContain('another word')
    expect(await failure(push({ credentials: null }))).toMatchObject({ code: 'unauthorized' })
    expect(await failure(push({ ca: null }))).toMatchObject({ code: 'certificate' })
  } finally {
    await registry.stop()
    await tokens.stop()
  }
})

test('tokens that last no time at all are renewed for each request', async () => {
  const tokens = await startTokenService(USER, 1)
  const registry = await startRegistry({ config: { auth: tokens.auth } })
  await using read = await readInto(await ociPackage({ 'ait/one:v1': image }))
  const ca = `${registry.ca}\n${tokens.ca}`
  const target = parseRegistryAddress(registry.host, { ca, credentials: LOGIN })
  try {
    const { artifacts } = await pushArtifacts({ contents: read.contents, blobsDir: read.dir, target })
    expect(artifacts[0]?.change).toBe('pushed')
  } finally {
    await registry.stop()
    await tokens.stop()
  }
})

test('a password that is wrong or missing is said, and not shown', async () => {
  const registry = await startRegistry({ user: USER })
  await using read = await readInto(await ociPackage({ 'ait/one:v1': image }))
  const target = parseRegistryAddress(registry.host, { ca: registry.ca })
  const push = (credentials: typeof LOGIN | null) =>
    pushArtifacts({ contents: read.contents, blobsDir: read.dir, target: { ...target, credentials } })
  try {
    for (const credentials of [null, { ...LOGIN, password: 'wrong' }])
      expect(await failure(push(credentials))).toMatchObject({ code: 'unauthorized', status: 401 })
    await push(LOGIN)
  } finally {
    await registry.stop()
  }
})
