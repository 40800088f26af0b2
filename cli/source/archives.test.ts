import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { blobOf, imageOf, indexOf, ociLayout } from '#lib/packages/testing/oci-blobs.ts'
import { tarEntries, type TestEntry } from '#lib/packages/testing/pack-entries.ts'
import { Terminal } from '../terminal.ts'
import { fillFolder } from './fill-folder.ts'
import { openArtifact } from './open-artifact.ts'
import { WorkFolder } from './work-folder.ts'

const AMD = { os: 'linux', architecture: 'amd64' }
const ARM = { os: 'linux', architecture: 'arm64', variant: 'v8' }
const { signal } = new AbortController()

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'archives-'))
  await writeFile(
    join(dir, 'plugin.yaml'),
    'apiVersion: cluster.alauda.io/v1alpha1\nkind: ModulePlugin\nmetadata: {name: demo}\nspec: {name: demo, version: v1.0.0, logo: "", description: {en: Demo}}\n',
  )
})
afterEach(() => rm(dir, { recursive: true }))

async function writeEntries(entries: readonly TestEntry[]): Promise<void> {
  for (const [path, content = ''] of entries) {
    const file = join(dir, typeof path === 'string' ? path : path.name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}

/** Puts one source into a package's folder. @returns digests by path below the registry's root */
async function fill(source: string, platforms: readonly string[] = []): Promise<WorkFolder> {
  const folder = new WorkFolder(join(dir, 'package'))
  const streams = { stdout: new PassThrough(), stderr: new PassThrough(), stdin: new PassThrough() }
  const opened = [await openArtifact(source, { workDir: dir, signal, openReference: () => undefined })]
  const modulePlugin = join(dir, 'plugin.yaml')
  await fillFolder({ opened, folder, modulePlugin, platforms, terminal: new Terminal(streams), signal })
  return folder
}

const ROOT = 'package/res/registry/docker/registry/v2'
const taggedDigest = (repository: string, tag: string) =>
  readFile(join(dir, ROOT, `repositories/${repository}/_manifests/tags/${tag}/current/link`), 'utf8')
const blob = (digest: string) => {
  const hex = digest.slice('sha256:'.length)
  return readFile(join(dir, ROOT, 'blobs/sha256', hex.slice(0, 2), hex, 'data'))
}

describe('an OCI image layout', () => {
  const both = indexOf([
    { image: imageOf('amd', AMD), ...AMD },
    { image: imageOf('arm', ARM), ...ARM },
  ])

  test('is taken byte for byte when all of it is wanted', async () => {
    await writeEntries(ociLayout('image', [['registry.example:5000/ait/one:v1', both]]))
    const folder = await fill(join(dir, 'image'))
    expect(folder.artifacts).toEqual([{ repository: 'ait/one', tag: 'v1' }])
    expect(await taggedDigest('ait/one', 'v1')).toBe(both.manifest.digest)
    expect(await blob(both.manifest.digest)).toEqual(both.manifest.bytes)
  })

  test('is narrowed to the platforms that are wanted, with nothing else beside them', async () => {
    await writeEntries(ociLayout('image', [['ait/one:v1', both]]))
    await fill(join(dir, 'image'), ['linux/arm64'])
    const digest = await taggedDigest('ait/one', 'v1')
    const index = JSON.parse(String(await blob(digest))) as { manifests: { platform: object }[] }
    expect(index.manifests.map(({ platform }) => platform)).toEqual([{ os: 'linux', architecture: 'arm64' }])
    const shards = await readdir(join(dir, ROOT, 'blobs/sha256'), { recursive: true })
    // The index, and configuration, layer and manifest of one image.
    expect(shards.filter((path) => path.endsWith('data'))).toHaveLength(4)
  })

  test('needs a name where it has none, and takes the one that it is given', async () => {
    await writeEntries(ociLayout('image', [['v1', imageOf('x', AMD)]]))
    await expect(fill(join(dir, 'image'))).rejects.toThrow('has no name')
    const folder = await fill(`a/b:v2=${join(dir, 'image')}`)
    expect(folder.artifacts).toEqual([{ repository: 'a/b', tag: 'v2' }])
  })

  test('is left as soon as a blob grows beyond what its manifest says', async () => {
    const layer = blobOf('larger')
    const manifest = blobOf({ layers: [{ digest: layer.digest, mediaType: 'x', size: 3 }] })
    await writeEntries(ociLayout('image', [['ait/one:v1', { manifest, blobs: [layer, manifest] }]]))
    await expect(fill(join(dir, 'image'))).rejects.toThrow(
      `${layer.digest} is larger than its manifest says (3`,
    )
  })

  test.each([
    ['is no JSON', 'nonsense', 'is not JSON'],
    ['holds nothing', '{}', 'holds no image'],
    ['leads outside', '{"manifests":[{"digest":"sha256:../../../etc/passwd"}]}', 'holds no image'],
    [
      'names what is not there',
      `{"manifests":[{"digest":"sha256:${'0'.repeat(64)}","annotations":{"org.opencontainers.image.ref.name":"a/b:v1"}}]}`,
      'ENOENT',
    ],
  ])('whose index %s is refused', async (_, index, message) => {
    await writeEntries([['image/index.json', index]])
    await expect(fill(join(dir, 'image'))).rejects.toThrow(message)
  })
})

describe('an archive of docker save', () => {
  const layer = blobOf('a layer')
  const config = blobOf({
    ...AMD,
    config: {},
    rootfs: { type: 'layers', diff_ids: [layer.digest, layer.digest] },
  })
  const manifest = (more: object) =>
    JSON.stringify([
      { Config: 'config.json', RepoTags: ['ait/old:v1'], Layers: ['a/layer.tar', 'b/layer.tar'], ...more },
    ])
  const entries = (more: object = {}): TestEntry[] => [
    ['config.json', config.bytes],
    ['a/layer.tar', layer.bytes],
    [{ name: 'b/layer.tar', type: 'symlink', linkname: '../a/layer.tar' }],
    ['manifest.json', manifest(more)],
  ]
  const save = async (content: readonly TestEntry[], isGzip = false) => {
    const tar = await tarEntries(content)
    await writeFile(join(dir, 'saved.tar'), isGzip ? gzipSync(tar) : tar)
    return fill(join(dir, 'saved.tar'))
  }

  test.each([false, true])(
    'of the old kind, a layer that occurs twice being a link (gzipped: %s)',
    async (isGzip) => {
      const folder = await save(entries(), isGzip)
      expect(folder.artifacts).toEqual([{ repository: 'ait/old', tag: 'v1' }])
      const made = await blob(await taggedDigest('ait/old', 'v1'))
      expect(JSON.parse(String(made))).toMatchObject({
        config: { digest: config.digest },
        layers: [{ digest: layer.digest }, { digest: layer.digest }],
      })
      expect(
        createHash('sha256')
          .update(await blob(layer.digest))
          .digest('hex'),
      ).toBe(layer.hex)
    },
  )

  test.each<[string, TestEntry[]]>([
    ['an entry outside', [['../../outside', 'x'], ...entries()]],
    ['an absolute entry', [['/etc/outside', 'x'], ...entries()]],
    [
      'a link outside',
      [...entries({ Layers: ['c'] }), [{ name: 'c', type: 'symlink', linkname: '../../../etc/passwd' }]],
    ],
    ['a layer outside', entries({ Layers: ['../../../etc/passwd'] })],
    ['an absolute layer', entries({ Layers: ['/etc/passwd'] })],
    ['a layer that is not there', entries({ Layers: ['nothing'] })],
    ['an entry twice', [['config.json', 'x'], ...entries()]],
    ['a damaged manifest', entries({ Config: 7 })],
  ])('with %s is refused', async (_, content) => {
    await expect(save(content)).rejects.toThrow()
    expect(await readdir(dirname(dir))).not.toContain('outside')
  })
})
