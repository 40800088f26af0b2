import { warningText } from './package-warning.ts'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { PackageContents } from './package-contents.ts'
import { PackageError } from './package-error.ts'
import { readPackage } from './read-package.ts'
import { relatedImages } from './related-images.ts'
import { blobOf, imageOf, indexOf, layoutBlobs, ociLayout } from './testing/oci-blobs.ts'
import { packEntries, pluginYaml, type TestEntry } from './testing/pack-entries.ts'

const AMD = { os: 'linux', architecture: 'amd64' }
const ARM = { os: 'linux', architecture: 'arm64' }
const amd = imageOf('amd', AMD)
const arm = imageOf('arm', ARM)
const both = indexOf([
  { image: amd, ...AMD },
  { image: arm, ...ARM },
])

async function read(
  artifacts: string,
  entries: readonly TestEntry[],
): Promise<Omit<PackageContents, 'warnings'> & { warnings: string[] }> {
  const bytes = await packEntries([
    ...entries,
    ['res/resources.yaml', pluginYaml()],
    ['res/artifacts.txt', artifacts],
  ])
  const contents = await readPackage(Readable.from([bytes]))
  const warnings = contents.warnings.filter(({ code }) => code !== 'no-logo').map(warningText)
  return { ...contents, warnings }
}

async function refusal(artifacts: string, entries: readonly TestEntry[]): Promise<string> {
  try {
    await read(artifacts, entries)
    return 'fine'
  } catch (error) {
    if (error instanceof PackageError) return `${error.code}: ${error.message}`
    throw error
  }
}

function registryTag(name: string, tag: string, digest: string): TestEntry {
  return [`res/registry/docker/registry/v2/repositories/${name}/_manifests/tags/${tag}/current/link`, digest]
}

describe('an OCI image layout', () => {
  test('one for all artifacts, named whole or by tag', async () => {
    const { layout, artifacts, warnings, blobs } = await read(
      'ait/one:v1\nait/two:v2\n',
      ociLayout('res/registry', [
        ['ait/one:v1', both],
        ['v2', amd],
      ]),
    )
    expect({ layout, warnings }).toEqual({ layout: 'oci', warnings: [] })
    expect(artifacts).toEqual([
      expect.objectContaining({
        digest: both.manifest.digest,
        type: 'image',
        platforms: ['linux/amd64', 'linux/arm64'],
        bytes: both.blobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
      }),
      expect.objectContaining({ digest: amd.manifest.digest, platforms: ['linux/amd64'] }),
    ])
    expect(blobs.count).toBe(both.blobs.length)
  })

  test('one for each repository, with a tag or without a name', async () => {
    const { artifacts, warnings } = await read('ait/one:v1\nait/two:v1\n', [
      ...ociLayout('res/registry/ait/one', [['v1', amd]]),
      ...ociLayout('res/registry/ait/two', [['', arm]]),
    ])
    expect(artifacts.map(({ digest }) => digest)).toEqual([amd.manifest.digest, arm.manifest.digest])
    expect(warnings).toEqual([])
  })

  test('named with the registry that they came from', async () => {
    const { artifacts, warnings } = await read('ait/one:v1\nquay.io/ait/two:v1\n', [
      ...ociLayout('res/registry', [
        ['registry.example:5000/ait/one:v1', amd],
        ['quay.io/ait/two:v1', arm],
      ]),
    ])
    expect(artifacts.map(({ digest }) => digest)).toEqual([amd.manifest.digest, arm.manifest.digest])
    expect(warnings).toEqual([])
  })

  test('blobs that two repositories share are told, not refused', async () => {
    const { warnings } = await read('ait/one:v1\nait/two:v1\n', [
      ...ociLayout('res/registry/ait/one', [['v1', amd]]),
      ...ociLayout('res/registry/ait/two', [['v1', amd]]),
    ])
    expect(warnings.join()).toMatch(/^Held more than once: sha256:/)
  })

  test.each<[string, string, TestEntry[], RegExp]>([
    [
      'a tag that two artifacts have',
      'ait/one:v1\nait/two:v1\n',
      ociLayout('res/registry', [['v1', amd]]),
      /^artifact-ambiguous: 'v1' could be ait\/one:v1 or ait\/two:v1/,
    ],
    [
      'a tag that no artifact has',
      'ait/one:v1\n',
      ociLayout('res/registry', [['v9', amd]]),
      /^artifact-ambiguous: 'v9' is none/,
    ],
    [
      'no name where more than one could be meant',
      'ait/one:v1\nait/one:v2\n',
      ociLayout('res/registry/ait/one', [['', amd]]),
      /^artifact-ambiguous/,
    ],
    [
      'one name for two contents',
      'ait/one:v1\n',
      ociLayout('res/registry', [
        ['ait/one:v1', amd],
        ['ait/one:v1', arm],
      ]),
      /^artifact-ambiguous: The package holds ait\/one:v1 with two/,
    ],
    [
      'one name on two registries',
      'ait/one:v1\n',
      ociLayout('res/registry', [
        ['a.example/ait/one:v1', amd],
        ['b.example/ait/one:v1', arm],
      ]),
      /^artifact-ambiguous: The package holds ait\/one:v1 with two/,
    ],
    [
      'a name that is hostile',
      'ait/one:v1\n',
      ociLayout('res/registry', [['../../__proto__:x', amd]]),
      /^artifact-ambiguous/,
    ],
    ['an index that is no JSON', '', [['res/registry/index.json', '{']], /^artifact-incomplete/],
    ['an index that is none', '', [['res/registry/index.json', '[]']], /^artifact-incomplete/],
    [
      'an index without digests',
      '',
      [['res/registry/index.json', '{"manifests":[{"digest":"sha1:x"}]}']],
      /^artifact-incomplete/,
    ],
    [
      'a blob that is not its digest',
      '',
      [[`res/registry/blobs/sha256/${'0'.repeat(64)}`, 'x']],
      /^digest-mismatch/,
    ],
  ])('%s is refused', async (_name, artifacts, entries, expected) => {
    expect(await refusal(artifacts, entries)).toMatch(expected)
  })
})

describe('either layout', () => {
  const without = (digest: string) =>
    ociLayout('res/registry', [['ait/one:v1', both]]).filter(
      ([path]) => typeof path !== 'string' || !path.endsWith(digest.slice('sha256:'.length)),
    )

  test('a missing blob is named, wherever it is missing', async () => {
    for (const { digest } of both.blobs.slice(0, -1))
      expect(await refusal('ait/one:v1', without(digest))).toMatch(
        new RegExp(`^artifact-incomplete: .*${digest}`),
      )
    expect(await refusal('ait/one:v1', without(both.manifest.digest))).toMatch(/^artifact-incomplete/)
  })

  test('a size that is not the blob’s is refused', async () => {
    const layer = blobOf('layer')
    const manifest = blobOf({ config: null, layers: [{ digest: layer.digest, mediaType: 'x', size: 4 }] })
    const image = { manifest, blobs: [layer, manifest] }
    expect(await refusal('a:v1', ociLayout('res/registry', [['a:v1', image]]))).toMatch(
      /^artifact-incomplete: .*4 bytes; the package has 5/,
    )
  })

  test('what is held without use, or not listed, is told', async () => {
    const { warnings } = await read('', [
      ...ociLayout('res/registry', [['ait/one:v1', amd]]),
      ...layoutBlobs('res/registry', [arm]).slice(0, 1),
    ])
    expect(warnings).toEqual([
      'In the package, but not listed in res/artifacts.txt: ait/one:v1',
      expect.stringMatching(/^Held, but part of no artifact: sha256:/),
    ])
  })

  test('the two layouts beside each other must agree', async () => {
    const oci = ociLayout('res/registry', [['ait/one:v1', amd]])
    expect(await refusal('ait/one:v1', [...oci, registryTag('ait/one', 'v1', amd.manifest.digest)])).toBe(
      'fine',
    )
    expect(await refusal('ait/one:v1', [...oci, registryTag('ait/one', 'v1', arm.manifest.digest)])).toMatch(
      /^artifact-ambiguous/,
    )
  })

  test('indexes inside indexes end somewhere', async () => {
    const layer = blobOf('layer')
    const leaf = imageOf('leaf', AMD)
    let image = indexOf([{ image: leaf, ...AMD }])
    for (let depth = 0; depth < 10; depth++) image = indexOf([{ image, ...AMD }])
    const entries = ociLayout('res/registry', [['ait/one:v1', { ...image, blobs: [...image.blobs, layer] }]])
    expect(await refusal('ait/one:v1', entries)).toBe('fine')
  })
})

test('images that the main chart lists', () => {
  expect(
    relatedImages(
      'global:\n  images:\n    a: {repository: ait/a, tag: v1, support_arm: true}\n    b: {repository: ait/b, tag: 2, thirdparty: true}\n    c: nonsense\n',
    ),
  ).toEqual([
    { name: 'a', repository: 'ait/a', tag: 'v1', supportsArm: true, thirdParty: false },
    { name: 'b', repository: 'ait/b', tag: '2', supportsArm: null, thirdParty: true },
  ])
  for (const broken of [undefined, '', 'global: 1', 'a: [', 'global: {images: [1]}', '__proto__: {a: 1}'])
    expect(relatedImages(broken)).toEqual([])
})
