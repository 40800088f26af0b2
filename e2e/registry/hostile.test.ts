import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOSTILE_PACKAGES } from '#e2e/support/hostile-packages.ts'
import { openBlobFolder } from '#lib/packages/blob-sink.ts'
import { withPackageFolder } from '#lib/packages/package-folder.ts'
import type { PackageLimits } from '#lib/packages/package-limits.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { blobOf, imageOf, ociLayout } from '#lib/packages/testing/oci-blobs.ts'
import { packEntries, pluginYaml, type TestEntry } from '#lib/packages/testing/pack-entries.ts'

const GOOD: TestEntry = ['res/resources.yaml', pluginYaml()]
const image = imageOf('x'.repeat(50_000), { os: 'linux', architecture: 'amd64' })
const layout = ociLayout('res/registry', [['ait/one:v1', image]])
const list = (text: string): TestEntry => ['res/artifacts.txt', text]
const [layer = blobOf('')] = image.blobs.filter(({ bytes }) => bytes.length > 10_000)

let parent = ''
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hostile-'))
})
afterAll(() => rm(parent, { recursive: true }))

/** Reads as an upload does: the code that refuses it, or `fine`; nothing may be left on disk. */
async function outcome(bytes: Buffer, limits: Partial<PackageLimits> = {}): Promise<string> {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
  }
  const code = await withPackageFolder(parent, async (dir) =>
    readPackage(pieces(), { limits, blobs: await openBlobFolder(dir) }),
  ).then(
    () => 'fine',
    (error: Error & { code?: string }) => error.code ?? error.message,
  )
  expect(await readdir(parent)).toEqual([])
  return code
}

describe('refused with its own code, and the disk is clean', () => {
  test.each(HOSTILE_PACKAGES.filter(({ code }) => code !== 'too-large'))(
    '$title',
    async ({ code, bytes }) => {
      expect(await outcome(await bytes(), { compressedBytes: 64 * 1024 * 1024 })).toBe(code)
    },
  )

  test('the good one is fine', async () => {
    expect(await outcome(await packEntries([GOOD, ...layout, list('ait/one:v1')]))).toBe('fine')
  })

  test.each<[string, TestEntry[], string]>([
    [
      'a blob that is not its digest',
      [[`res/registry/blobs/sha256/${layer.hex}`, 'else']],
      'digest-mismatch',
    ],
    [
      'a layer that is missing',
      layout.filter(([path]) => path !== `res/registry/blobs/sha256/${layer.hex}`),
      'artifact-incomplete',
    ],
    [
      'a device',
      [{ name: 'res/null', type: 'character-device' }].map((one) => [one] as TestEntry),
      'entry-type',
    ],
    ['a hard link', [[{ name: 'res/a', type: 'link', linkname: 'res/resources.yaml' }]], 'entry-type'],
    [
      'a chain of symlinks',
      [[{ name: 'res/registry', type: 'symlink', linkname: '/' }], ['res/registry/etc/passwd', 'x']],
      'entry-type',
    ],
    ['an absolute path', [['/etc/cron.d/x', 'x']], 'entry-path'],
    ['a path above', [['res/registry/blobs/sha256/../../../../x', 'x']], 'entry-path'],
  ])('%s', async (_title, entries, code) => {
    expect(await outcome(await packEntries([GOOD, ...entries, list('ait/one:v1')]))).toBe(code)
  })

  test.each<[keyof PackageLimits, number, string]>([
    ['compressedBytes', 500, 'too-large'],
    ['unpackedBytes', 20_000, 'unpacked-too-large'],
    ['entries', 3, 'too-many-entries'],
    ['pathBytes', 20, 'entry-path-too-long'],
    ['pathDepth', 3, 'entry-path-too-deep'],
    ['yamlBytes', 50, 'file-too-large'],
    ['artifactListBytes', 5, 'file-too-large'],
    ['artifacts', 0, 'too-many-artifacts'],
    ['heldManifestBytes', 50, 'manifests-too-large'],
  ])('the limit %s can be set', async (limit, value, code) => {
    const bytes = await packEntries([GOOD, ...layout, list('ait/one:v1')])
    expect(await outcome(bytes, { [limit]: value })).toBe(code)
  })
})

test('one flipped byte is noticed, or harmless: what is kept has the right digests', async () => {
  const bytes = await packEntries([GOOD, ...layout, list('ait/one:v1')])
  const codes = new Set<string>()
  for (let at = 11; at < bytes.length; at += Math.ceil(bytes.length / 150)) {
    const flipped = Buffer.from(bytes)
    flipped[at] = (flipped[at] ?? 0) ^ 0x10
    codes.add(await outcome(flipped))
  }
  expect([...codes].every((code) => code === 'fine' || /^[a-z]+(?:-[a-z]+)*$/.test(code))).toBe(true)
  expect(codes.has('corrupt') || codes.has('truncated')).toBe(true)
})
