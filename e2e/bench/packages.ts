import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Agent, request } from 'undici'
import { binary } from '#e2e/support/binaries.ts'
import { skopeoFlags } from '#e2e/support/skopeo.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { measure } from './measure.ts'
import type { Figure } from './statistics.ts'

const run = promisify(execFile)
const LAYERS = 8
const LAYER_MIB = 64
const ROUNDS = 3
/** The fastest round: what a busy machine adds is no property of ours. */
const best = (times: readonly number[]) => Math.min(...times)

interface Read {
  milliseconds: number
  growthMib: number
}

/** Reading a package of 512 MiB, and pushing its image, against the bare copy and against skopeo. */
export async function benchPackages(): Promise<Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-packages-'))
  try {
    const file = join(dir, 'large.tgz')
    const { image } = await measure<{ image: string }>('lib/packages/bench/large-package.ts', [
      file,
      LAYERS,
      LAYER_MIB,
    ])
    return [...(await benchReading(dir, file)), ...(await benchPushing(dir, file, image))]
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function benchReading(dir: string, file: string): Promise<Figure[]> {
  const results: Record<string, Read[]> = { bare: [], hashed: [], read: [] }
  // In turns, so that what else the machine does is shared by all.
  for (let round = 0; round < ROUNDS; round++)
    for (const [how, found] of Object.entries(results)) {
      const folder = join(dir, `${how}-${round}`)
      await mkdir(folder)
      found.push(await measure<Read>('lib/packages/bench/read-large.ts', [how, file, folder]))
    }
  const time = (how: string) => best((results[how] ?? []).map(({ milliseconds }) => milliseconds))
  const growth = Math.max(...(results['read'] ?? []).map(({ growthMib }) => growthMib))
  return [
    { name: '512 MiB uploaded to disk', value: time('bare'), unit: 'ms' },
    {
      name: '512 MiB upload with SHA-256 ÷ without',
      value: time('hashed') / time('bare'),
      unit: '×',
      atMost: 1.2,
    },
    {
      name: '512 MiB upload read, blobs checked and kept ÷ to disk',
      value: time('read') / time('bare'),
      unit: '×',
    },
    { name: 'memory growth while a 512 MiB package is read', value: growth, unit: 'MiB', atMost: 64 },
  ]
}

async function benchPushing(dir: string, file: string, image: string): Promise<Figure[]> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const folder = join(dir, 'pushed')
    await rm(folder, { recursive: true, force: true })
    // A registry for each push: neither shall find what the other left.
    await withRegistry(async ({ host, certDir, ca }) => {
      const caFile = join(certDir, 'ca.crt')
      const args = [file, folder, host, caFile]
      const { milliseconds } = await measure<{ milliseconds: number }>(
        'lib/packages/bench/push-large.ts',
        args,
      )
      ours.push(milliseconds)
      await makeLayout(folder, host, image, ca)
    })
    await withRegistry(async (registry) => {
      const flags = ['--all', '--preserve-digests', ...skopeoFlags(registry, 'dest')]
      const target = `docker://${registry.host}/${image}`
      const started = performance.now()
      await run(binary('skopeo'), ['--insecure-policy', 'copy', ...flags, `oci:${folder}:x`, target])
      theirs.push(performance.now() - started)
    })
  }
  return [
    { name: '512 MiB pushed', value: best(ours), unit: 'ms' },
    { name: '512 MiB pushed ÷ skopeo copy', value: best(ours) / best(theirs), unit: '×', atMost: 1.2 },
  ]
}

async function withRegistry(work: (registry: RunningRegistry) => Promise<void>): Promise<void> {
  const registry = await startRegistry()
  try {
    await work(registry)
  } finally {
    await registry.stop()
  }
}

/** Makes the folder of blobs an OCI layout that skopeo can copy. */
async function makeLayout(folder: string, host: string, name: string, ca: string | null): Promise<void> {
  const dispatcher = new Agent({ connect: ca === null ? {} : { ca } })
  const [repository = '', tag = ''] = name.split(/:(?=[^/]*$)/)
  const accept = 'application/vnd.oci.image.manifest.v1+json'
  const url = `https://${host}/v2/${repository}/manifests/${tag}`
  const answer = await request(url, { method: 'HEAD', headers: { accept }, dispatcher })
  await answer.body.dump()
  await dispatcher.destroy()
  const digest = String(answer.headers['docker-content-digest'])
  const { length } = await readFile(join(folder, 'blobs/sha256', digest.replace('sha256:', '')))
  const annotations = { 'org.opencontainers.image.ref.name': 'x' }
  const manifests = [{ mediaType: accept, digest, size: length, annotations }]
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }))
}
