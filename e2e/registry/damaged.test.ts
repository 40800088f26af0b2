import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadDetail } from '#lib/contract/upload.ts'
import { type RunningConsole, startConsole } from '#e2e/support/start-console.ts'
import { openUploadClient, type UploadClient } from '#e2e/support/upload-client.ts'
import { PACKAGE_ERROR_CODES } from '#lib/domain/package-error-code.ts'
import { openBlobFolder } from '#lib/packages/blob-sink.ts'
import { withPackageFolder } from '#lib/packages/package-folder.ts'
import type { PackageLimits } from '#lib/packages/package-limits.ts'
import { limitVariable } from '#lib/packages/package-settings.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { inParallel } from '#lib/packages/registry/in-parallel.ts'
import { imageOf, ociLayout } from '#lib/packages/testing/oci-blobs.ts'
import { packEntries, pluginYaml, type TestEntry } from '#lib/packages/testing/pack-entries.ts'
import { chartPackage, noise, ociPackage, twoPlatforms } from './made-packages.ts'

const KIB = 1024
/** Uploads of one test that are under way together. */
const AT_ONCE = 16

/** Small, for the console that the limits are tried with. */
const LIMITS: Partial<PackageLimits> = {
  compressedBytes: 400 * KIB,
  unpackedBytes: 800 * KIB,
  ratio: 20,
  ratioGraceBytes: 100 * KIB,
  entries: 20,
  pathBytes: 140,
  pathDepth: 8,
  yamlBytes: 20 * KIB,
  artifactListBytes: 100,
  artifacts: 3,
  manifestBytes: 40 * KIB,
  heldManifestBytes: 20 * KIB,
  logoBytes: 5 * KIB,
}

let dir: string
let running: RunningConsole
let limited: RunningConsole
let hurried: RunningConsole

/** A further console before the same platform. @param limits as its environment says them */
function startLimited(name: string, limits: Partial<PackageLimits>): Promise<RunningConsole> {
  const env = Object.entries(limits).map(([limit, value]) => [limitVariable(limit as 'ratio'), String(value)])
  return startConsole(['--kubeconfig', running.kubeconfig], {
    dataDir: join(dir, name),
    env: Object.fromEntries(env) as Record<string, string>,
  })
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'damaged-'))
  running = await startConsole([], { dataDir: join(dir, 'data') })
  ;[limited, hurried] = await Promise.all([
    startLimited('limited', LIMITS),
    startLimited('hurried', { milliseconds: 1 }),
  ])
}, 180_000)

afterAll(async () => {
  await Promise.all([limited.stop(), hurried.stop()])
  await running.stop()
  await rm(dir, { recursive: true, force: true })
})

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** What reading comes to: the code of the refusal, or what was found but for the file's own digest. */
async function readOutcome(bytes: Buffer): Promise<string> {
  return withPackageFolder(join(dir, 'reader'), async (folder) => {
    const { resources, artifacts, images } = await readPackage(pieces(bytes), {
      blobs: await openBlobFolder(folder),
    })
    return `read ${createHash('sha256').update(JSON.stringify({ resources, artifacts, images })).digest('hex')}`
  }).catch((error: Error & { code?: string }) => error.code ?? String(error))
}

/** What an upload comes to: the code of the step that refuses it, or `inspected`; nothing but its record may be left. */
async function uploadOutcome(
  { url, dataDir }: RunningConsole,
  client: UploadClient,
  bytes: Buffer,
): Promise<string> {
  const { id } = await client.upload('damaged.tgz', bytes)
  const detail: UploadDetail = await client.settled(id)
  if (detail.state === 'inspected') await client.discard(id)
  else expect(detail.state, url).toBe('refused')
  await expect.poll(() => readdir(join(dataDir, 'uploads', id))).toEqual(['record.json'])
  const failed = detail.steps.find(({ state }) => state === 'failed')
  return failed?.verdict?.code ?? detail.state
}

const FLIP = 0x10

describe.each<[string, () => Promise<Buffer>]>([
  ['the registry layout', () => chartPackage('damaged', 'v1.0.0', 40_000)],
  ['the OCI layout', () => ociPackage({ 'ait/damaged:v1': twoPlatforms('damaged', 20_000) })],
])('a package in %s', (_layout, pack) => {
  test(
    'cut off at each hundredth, or with a byte flipped there, is refused or the same as before',
    { timeout: 180_000 },
    async () => {
      const whole = await pack()
      const good = await readOutcome(whole)
      expect(good).toMatch(/^read /)
      const damaged: { what: string; bytes: Buffer }[] = []
      for (let percent = 0; percent < 100; percent++) {
        const at = Math.floor((whole.length * percent) / 100)
        if (percent > 0) damaged.push({ what: `cut at ${percent} %`, bytes: whole.subarray(0, at) })
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ FLIP
        damaged.push({ what: `flipped at ${percent} %`, bytes })
      }
      const client = openUploadClient(running.url)
      const outcomes: string[] = []
      await inParallel(damaged, AT_ONCE, async ({ what, bytes }) => {
        const read = await readOutcome(bytes)
        const uploaded = await uploadOutcome(running, client, bytes)
        // Of two things that are wrong with it, either may be seen first.
        const isFine = read === good
        expect(uploaded === 'inspected', `${what}: ${uploaded}, ${read}`).toBe(isFine)
        if (!isFine) expect(PACKAGE_ERROR_CODES, what).toEqual(expect.arrayContaining([read, uploaded]))
        outcomes.push(`${what.split(' ')[0]} ${isFine ? 'harmless' : `${read} ${uploaded}`}`)
      })
      const counted = (prefix: string) => outcomes.filter((one) => one.startsWith(prefix))
      expect(counted('cut').length).toBe(99)
      expect(counted('cut').every((one) => /^cut (truncated|not-gzip) \1$/.test(one))).toBe(true)
      // Only what gzip does not check, its header's time and system, may be another than it was.
      expect(counted('flipped').length).toBe(100)
      expect(counted('flipped harmless').length).toBeLessThan(3)
      expect(await readdir(join(dir, 'reader'))).toEqual([])
      expect((await fetch(`${running.url}/api/healthz`)).status).toBe(200)
    },
  )
})

const GOOD: TestEntry = ['res/resources.yaml', pluginYaml()]
const image = imageOf(noise('image', 50 * KIB), { os: 'linux', architecture: 'amd64' })
const layout = ociLayout('res/registry', [['ait/one:v1', image]])
const list: TestEntry = ['res/artifacts.txt', 'ait/one:v1']
const manifests = (count: number, bytes: number) =>
  ociLayout(
    'res/registry',
    Array.from({ length: count }, (_, at): [string, typeof image] => {
      const one = imageOf(`${at}`, { os: 'linux', architecture: 'amd64' })
      const text = JSON.stringify({
        ...(JSON.parse(one.manifest.bytes.toString()) as object),
        annotations: { x: noise(`${at}`, bytes) },
      })
      const hex = createHash('sha256').update(text).digest('hex')
      const manifest = { bytes: Buffer.from(text), hex, digest: `sha256:${hex}` }
      return [`ait/one:v${at}`, { manifest, blobs: [...one.blobs.slice(0, 2), manifest] }]
    }),
  )

test.each<[string, TestEntry[], string]>([
  ['nothing', [GOOD, ...layout, list], 'inspected'],
  ['the size of the file', [GOOD, ['x', noise('compressed', 700 * KIB)]], 'too-large'],
  [
    'the size of its contents',
    [GOOD, ['x', noise('text', 350 * KIB) + noise('again', 20 * KIB).repeat(30)]],
    'unpacked-too-large',
  ],
  ['the ratio', [GOOD, ['x', Buffer.alloc(700 * KIB)]], 'compression-ratio'],
  [
    'the number of entries',
    [GOOD, ...Array.from({ length: 20 }, (_, at): TestEntry => [`x${at}`, ''])],
    'too-many-entries',
  ],
  ['the length of a path', [GOOD, ['x'.repeat(90) + '/' + 'y'.repeat(90), '']], 'entry-path-too-long'],
  ['the depth of a path', [GOOD, ['a/'.repeat(9) + 'x', '']], 'entry-path-too-deep'],
  ['the YAML', [['res/resources.yaml', `${pluginYaml()}# ${noise('yaml', 21 * KIB)}`]], 'file-too-large'],
  ['the list of artifacts', [GOOD, ['res/artifacts.txt', '#'.repeat(101)]], 'file-too-large'],
  ['the number of artifacts', [GOOD, ['res/artifacts.txt', 'a:1\nb:1\nc:1\nd:1\n']], 'too-many-artifacts'],
  ['manifests', [GOOD, ...manifests(3, 8 * KIB), list], 'manifests-too-large'],
  [
    'the logo',
    [['res/resources.yaml', pluginYaml().replace('""', `data:image/png;base64,${'A'.repeat(6000)}`)]],
    'logo-invalid',
  ],
])('a limit of its own on %s', async (_what, entries, code) => {
  const bytes = await packEntries(entries)
  expect(await uploadOutcome(limited, openUploadClient(limited.url), bytes)).toBe(code)
})

test('a limit of its own on the time', async () => {
  const bytes = await packEntries([GOOD, ['x', noise('time', 4000 * KIB)]])
  expect(await uploadOutcome(hurried, openUploadClient(hurried.url), bytes)).toBe('timeout')
})
