import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { buildPackage } from '#lib/packages/build-package.ts'
import { pushArtifacts, type PushProgress } from '#lib/packages/registry/push-artifacts.ts'
import { parseRegistryAddress, type RegistryTarget } from '#lib/packages/registry/registry-target.ts'
import { imageOf, indexOf, ociLayout } from '#lib/packages/testing/oci-blobs.ts'
import { packEntries, pluginYaml } from '#lib/packages/testing/pack-entries.ts'
import { readInto } from './read-into.ts'

const EXAMPLES = resolve(import.meta.dirname, '../../examples')
const USER = { name: 'admin', password: 'päss:word & more' }
const AMD = { os: 'linux', architecture: 'amd64' }
const ARM = { os: 'linux', architecture: 'arm64' }

let registry: RunningRegistry
let target: RegistryTarget
beforeAll(async () => {
  registry = await startRegistry({ user: USER })
  target = parseRegistryAddress(registry.host, {
    ca: registry.ca,
    credentials: { username: USER.name, password: USER.password },
  })
})
afterAll(() => registry.stop())

async function ociPackage(content: string): Promise<Buffer> {
  const both = indexOf([
    { image: imageOf(`amd ${content}`, AMD), ...AMD },
    { image: imageOf(`arm ${content}`, ARM), ...ARM },
  ])
  return packEntries([
    ...ociLayout('res/registry', [
      ['ait/one:v1', both],
      ['ait/two:v1', both],
    ]),
    ['res/resources.yaml', pluginYaml()],
    ['res/artifacts.txt', 'ait/one:v1\nait/two:v1\n'],
  ])
}

describe('over TLS with a password', () => {
  test.each(globSync('*/v*', { cwd: EXAMPLES }))('the example %s comes back as it was', async (example) => {
    await using read = await readInto(await buildPackage(resolve(EXAMPLES, example)))
    const { artifacts } = read.contents
    const result = await pushArtifacts({ contents: read.contents, blobsDir: read.dir, target })
    expect(result.artifacts.map(({ change }) => change)).toEqual(artifacts.map(() => 'pushed'))
    for (const { repository, tag, digest } of artifacts) {
      const pulled = await pullWithSkopeo(registry, `${repository}:${tag}`, USER)
      expect(pulled.digest).toBe(digest)
      expect(pulled.blobs).toHaveLength(read.contents.blobs.count)
    }
    const again = await pushArtifacts({ contents: read.contents, blobsDir: read.dir, target })
    expect(again).toMatchObject({ sentBytes: 0, skippedBytes: 0 })
    expect(again.artifacts.every(({ change }) => change === 'unchanged')).toBe(true)
  })

  test('an index for two platforms in the OCI layout, in two repositories and below a prefix', async () => {
    await using read = await readInto(await ociPackage('x'.repeat(3_000_000)))
    const progress: PushProgress[] = []
    const result = await pushArtifacts({
      contents: read.contents,
      blobsDir: read.dir,
      target: { ...target, prefix: 'mirror/deep' },
      chunkBytes: 1_000_000,
      onProgress: (step) => progress.push(step),
    })
    for (const { repository, tag, digest } of result.artifacts) {
      const pulled = await pullWithSkopeo(registry, `mirror/deep/${repository}:${tag}`, USER)
      expect(pulled.digest).toBe(digest)
      expect(pulled.blobs).toHaveLength(read.contents.blobs.count)
    }
    const last = progress.at(-1)
    expect(last?.totalSentBytes).toBe(last?.totalBytes)
    expect(result.sentBytes).toBe(last?.totalBytes)
  })
})
