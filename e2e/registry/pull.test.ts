import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startRegistryProxy, type RegistryProxy } from '#e2e/support/registry-proxy.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { pullBlob } from '#lib/packages/registry/pull-blob.ts'
import { pushArtifacts } from '#lib/packages/registry/push-artifacts.ts'
import { RegistryClient } from '#lib/packages/registry/registry-client.ts'
import { parseRegistryAddress } from '#lib/packages/registry/registry-target.ts'
import { compareArtifacts } from '#lib/packages/registry/compare-artifacts.ts'
import { ociPackage, twoPlatforms } from './made-packages.ts'
import { readInto } from './read-into.ts'

const MIB = 1024 * 1024
const RETRY = { attempts: 5, baseMs: 5, capMs: 20 }
const BLOBS = /\/blobs\/sha256:/

let registry: RunningRegistry
let proxy: RegistryProxy
let client: RegistryClient
let largest = ''
beforeAll(async () => {
  registry = await startRegistry({ tls: false })
  proxy = await startRegistryProxy(registry.host)
  const target = parseRegistryAddress(proxy.host, { isPlain: true })
  await using read = await readInto(await ociPackage({ 'ait/one:v1': twoPlatforms('pull', 3 * MIB) }))
  const { artifacts } = read.contents
  const compare = async () => (await compareArtifacts(artifacts, target)).map(({ change }) => change)
  expect(await compare()).toEqual(['pushed'])
  await pushArtifacts({ contents: read.contents, blobsDir: read.dir, target })
  expect(await compare()).toEqual(['unchanged'])
  client = new RegistryClient(target, { retry: RETRY })
  const index = JSON.parse(String(await client.getManifest('ait/one', 'v1'))) as {
    manifests: { digest: string }[]
  }
  const manifest = JSON.parse(
    String(await client.getManifest('ait/one', index.manifests[0]?.digest ?? '')),
  ) as {
    layers: { digest: string }[]
  }
  largest = manifest.layers[0]?.digest ?? ''
})
afterAll(async () => {
  await client.close()
  await proxy.stop()
  await registry.stop()
})
beforeEach(() => void proxy.seen.splice(0))

const pull = async (signal?: AbortSignal) => buffer(pullBlob(client, 'ait/one', largest, signal))
const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

test.each([1, 70_000, 2 * MIB])(
  'a connection that breaks after %i bytes is gone on with from there',
  async (afterBytes) => {
    proxy.inject({ kind: 'cut-answer', afterBytes }, 'GET', BLOBS, 2)
    const bytes = await pull()
    expect(digestOf(bytes)).toBe(largest)
    expect(proxy.seen.filter(({ url }) => BLOBS.test(url)).length).toBeGreaterThan(1)
  },
)

test('a registry that is busy for a moment is asked again', async () => {
  proxy.inject({ kind: 'status', status: 503 }, 'GET', BLOBS, 2)
  expect(digestOf(await pull())).toBe(largest)
})

test('what keeps breaking without a byte is given up', async () => {
  proxy.inject({ kind: 'drop' }, 'GET', BLOBS, 5)
  await expect(pull()).rejects.toMatchObject({ code: 'unreachable' })
})

test('a blob that is not there is said so, and a caller who gives up is obeyed', async () => {
  const missing = `sha256:${'0'.repeat(64)}`
  await expect(buffer(pullBlob(client, 'ait/one', missing))).rejects.toMatchObject({ code: 'not-found' })
  const reason = new Error('enough')
  await expect(pull(AbortSignal.abort(reason))).rejects.toBe(reason)
  expect(await client.getManifest('ait/one', 'v2')).toBeNull()
})
