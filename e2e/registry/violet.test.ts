import { execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { binary } from '#e2e/support/binaries.ts'
import { startPlatform, type RunningPlatform } from '#e2e/support/start-platform.ts'
import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import { makeTestCertificate } from '#e2e/support/test-certificate.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { buildPackage } from '#lib/packages/build-package.ts'
import { blobOf, imageOf, indexOf, ociLayout } from '#lib/packages/testing/oci-blobs.ts'
import { tarEntries, type TestEntry } from '#lib/packages/testing/pack-entries.ts'
import { runViolet } from './run-violet.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const EXAMPLE = join(ROOT, 'examples/web-cli/v4.0.5')
const USER = { name: 'admin', password: 'päss:word & more' }
const AMD = { os: 'linux', architecture: 'amd64' }
const ARM = { os: 'linux', architecture: 'arm64' }
/** A plugin that names neither charts nor a version. */
const PLUGIN =
  'apiVersion: cluster.alauda.io/v1alpha1\nkind: ModulePlugin\nmetadata: {name: own}\nspec: {name: own, logo: "", description: {en: Own}}\n'
const run = promisify(execFile)

interface Shown {
  arch: string[]
  artifacts: { repository: string; tag: string; digest: string; type: string; platforms: string[] }[]
}

let cwd = ''
let registry: RunningRegistry
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'violet-registry-'))
  registry = await startRegistry({ user: USER })
  await writeFile(join(cwd, 'ca.pem'), registry.ca ?? '')
  await layout('two-platforms', 'ait/web-cli:v4.0.5', [
    { image: imageOf('for amd', AMD), ...AMD },
    { image: imageOf('for arm', ARM), ...ARM },
  ])
})
afterAll(async () => {
  await registry.stop()
  await rm(cwd, { recursive: true })
})

/** Writes an OCI image layout below `cwd`. */
async function layout(folder: string, name: string, images: Parameters<typeof indexOf>[0]): Promise<void> {
  await writeEntries(ociLayout(folder, [[name, indexOf(images)]]))
}

async function writeEntries(entries: readonly TestEntry[]): Promise<void> {
  for (const [path, content = ''] of entries) {
    const file = join(cwd, typeof path === 'string' ? path : path.name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}

const violet = (...args: string[]) =>
  runViolet(args, { cwd, user: USER, env: { VIOLET_REGISTRY_CA: 'ca.pem' } })

async function jsonOf<T>(...args: string[]): Promise<T> {
  const { exitCode, stdout, stderr } = await violet(...args, '-o', 'json')
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr })
  return JSON.parse(stdout) as T
}

const CHART = ['--artifact', join(EXAMPLE, 'chart'), '--module-plugin', join(EXAMPLE, 'module-plugin.yaml')]

describe('a package with an image for two platforms', () => {
  test('is created, packed, pushed, and comes back through skopeo as it was', async () => {
    await jsonOf('create', 'whole', ...CHART, '--artifact', 'two-platforms')
    const { artifacts, arch } = await jsonOf<Shown>('package', 'whole')
    expect(arch).toEqual(['linux/amd64', 'linux/arm64'])
    expect(artifacts.map(({ repository, type }) => `${repository} ${type}`)).toEqual([
      'ait/chart-web-cli chart',
      'ait/web-cli image',
    ])
    const push = ['push', 'whole.tgz', '--dest-repo', `${registry.host}/mirror`, '--skip-crs']
    type Pushed = { packages: { changed: boolean; artifacts: { change: string }[] }[] }
    const changes = ({ packages }: Pushed) => packages[0]?.artifacts.map(({ change }) => change)
    expect(changes(await jsonOf<Pushed>(...push, '--dry-run'))).toEqual(['pushed', 'pushed'])
    expect(changes(await jsonOf<Pushed>(...push))).toEqual(['pushed', 'pushed'])
    expect(changes(await jsonOf<Pushed>(...push))).toEqual(['unchanged', 'unchanged'])
    expect(changes(await jsonOf<Pushed>(...push, '--dry-run'))).toEqual(['unchanged', 'unchanged'])
    for (const { repository, tag, digest } of artifacts)
      expect((await pullWithSkopeo(registry, `mirror/${repository}:${tag}`, USER)).digest).toBe(digest)
  })

  test('is created again from the registry, with the same digests', async () => {
    const from = (name: string) => ['--artifact', `${name}=${registry.host}/mirror/${name}`]
    const plugin = ['--module-plugin', join(EXAMPLE, 'module-plugin.yaml')]
    const names = ['ait/chart-web-cli:v4.0.5', 'ait/web-cli:v4.0.5']
    await jsonOf('create', 'again', ...names.flatMap(from), ...plugin)
    const again = await jsonOf<Shown>('package', 'again')
    expect(again.artifacts).toEqual((await jsonOf<Shown>('show', 'whole.tgz')).artifacts)
    expect(await readFile(join(cwd, 'again.tgz'))).toEqual(await readFile(join(cwd, 'whole.tgz')))
  })

  test('a chart in the registry brings its module-plugin.yaml along', async () => {
    await cp(join(EXAMPLE, 'chart'), join(cwd, 'own-chart'), { recursive: true })
    await writeFile(join(cwd, 'own-chart/module-plugin.yaml'), PLUGIN)
    await jsonOf('create', 'own', '--artifact', 'team/own:v1.2.3=own-chart')
    await jsonOf('package', 'own')
    await jsonOf('push', 'own.tgz', '--skip-crs', '--dest-repo', registry.host)
    await jsonOf('create', 'pulled', '--artifact', `${registry.host}/team/own:v1.2.3`)
    expect(await jsonOf('package', 'pulled')).toMatchObject({
      name: 'own',
      version: 'v1.2.3',
      mainChart: 'team/own:v1.2.3',
    })
  })

  test('is made for one platform only, and refused for one that is not there', async () => {
    await jsonOf('create', 'arm', ...CHART, '--artifact', 'two-platforms', '--platforms', 'linux/arm64')
    const { arch, artifacts } = await jsonOf<Shown>('package', 'arm')
    expect(arch).toEqual(['linux/arm64'])
    expect(artifacts.map(({ platforms }) => platforms)).toEqual([[], ['linux/arm64']])
    expect(
      await violet('create', 'risc', ...CHART, '--artifact', 'two-platforms', '--platforms', 'linux/riscv64'),
    ).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('but for linux/amd64, linux/arm64') as string,
    })
  })

  test('is a conflict where the tag stands with other content', async () => {
    await layout('other', 'ait/web-cli:v4.0.5', [{ image: imageOf('another', AMD), ...AMD }])
    await jsonOf('create', 'other-package', ...CHART, '--artifact', 'other')
    await jsonOf('package', 'other-package')
    const push = ['push', 'other-package.tgz', '--dest-repo', `${registry.host}/mirror`, '--skip-crs']
    expect(await violet(...push)).toMatchObject({ exitCode: 5 })
    expect(await violet(...push, '--dry-run')).toMatchObject({ exitCode: 5 })
    expect(await violet(...push, '--replace')).toMatchObject({ exitCode: 0 })
  })
})

describe('with a platform', () => {
  let platform: RunningPlatform
  let client: KubeClient
  beforeAll(async () => {
    platform = await startPlatform(join(cwd, 'platform'))
    client = createKubeClient(loadKubeconfig(platform.kubeconfig), { cluster: 'global' })
  }, 90_000)
  afterAll(async () => {
    await client.close()
    await platform.stop()
  })

  const place = { namespace: 'cpaas-system' }
  const record = () => client.get(ARTIFACT_VERSION, 'web-cli.v4.0.5', place)
  const push = (...more: string[]) =>
    violet('push', 'whole.tgz', '--kubeconfig', platform.kubeconfig, '-o', 'json', ...more)

  test('a version is Present once its artifacts are in the registry, and not before', async () => {
    const to = ['--dest-repo', `${registry.host}/published`]
    expect(await push(...to, '--no-auth')).toMatchObject({ exitCode: 7 })
    expect((await record()).status).toMatchObject({ phase: 'Failed', reason: 'PushFailed' })
    await expect(client.get(MODULE_CONFIG, 'web-cli-v4.0.5')).rejects.toThrow('not found')
    expect(await push(...to)).toMatchObject({ exitCode: 0 })
    expect((await record()).status).toMatchObject({ phase: 'Present', reason: '' })
    expect((await client.get(ARTIFACT_VERSION, 'web-cli.v4.0.5', place)).metadata.annotations).toMatchObject({
      'marketplace.console/file-name': 'whole.tgz',
    })
    expect((await client.get(ARTIFACT, 'web-cli', place)).spec.registry).toBe(`${registry.host}/published`)
    for (const name of ['ait/chart-web-cli:v4.0.5', 'ait/web-cli:v4.0.5'])
      expect((await pullWithSkopeo(registry, `published/${name}`, USER)).digest).toMatch(/^sha256:/)
    const again = JSON.parse((await push(...to)).stdout) as {
      packages: { changed: boolean }[]
    }
    expect(again.packages[0]?.changed).toBe(false)
  })

  test('objects alone say where their artifacts are already', async () => {
    await writeFile(join(cwd, 'later.yaml'), PLUGIN.replaceAll('own', 'later'))
    const sources = [
      '--artifact',
      `team/later:v1.0.0=${join(EXAMPLE, 'chart')}`,
      '--module-plugin',
      'later.yaml',
    ]
    await jsonOf('create', 'later', ...sources)
    await jsonOf('package', 'later')
    const to = ['--dest-repo', `${registry.host}/published`, '--kubeconfig', platform.kubeconfig]
    await jsonOf('push', 'later.tgz', '--skip-crs', ...to)
    await expect(client.get(ARTIFACT, 'later', place)).rejects.toThrow('not found')
    await jsonOf('push', 'later.tgz', '--skip-push', ...to)
    expect((await client.get(ARTIFACT, 'later', place)).spec.registry).toBe(`${registry.host}/published`)
    const { status } = await client.get(ARTIFACT_VERSION, 'later.v1.0.0', place)
    expect(status).toMatchObject({ phase: 'Present', reason: '' })
  })

  test('the same name with other images is refused, and replaced when that is wanted', async () => {
    await jsonOf('create', 'less', ...CHART, '--artifact', 'two-platforms', '--platforms', 'linux/arm64')
    await jsonOf('package', 'less')
    const push = (...more: string[]) =>
      violet(
        'push',
        'less.tgz',
        '--kubeconfig',
        platform.kubeconfig,
        '--dest-repo',
        `${registry.host}/published`,
        ...more,
      )
    expect(await push()).toMatchObject({ exitCode: 5 })
    expect(await push('--dry-run')).toMatchObject({ exitCode: 5 })
    expect(await push('--replace', '--dry-run')).toMatchObject({ exitCode: 0 })
    expect(await push('--replace')).toMatchObject({ exitCode: 0 })
    expect((await record()).status?.phase).toBe('Present')
  })
})

describe('archives', () => {
  test('of docker save and of an OCI layout hold the same image', async () => {
    const layer = blobOf(await tarEntries([['hello', 'world']]))
    const config = blobOf({ ...AMD, config: {}, rootfs: { type: 'layers', diff_ids: [layer.digest] } })
    const manifest = blobOf({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: config.digest,
        size: config.bytes.length,
      },
      layers: [
        {
          mediaType: 'application/vnd.oci.image.layer.v1.tar',
          digest: layer.digest,
          size: layer.bytes.length,
        },
      ],
    })
    const image = { manifest, blobs: [config, layer, manifest] }
    await writeEntries(ociLayout('real', [['ait/real:v1', image]]))
    const copy = (target: string) =>
      run(binary('skopeo'), ['--insecure-policy', 'copy', 'oci:real:ait/real:v1', target], { cwd })
    await copy('docker-archive:docker.tar:quay.example/ait/real:v1')
    await copy('oci-archive:oci.tar:ait/real:v1')
    await run('gzip', ['-k', 'docker.tar'], { cwd })
    for (const source of ['docker.tar', 'docker.tar.gz', 'oci.tar', 'real']) {
      const name = `from-${source}`
      await jsonOf('create', name, ...CHART, '--artifact', source)
      const { artifacts } = await jsonOf<Shown>('package', name)
      const [, found] = artifacts
      expect(found).toMatchObject({
        repository: 'ait/real',
        tag: 'v1',
        type: 'image',
        platforms: ['linux/amd64'],
      })
    }
    await jsonOf('push', 'from-docker.tar.tgz', '--skip-crs', '--dest-repo', registry.host)
    const pulled = await pullWithSkopeo(registry, 'ait/real:v1', USER)
    expect(pulled.blobs).toContain(config.digest)
    expect(pulled.blobs).toHaveLength(3)
  })

  test('with a blob that is not what its digest says are refused', async () => {
    await cp(join(cwd, 'two-platforms'), join(cwd, 'flipped'), { recursive: true })
    const { blobs } = imageOf('for amd', AMD)
    await writeFile(join(cwd, 'flipped/blobs/sha256', blobs[1]?.hex ?? ''), 'for amx')
    expect(await violet('create', 'bad', ...CHART, '--artifact', 'flipped')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('not what its name says') as string,
    })
  })
})

test('a registry that refuses, is not trusted, or has no such artifact: each its own end', async () => {
  const artifact = `${registry.host}/ait/nothing:v1`
  const create = (...more: string[]) => violet('create', 'x', ...CHART, '--artifact', artifact, ...more)
  expect(await create()).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('has no ait/nothing:v1') as string,
  })
  expect(await create('--no-auth')).toMatchObject({ exitCode: 7 })
  expect(await create('--registry-ca', join(ROOT, 'package.json'))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('holds no certificate') as string,
  })
  const { ca } = await makeTestCertificate()
  await writeFile(join(cwd, 'other-ca.pem'), ca)
  expect(await create('--registry-ca', 'other-ca.pem')).toMatchObject({
    exitCode: 6,
    stderr: expect.stringContaining('--registry-ca FILE names the CA') as string,
  })
  expect(await create('--plain')).toMatchObject({
    exitCode: 6,
    stderr: expect.stringMatching(/refuses plain HTTP.*\nLeave --plain out\.\n$/) as string,
  })
  expect(await create('--no-auth')).toMatchObject({
    stderr: expect.stringContaining('asks for a name and a password; none were given') as string,
  })
})

test('a password that is typed on a terminal is not shown there, and Ctrl-C ends the wait', async () => {
  await writeFile(join(cwd, 'typed.tgz'), await buildPackage(EXAMPLE))
  const words = [
    'push',
    'typed.tgz',
    '--dest-repo',
    `${registry.host}/typed`,
    '--skip-crs',
    '--username',
    USER.name,
  ]
  const line = [
    process.execPath,
    join(ROOT, 'cli/main.ts'),
    ...words,
    '--registry-ca',
    'ca.pem',
    '--password-stdin',
  ]
  const onTerminal = async (typed: string) => {
    const child = spawn('script', ['-qec', line.map((word) => `'${word}'`).join(' '), '/dev/null'], {
      cwd,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let seen = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const isAsked = seen.includes('Password: ')
      seen += chunk.toString()
      if (!isAsked && seen.includes('Password: ')) child.stdin.write(typed)
    })
    const exitCode = await new Promise<number | null>((done) => child.once('close', done))
    return { exitCode, seen }
  }
  const good = await onTerminal(`${USER.password}\r`)
  expect(good).toMatchObject({
    exitCode: 0,
    seen: expect.stringMatching(/\[#*\.*\] \d+ %[^]*pushed/) as string,
  })
  expect(good.seen).not.toContain(USER.password.slice(0, 6))
  expect(await onTerminal('\u0003')).toMatchObject({
    exitCode: 130,
    seen: expect.stringContaining('violet: Interrupted') as string,
  })
})
