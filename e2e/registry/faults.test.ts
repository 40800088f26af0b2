import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startRegistryProxy, type RegistryProxy } from '#e2e/support/registry-proxy.ts'
import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { pushArtifacts, type PushInput, type PushProgress } from '#lib/packages/registry/push-artifacts.ts'
import { parseRegistryAddress } from '#lib/packages/registry/registry-target.ts'
import { ociPackage, twoPlatforms } from './made-packages.ts'
import { readInto, type ReadIn } from './read-into.ts'

const MIB = 1024 * 1024
const RETRY = { attempts: 5, baseMs: 5, capMs: 20 }
const UPLOADS = /\/blobs\/uploads\//

let registry: RunningRegistry
let proxy: RegistryProxy
let read: ReadIn
let round = 0
beforeAll(async () => {
  registry = await startRegistry({ tls: false })
  read = await readInto(await ociPackage({ 'ait/one:v1': twoPlatforms('faults', 3 * MIB) }))
})
afterAll(async () => {
  await registry.stop()
  await read[Symbol.asyncDispose]()
})
beforeEach(async () => {
  proxy = await startRegistryProxy(registry.host)
  round += 1
})
afterEach(() => proxy.stop())

const prefix = () => `round${round}`
function push(more: Partial<PushInput> = {}) {
  return pushArtifacts({
    contents: read.contents,
    blobsDir: read.dir,
    target: { ...parseRegistryAddress(proxy.host, { isPlain: true }), prefix: prefix() },
    client: { retry: RETRY },
    chunkBytes: MIB,
    parallel: 1,
    ...more,
  })
}
async function expectWhole() {
  const pulled = await pullWithSkopeo(registry, `${prefix()}/ait/one:v1`)
  expect(pulled.digest).toBe(read.contents.artifacts[0]?.digest)
  expect(pulled.blobs).toHaveLength(read.contents.blobs.count)
}
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: { code?: string; name: string }) => error.code ?? error.name,
  )

describe('a push goes on', () => {
  test.each([1, 70_000, MIB - 1, 2 * MIB])('after a cut, %i bytes into a chunk', async (afterBytes) => {
    const progress: PushProgress[] = []
    proxy.inject({ kind: 'cut', afterBytes }, 'PATCH', UPLOADS, 2)
    await push({ chunkBytes: 2 * MIB + 1, onProgress: (step) => progress.push(step) })
    await expectWhole()
    const last = progress.at(-1)
    expect(last?.totalSentBytes).toBe(last?.totalBytes)
    expect(proxy.seen.filter(({ method, url }) => method === 'GET' && UPLOADS.test(url))).toHaveLength(2)
  })

  test('from the chunk that was not taken, when the connection breaks before it', async () => {
    proxy.inject({ kind: 'pass' }, 'PATCH', UPLOADS)
    proxy.inject({ kind: 'drop' }, 'PATCH', UPLOADS, 2)
    await push()
    await expectWhole()
    const ranges = proxy.seen.filter(({ method }) => method === 'PATCH').map((one) => one.contentRange)
    // Three chunks for each of two layers, and the dropped ones again; none begins anew.
    expect(ranges.filter((range) => range === `0-${MIB - 1}`)).toHaveLength(2)
    expect(ranges.filter((range) => range === `${MIB}-${2 * MIB - 1}`)).toHaveLength(4)
  })

  test('after lost replies: of a chunk, of the end, of a manifest, of a tag', async () => {
    proxy.inject({ kind: 'lose-reply' }, 'PATCH', UPLOADS)
    proxy.inject({ kind: 'lose-reply' }, 'PUT', UPLOADS)
    proxy.inject({ kind: 'lose-reply' }, 'PUT', /\/manifests\/sha256:/)
    proxy.inject({ kind: 'lose-reply' }, 'PUT', /\/manifests\/v1/)
    proxy.inject({ kind: 'lose-reply' }, 'POST', UPLOADS)
    await push()
    await expectWhole()
  })

  test('after 429, 500, 502, 503 and an upload that the registry forgot', async () => {
    proxy.inject({ kind: 'status', status: 429, headers: { 'retry-after': '0' } }, 'HEAD', /./, 2)
    proxy.inject({ kind: 'status', status: 503 }, 'POST', UPLOADS, 2)
    proxy.inject({ kind: 'status', status: 500 }, 'PATCH', UPLOADS, 2)
    proxy.inject({ kind: 'status', status: 404 }, 'PATCH', UPLOADS)
    proxy.inject({ kind: 'status', status: 502 }, 'PUT', /\/manifests\//, 2)
    await push()
    await expectWhole()
  })

  test('where Location is relative', async () => {
    const relative = (location: string) => new URL(location).pathname + new URL(location).search
    proxy.inject({ kind: 'relocate', change: relative }, 'POST', UPLOADS, 99)
    proxy.inject({ kind: 'relocate', change: relative }, 'PATCH', UPLOADS, 99)
    await push()
    await expectWhole()
  })
})

test('what two repositories share is sent once and mounted in the other', async () => {
  const shared = twoPlatforms('shared', 10_000)
  await using two = await readInto(await ociPackage({ 'ait/one:v1': shared, 'ait/two:v1': shared }))
  await push({ contents: two.contents, blobsDir: two.dir })
  const uploads = proxy.seen.filter(({ method, url }) => method === 'POST' && UPLOADS.test(url))
  const mounts = uploads.filter(({ url }) => url.includes('mount=sha256'))
  // Two configurations and two layers, each sent to one repository and taken from there by the other.
  expect([uploads.length, mounts.length]).toEqual([8, 4])
  expect(proxy.seen.filter(({ method, url }) => method === 'PUT' && UPLOADS.test(url))).toHaveLength(4)
  for (const name of ['ait/one:v1', 'ait/two:v1']) {
    const { blobs } = await pullWithSkopeo(registry, `${prefix()}/${name}`)
    expect(blobs).toHaveLength(two.contents.blobs.count)
  }
})

describe('a push ends', () => {
  test('when the registry says no, at once', async () => {
    const body = '{"errors":[{"code":"DENIED","message":"quota of the team"}]}'
    proxy.inject({ kind: 'status', status: 403, body }, 'POST', UPLOADS, 99)
    await expect(push()).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
      message: expect.stringContaining('quota of the team') as string,
    })
    expect(proxy.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('when it goes on failing', async () => {
    proxy.inject({ kind: 'status', status: 503 }, 'PATCH', UPLOADS, 999)
    expect(await code(push())).toBe('unavailable')
  })

  test('when it is told to, in the middle', async () => {
    const ending = new AbortController()
    const reason = new Error('enough')
    const onProgress = ({ totalSentBytes }: PushProgress) => {
      if (totalSentBytes > 0) ending.abort(reason)
    }
    const pushing = push({ signal: ending.signal, onProgress })
    await expect(pushing).rejects.toBe(reason)
  })

  test('before anything is sent, when a tag stands with other content', async () => {
    await push()
    await using other = await readInto(await ociPackage({ 'ait/one:v1': twoPlatforms('other', 1000) }))
    const again = { contents: other.contents, blobsDir: other.dir }
    const sent = proxy.seen.length
    expect(await code(push(again))).toBe('tag-conflict')
    expect(proxy.seen.slice(sent).every(({ method }) => method === 'HEAD')).toBe(true)
    await push({ ...again, replace: true })
    const pulled = await pullWithSkopeo(registry, `${prefix()}/ait/one:v1`)
    expect(pulled.digest).toBe(other.contents.artifacts[0]?.digest)
  })

  test('when an artifact is neither in the package nor in the registry', async () => {
    const listed = [{ ...read.contents.artifacts[0]!, digest: null, tag: 'v9' }]
    expect(await code(push({ contents: { artifacts: listed } }))).toBe('artifact-absent')
  })

  test('when the address is nobody’s', async () => {
    await proxy.stop()
    expect(await code(push({ client: { retry: { ...RETRY, attempts: 2 } } }))).toBe('unreachable')
    proxy = await startRegistryProxy(registry.host)
  })
})

test('credentials go to the registry alone, wherever it leads', async () => {
  const elsewhere = await startRegistryProxy(registry.host)
  const user = { username: 'ann', password: 'secret word' }
  const target = {
    ...parseRegistryAddress(proxy.host, { isPlain: true, credentials: user }),
    prefix: prefix(),
  }
  proxy.inject(
    { kind: 'status', status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
    'HEAD',
    /./,
  )
  const lead = (location: string) => location.replace(proxy.host, elsewhere.host)
  proxy.inject({ kind: 'relocate', change: lead }, 'POST', UPLOADS, 99)
  await push({ target })
  await expectWhole()
  expect(elsewhere.seen.length).toBeGreaterThan(2)
  expect(elsewhere.seen.every(({ authorization }) => authorization === undefined)).toBe(true)
  expect(proxy.seen.slice(1).every(({ authorization }) => authorization?.startsWith('Basic ') === true)).toBe(
    true,
  )
  await elsewhere.stop()
})
