import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { buildPackage } from '#lib/packages/build-package.ts'
import { undocumentedFields } from './testing/undocumented-fields.ts'
import { runCli, type CliOptions, type CliResult } from './testing/run-cli.ts'
import { runPlatform, type CliPlatform } from './testing/run-platform.ts'

// Many processes, on machines that may do other things.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 })

const EXAMPLES = resolve(import.meta.dirname, '../examples')

let cwd = ''
let platform: CliPlatform
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'violet-platform-'))
  platform = await runPlatform(join(cwd, 'data'))
  await writeFile(join(cwd, 'ca.pem'), platform.ca)
  await mkdir(join(cwd, 'packages'))
  for (const version of ['v4.0.4', 'v4.0.5'])
    await writeFile(
      join(cwd, `packages/web-cli-${version}.tgz`),
      await buildPackage(join(EXAMPLES, 'web-cli', version)),
    )
}, 90_000)
afterAll(async () => {
  await platform.stop()
  await rm(cwd, { recursive: true })
})

/** With the platform's kubeconfig. */
const violet = async (args: string[], options: Partial<CliOptions> = {}) => ({
  command: args[0] ?? '',
  ...(await runCli(args, { cwd, env: { KUBECONFIG: platform.kubeconfig }, ...options })),
})

/** The document of a command that did well. */
function documentOf({ command, exitCode, stdout, stderr }: CliResult & { command: string }): unknown {
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr })
  const document: unknown = JSON.parse(stdout)
  expect(undocumentedFields(command, document)).toEqual([])
  return document
}

interface Collected {
  dryRun: boolean
  versions: { plugin: string; version: string; outcome: string; why: string; fate: string }[]
}

const names = ({ versions }: Collected, outcome: string): string[] =>
  versions
    .filter((version) => version.outcome === outcome)
    .map(({ plugin, version }) => `${plugin} ${version}`)

describe('list', () => {
  test('writes apps.yaml, and shows the same', async () => {
    const { exitCode, stdout } = await violet(['list'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^logclickhouse +Log Storage for ClickHouse +global +v4.1.2$/m)
    const { applications } = parse(await readFile(join(cwd, 'apps.yaml'), 'utf8')) as {
      applications: Record<string, object>
    }
    expect(applications['logagent']).toEqual({
      displayName: 'Log Collector',
      type: 'ModulePlugin',
      installed: [
        { clusterName: 'business', version: 'v4.1.0' },
        { clusterName: 'global', version: 'v4.1.0' },
      ],
    })
    expect(documentOf(await violet(['list', '-o', 'json']))).toEqual({ applications })
  })

  test('counts only the clusters that are asked for, and writes nothing in a dry run', async () => {
    const result = await violet(['list', '--clusters', 'edge', '--output-file', 'edge.yaml', '--dry-run'])
    expect(result).toMatchObject({ exitCode: 0, stderr: 'edge.yaml would be written\n' })
    expect(result.stdout.trim().split('\n')).toHaveLength(2)
    await expect(readFile(join(cwd, 'edge.yaml'))).rejects.toThrow('ENOENT')
    const misspelt = await violet(['list', '--clusters', 'edge,egde', '--output-file', '-'])
    expect(misspelt).toMatchObject({ exitCode: 0, stderr: "warning: no plugin is on a cluster 'egde'\n" })
    expect(parse(misspelt.stdout)).toMatchObject({ applications: { 'cluster-auth-agent': {} } })
    expect(await violet(['list', '--clusters', ' , '])).toMatchObject({ exitCode: 2 })
  })
})

describe('who asks', () => {
  const address = () => ['list', '--dry-run', '--platform-address', platform.address]

  test('a token, from standard input, the environment or the command line', async () => {
    const ca = ['--platform-ca', 'ca.pem']
    const piped = await violet([...address(), ...ca, '--platform-token-stdin'], {
      stdin: `${platform.token}\n`,
      env: {},
    })
    expect(piped).toMatchObject({ exitCode: 0, stderr: 'apps.yaml would be written\n' })
    const env = { VIOLET_PLATFORM_TOKEN: platform.token, VIOLET_PLATFORM_CA: 'ca.pem' }
    expect(await violet(address(), { env })).toEqual(piped)
    const argument = await violet([...address(), ...ca, '--platform-token', platform.token], { env: {} })
    expect(argument).toMatchObject({ exitCode: 0, stdout: piped.stdout })
    expect(argument.stderr).toContain('can be read by others')
  })

  test('is refused with 7, is not found with 6, makes no sense with 2; no secret is ever shown', async () => {
    const secret = 'hunter2-s3cret/+='
    const withPassword = [
      '--platform-username',
      'ann',
      '--platform-password',
      secret,
      '--debug',
      '-o',
      'json',
    ]
    const runs: [number, string[]][] = [
      [7, [...address(), '--platform-ca', 'ca.pem', '--platform-token', secret, '--debug']],
      [7, [...address(), '--platform-ca', 'ca.pem', ...withPassword]],
      [6, [...address(), '--platform-token', secret, '--debug']],
      [6, ['list', '--platform-address', 'https://127.0.0.1:1', '--platform-token', secret, '--debug']],
      [2, ['list', '--platform-address', `https://ann:${secret}@127.0.0.1`, '--platform-token', secret]],
      [2, ['list', '--platform-address', 'http://platform.example', '--platform-token', secret]],
      [2, ['list', '--platform-address', platform.address, '--platform-username', 'ann']],
      [2, [...address(), '--kubeconfig', 'x', '--platform-token', secret]],
      [2, [...address(), '--platform-token', secret, '--platform-token-stdin', '--platform-password-stdin']],
      [6, ['list', '--kubeconfig', 'no-such-file']],
    ]
    for (const [code, args] of runs) {
      const { exitCode, stdout, stderr } = await violet(args, { env: {} })
      expect([exitCode, args.slice(0, 3)]).toEqual([code, args.slice(0, 3)])
      if (code === 7) expect(stderr).toContain('does not accept these credentials')
      for (const text of [stdout, stderr])
        for (const form of [secret, encodeURIComponent(secret), btoa(`ann:${secret}`)])
          expect(text).not.toContain(form)
    }
  })
})

test('an address that is no platform is told apart from one that refuses', async () => {
  const env = { VIOLET_PLATFORM_TOKEN: platform.token, VIOLET_PLATFORM_CA: 'ca.pem' }
  for (const command of [['list'], ['gc', '--dry-run']]) {
    const { exitCode, stderr } = await violet(
      [...command, '--platform-address', `${platform.address}/nowhere`],
      { env },
    )
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('knows no plugins')])
  }
})

describe('push and gc', () => {
  interface Pushed {
    packages: {
      file: string
      changed: boolean
      objects: { kind: string; change: string }[] | null
    }[]
  }

  test('a dry run tells, object by object, and changes nothing', async () => {
    const args = ['push', 'packages/web-cli-v4.0.5.tgz', '--dry-run', '-o', 'json']
    for (let run = 0; run < 2; run++) {
      const [pushed] = (documentOf(await violet(args)) as Pushed).packages
      expect(pushed?.changed).toBe(true)
      expect(pushed?.objects?.map(({ kind, change }) => `${kind} ${change}`)).toEqual([
        'ModuleConfig created',
        'ModulePlugin updated',
        'Artifact unchanged',
        'ArtifactVersion created',
      ])
    }
  })

  test('a folder of packages is published, what stands stays, and doing it again does nothing', async () => {
    const first = documentOf(await violet(['push', 'packages', '-o', 'json', '--clusters', 'edge'])) as Pushed
    expect(first.packages.map(({ file, changed }) => [file, changed])).toEqual([
      ['web-cli-v4.0.4.tgz', false],
      ['web-cli-v4.0.5.tgz', true],
    ])
    expect(
      first.packages.map(({ objects }) => objects?.map(({ kind, change }) => `${kind} ${change}`)),
    ).toEqual([
      ['ModuleConfig unchanged', 'ModulePlugin unchanged', 'Artifact unchanged', 'ArtifactVersion unchanged'],
      ['ModuleConfig created', 'ModulePlugin updated', 'Artifact unchanged', 'ArtifactVersion created'],
    ])
    const again = documentOf(await violet(['push', 'packages', '-o', 'json'])) as Pushed
    expect(again.packages.map(({ changed }) => changed)).toEqual([false, false])
    const dry = documentOf(await violet(['push', 'packages', '-o', 'json', '--dry-run'])) as Pushed
    expect(dry.packages.map(({ changed }) => changed)).toEqual([false, false])
  })

  test('a checksum that comes later is recorded, once', async () => {
    const file = join(cwd, 'packages/web-cli-v4.0.5.tgz')
    const sum = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    const push = async (...more: string[]) => {
      const { packages } = documentOf(await violet(['push', file, '-o', 'json', ...more])) as Pushed
      return packages[0]?.changed
    }
    await writeFile(`${file}.sha256`, sum)
    expect(await push('--dry-run')).toBe(true)
    expect(await push()).toBe(true)
    expect(await push('--dry-run')).toBe(false)
    expect(await push()).toBe(false)
    await writeFile(`${file}.sha256`, '0'.repeat(64))
    const { exitCode, stderr } = await violet(['push', file, '--dry-run'])
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('checksum beside the package is not')])
    await rm(`${file}.sha256`)
  })

  test('another content under a published version is a conflict; the rest of a folder goes on', async () => {
    const source = join(cwd, 'changed/web-cli/v4.0.5')
    await cp(join(EXAMPLES, 'web-cli'), join(cwd, 'changed/web-cli'), { recursive: true })
    const text = await readFile(join(source, 'module-plugin.yaml'), 'utf8')
    await writeFile(
      join(source, 'module-plugin.yaml'),
      text.replace('devops', 'other').replace('deleteable: true', 'deleteable: false'),
    )
    await mkdir(join(cwd, 'mixed'))
    await writeFile(join(cwd, 'mixed/a.tgz'), await buildPackage(source))
    await writeFile(join(cwd, 'mixed/b.tgz'), 'nothing')
    await cp(join(cwd, 'packages/web-cli-v4.0.4.tgz'), join(cwd, 'mixed/c.tgz'))
    for (const dry of [['--dry-run'], []]) {
      expect(await violet(['push', 'mixed/a.tgz', ...dry])).toMatchObject({
        exitCode: 5,
        stderr: expect.stringContaining('spec.deleteable') as string,
      })
      const { exitCode, stdout } = await violet(['push', 'mixed', '-o', 'json', ...dry])
      expect(undocumentedFields('push', JSON.parse(stdout))).toEqual([])
      expect([exitCode, JSON.parse(stdout)]).toMatchObject([
        5,
        {
          packages: [
            { file: 'a.tgz', error: { code: 'version-conflict' } },
            { file: 'b.tgz', error: { code: 'not-gzip' } },
            { file: 'c.tgz', changed: false },
          ],
        },
      ])
    }
  })

  test('gc asks first, tells what would go and what stays, and takes just that', async () => {
    const planned = documentOf(await violet(['gc', '--dry-run', '-o', 'json'])) as Collected
    expect(names(planned, 'would-be-removed')).toEqual(
      expect.arrayContaining(['web-cli v4.0.5', 'web-cli v4.0.3', 'logagent v4.2.0']),
    )
    expect(planned.versions).toContainEqual(
      expect.objectContaining({
        plugin: 'cluster-auth-agent',
        version: 'v4.2.0',
        why: 'ships with the platform',
      }),
    )
    expect(planned.versions).toContainEqual(
      expect.objectContaining({
        plugin: 'logagent',
        version: 'v4.1.0',
        why: 'installed on business, global',
      }),
    )
    expect(await violet(['gc'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--yes') as string,
    })
    expect(documentOf(await violet(['gc', '--dry-run', '-o', 'json']))).toEqual(planned)

    const kept = documentOf(await violet(['gc', '--yes', '--keep-newest', '1', '-o', 'json'])) as Collected
    expect(names(kept, 'removed')).toEqual(['gpu-device-plugin v4.0.14', 'web-cli v4.0.4', 'web-cli v4.0.3'])
    const { versions } = documentOf(await violet(['gc', '--dry-run', '-o', 'json'])) as Collected
    const left = versions.map(({ plugin, version }) => `${plugin} ${version}`)
    expect(left).not.toContain('web-cli v4.0.4')
    expect(left).toEqual(
      expect.arrayContaining(['web-cli v4.0.5', 'logagent v4.1.0', 'cluster-auth-agent v4.2.0']),
    )

    documentOf(await violet(['gc', '-y', '-o', 'json']))
    expect(
      names(documentOf(await violet(['gc', '--dry-run', '-o', 'json'])) as Collected, 'would-be-removed'),
    ).toEqual([])
    const { applications } = documentOf(await violet(['list', '-o', 'json'])) as { applications: object }
    // Known, and Absent.
    expect(Object.keys(applications)).toContain('web-cli')
  })

  test('what gc took is published again by a push', async () => {
    const { packages } = documentOf(await violet(['push', 'packages', '-o', 'json'])) as Pushed
    expect(packages.map(({ changed }) => changed)).toEqual([true, true])
    const planned = documentOf(await violet(['gc', '--dry-run', '-o', 'json'])) as Collected
    expect(names(planned, 'would-be-removed')).toEqual(['web-cli v4.0.5', 'web-cli v4.0.4'])
  })
})
