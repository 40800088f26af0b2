import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { buildPackage } from '#lib/packages/build-package.ts'
import { withSpaceIn } from './space.ts'
import { packEntries } from '#lib/packages/testing/pack-entries.ts'
import { undocumentedFields } from './testing/undocumented-fields.ts'
import { runCli, type CliOptions } from './testing/run-cli.ts'

// Many processes, on machines that may do other things.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 })

const EXAMPLE = resolve(import.meta.dirname, '../examples/web-cli/v4.0.5')

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'violet-'))
  await writeFile(join(cwd, 'web-cli.tgz'), await buildPackage(EXAMPLE))
})
afterAll(() => rm(cwd, { recursive: true }))

const violet = (args: string[], options: Partial<CliOptions> = {}) => runCli(args, { cwd, ...options })

async function jsonOf(args: string[]): Promise<Record<string, never>> {
  const { exitCode, stdout, stderr } = await violet([...args, '-o', 'json'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr })
  const document = JSON.parse(stdout) as Record<string, never>
  expect(undocumentedFields(args[0] ?? '', document)).toEqual([])
  return document
}

describe('the process', () => {
  test('teaches, and ends with 0', async () => {
    expect(await violet([])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('violet COMMAND') as string,
    })
    expect(await violet(['help', 'package'])).toMatchObject({ exitCode: 0, stderr: '' })
  })

  test('says what is wrong with a command line, and ends with 2', async () => {
    expect(await violet(['shwo'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "violet: There is no command 'shwo'. Did you mean show? 'violet --help' lists them all.\n",
    })
    const { exitCode, stdout } = await violet(['show', 'a', '--al', '-o', 'json'])
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'usage' } }])
  })

  test('ends with 1 for a file that is not there, with 3 for one that is no package', async () => {
    expect(await violet(['show', 'nothing.tgz'])).toMatchObject({
      exitCode: 1,
      stderr: 'violet: nothing.tgz does not exist\n',
    })
    await writeFile(join(cwd, 'broken.tgz'), (await buildPackage(EXAMPLE)).subarray(0, 900))
    const { exitCode, stdout } = await violet(['show', 'broken.tgz', '--output', 'json'])
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([3, { error: { code: 'truncated' } }])
  })

  test('tells its version', async () => {
    const { version } = JSON.parse(
      await readFile(resolve(import.meta.dirname, '../package.json'), 'utf8'),
    ) as {
      version: string
    }
    expect(await violet(['--version'])).toEqual({ exitCode: 0, stdout: `violet ${version}\n`, stderr: '' })
  })

  test('says what to do, to programs too', async () => {
    const env = { PACKAGE_LIMIT_ENTRIES: '3' }
    const advice = 'If the package is to be trusted, PACKAGE_LIMIT_ENTRIES raises the limit.'
    const { exitCode, stdout, stderr } = await violet(['show', 'web-cli.tgz', '-o', 'json'], { env })
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([3, { error: { code: 'too-many-entries', advice } }])
    expect(stderr).toBe(`Reading web-cli.tgz\nviolet: The package has more than 3 entries\n${advice}\n`)
    expect(undocumentedFields('show', JSON.parse(stdout))).toEqual([])
    expect(await violet(['push', 'web-cli.tgz', '--kubeconfig', 'none'])).toMatchObject({
      exitCode: 6,
      stderr:
        'violet: kubeconfig none: no such file\nSay which platform: --kubeconfig FILE, or --platform-address URL with a token.\n',
    })
  })

  test('names the folder that is missing, or has no space left', async () => {
    expect(await violet(['show', 'no/such/thing.tgz'])).toMatchObject({
      exitCode: 1,
      stderr: 'violet: no/such does not exist\n',
    })
    const full = withSpaceIn('/packages', () => writeFile('/dev/full', 'x'))
    await expect(full).rejects.toThrow(/^No space is left in \/packages$/)
    await expect(withSpaceIn(tmpdir(), () => writeFile('/dev/full', 'x'))).rejects.toThrow(
      /: \$TMPDIR names another folder$/,
    )
  })

  test('ends with 130 when it is interrupted, and tidies up', async () => {
    const asked = Promise.withResolvers<void>()
    // A registry that takes every connection and never says a word.
    const silent = createServer(() => asked.resolve())
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`
    const tmp = join(cwd, 'tmp')
    await mkdir(tmp)
    const main = resolve(import.meta.dirname, 'main.ts')
    const args = ['push', 'web-cli.tgz', '--dest-repo', host, '--plain', '--skip-crs']
    const child = spawn(process.execPath, [main, ...args], {
      cwd,
      env: { ...process.env, TMPDIR: tmp },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const exited = new Promise<number | null>((done) => child.once('exit', done))
    await asked.promise
    child.kill('SIGINT')
    expect(await text(child.stderr)).toMatch(
      /^Registry: .*\nReading .*\nPublishing .*\nviolet: Interrupted\n$/,
    )
    expect(await exited).toBe(130)
    expect(await readdir(tmp)).toEqual([])
    await rm(tmp, { recursive: true })
    silent.close()
  })

  test('lays down the same documents that it describes', async () => {
    await jsonOf(['completion', 'zsh'])
    await jsonOf(['verify', '.'])
  })

  /** @param line with `violet`; what it prints at the end is given back */
  const inBash = async (line: string) => {
    const main = resolve(import.meta.dirname, 'main.ts')
    const script = line.replaceAll('violet ', `'${process.execPath}' '${main}' `)
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { cwd })
    return [stdout, stderr]
  }

  test('does not mind a reader that has seen enough, and ends as it would have ended', async () => {
    expect(await inBash('violet completion fish | head -n 1; exit "${PIPESTATUS[0]}"')).toEqual([
      '# fish completion for violet\n',
      '',
    ])
    await writeFile(join(cwd, 'nothing.tgz'), 'nothing')
    expect(await inBash('(sleep 1; violet show nothing.tgz) 2>&1 | true; echo "${PIPESTATUS[0]}"')).toEqual([
      '3\n',
      '',
    ])
  })

  test('says when what it has to tell can not be written', async () => {
    expect(await inBash('violet show web-cli.tgz > /dev/full; echo "$?"')).toEqual([
      '1\n',
      'Reading web-cli.tgz\nviolet: standard output can not be written (ENOSPC)\n',
    ])
  })
})

describe('show', () => {
  test('tells what a package is', async () => {
    const { stdout } = await violet(['show', 'web-cli.tgz'])
    expect(stdout).toMatch(/^Name: +web-cli \(Web Terminal\)$/m)
    for (const line of ['Type: +ModulePlugin', 'Version: +v4.0.5', 'Artifact: +ait/chart-web-cli:v4.0.5'])
      expect(stdout).toMatch(new RegExp(`^${line}$`, 'm'))
  })

  test('warns of scripts and of what the package only lists', async () => {
    const yaml =
      'apiVersion: cluster.alauda.io/v1alpha1\nkind: ModulePlugin\nmetadata: {name: odd}\nspec: {name: odd, version: v1.0.0, description: {en: Odd}}\n'
    const entries: [string, string][] = [
      ['res/resources.yaml', yaml],
      ['res/artifacts.txt', '\uFEFF# by hand\r\n\r\nait/odd:v1 # the image\r\n'],
      ['res/hooks/before.sh', 'touch pwned'],
      ['setup.sh', 'touch pwned'],
    ]
    await writeFile(join(cwd, 'odd.tgz'), await packEntries(entries))
    const { exitCode, stdout, stderr } = await violet(['show', 'odd.tgz'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Artifact: +ait\/odd:v1 \(not in the package\)$/m)
    expect(stderr).toMatch(
      /^warning: The package carries scripts, which are never run: res\/hooks\/before.sh, setup.sh$/m,
    )
    expect(await readdir(cwd)).not.toContain('pwned')
    await jsonOf(['show', 'odd.tgz'])
  })

  test('a folder is told what it is', async () => {
    await mkdir(join(cwd, 'made/res'), { recursive: true })
    await writeFile(join(cwd, 'made/res/resources.yaml'), '')
    for (const command of ['show', 'verify', 'push'])
      expect(await violet([command, 'made', '--dry-run'])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("'violet package made' makes one of it") as string,
      })
  })

  test('tells everything', async () => {
    const { stdout } = await violet(['show', 'web-cli.tgz', '--all'])
    const bytes = await readFile(join(cwd, 'web-cli.tgz'))
    expect(stdout).toContain(createHash('sha256').update(bytes).digest('hex'))
    expect(stdout).toMatch(/^ait\/chart-web-cli:v4.0.5 +chart +- +\S+ KiB +sha256:[0-9a-f]{64}$/m)
    expect(stdout).toContain('ModuleConfig web-cli-v4.0.5')
  })
})

test('what a package says can not steer the terminal', async () => {
  const nasty = '\u001b[31m\u202eevil\u0007'
  const yaml = `apiVersion: cluster.alauda.io/v1alpha1
kind: ModulePlugin
metadata: {name: nasty, annotations: {cpaas.io/display-name: ${JSON.stringify(nasty)}}}
spec: {name: nasty, version: v1.0.0, logo: "", description: {en: ${JSON.stringify(nasty)}}}
`
  await writeFile(join(cwd, 'nasty.tgz'), await packEntries([['res/resources.yaml', yaml]]))
  for (const more of [[], ['--all'], ['-o', 'json']]) {
    const { exitCode, stdout, stderr } = await violet(['show', 'nasty.tgz', ...more])
    expect(exitCode).toBe(0)
    for (const active of ['\u001b', '\u202e', '\u0007']) expect(stdout + stderr).not.toContain(active)
  }
  await writeFile(join(cwd, 'path.tgz'), await packEntries([[`res/${nasty}`, 'x']]))
  const { exitCode, stderr } = await violet(['show', 'path.tgz'])
  expect(exitCode).toBe(3)
  expect(stderr).not.toContain('\u001b')
})

describe('create and package', () => {
  const source = [
    '--artifact',
    join(EXAMPLE, 'chart'),
    '--module-plugin',
    join(EXAMPLE, 'module-plugin.yaml'),
  ]

  test('make what the sources describe, the same bytes every time', async () => {
    expect(await jsonOf(['create', 'one', ...source])).toMatchObject({
      plugin: 'web-cli',
      artifacts: ['ait/chart-web-cli:v4.0.5'],
    })
    const packed = await jsonOf(['package', 'one'])
    const shown = await jsonOf(['show', 'one.tgz'])
    const built = await jsonOf(['show', 'web-cli.tgz'])
    // The same plugin, objects and artifacts by digest; only the archive around them is another one.
    const content = ({ name, version, artifacts, objects, relateImages }: Record<string, never>) => ({
      name,
      version,
      artifacts,
      objects,
      relateImages,
    })
    expect(content(shown)).toEqual(content(built))
    expect(packed['sha256']).toBe(shown['sha256'])
    await violet(['create', 'two', ...source])
    await violet(['package', 'two', '--output-file', 'deep/er/two.tgz'])
    expect(await readFile(join(cwd, 'deep/er/two.tgz'))).toEqual(await readFile(join(cwd, 'one.tgz')))
    expect(await readFile(join(cwd, 'deep/er/two.tgz.sha256'), 'utf8')).toBe(`${packed['sha256']}  two.tgz\n`)
  })

  test('it is said what the charts need and the package does not hold', async () => {
    const other = resolve(EXAMPLE, '../../logagent/v4.2.0')
    const plugin = ['--module-plugin', join(other, 'module-plugin.yaml')]
    const { stderr } = await violet([
      'create',
      'lacking',
      '--artifact',
      `a/b:v1=${join(other, 'chart')}`,
      ...plugin,
    ])
    expect(stderr).toMatch(
      /^warning: the plugin installs the chart ait\/chart-alauda-log-agent:v4.2.0, which is none/m,
    )
    expect(stderr).toMatch(
      /^warning: a chart's values list the image \S+, which is none of the artifacts: add it/m,
    )
  })

  test('a dry run leaves nothing behind', async () => {
    const before = await readdir(cwd)
    expect(await jsonOf(['create', 'dry', ...source, '--dry-run'])).toMatchObject({
      dryRun: true,
      plugin: 'web-cli',
    })
    expect(await jsonOf(['package', 'one', '--output-file', 'dry.tgz', '--dry-run'])).toMatchObject({
      version: 'v4.0.5',
    })
    expect(await readdir(cwd)).toEqual(before)
  })

  test('nothing that exists is overwritten, nothing half-made stays', async () => {
    await mkdir(join(cwd, 'taken'))
    const taken = await violet(['create', 'taken', ...source])
    expect(taken).toMatchObject({ exitCode: 2 })
    // It may be the chart.
    expect(taken.stderr).not.toContain('remove')
    const before = await readdir(cwd)
    expect(await violet(['create', 'bad', '--artifact', 'no/such/thing'])).toMatchObject({ exitCode: 2 })
    expect(await violet(['create', 'bad', '--artifact', 'one.tgz'])).toMatchObject({ exitCode: 2 })
    expect(await violet(['create', 'bad', ...source, '--platforms', 'Linux'])).toMatchObject({ exitCode: 2 })
    expect(await readdir(cwd)).toEqual(before)
  })

  test('what is wrong with a source is told by its own name', async () => {
    await writeFile(join(cwd, 'nameless.yaml'), 'kind: ModulePlugin\n')
    const chart = ['--artifact', join(EXAMPLE, 'chart')]
    const runs: [string[], number, string][] = [
      [[...chart, '--module-plugin', 'nameless.yaml'], 3, 'Document 1 of nameless.yaml is not'],
      [[...source, '--artifact', join(EXAMPLE, 'chart')], 2, 'is given twice'],
      [['--artifact', 'registry.example/ait/web-cli'], 2, 'with a tag'],
      [['--artifact', `registry.example/ait/web-cli@sha256:${'0'.repeat(64)}`], 2, 'a digest is no name'],
    ]
    for (const [args, exitCode, message] of runs)
      expect(await violet(['create', 'wrong', ...args])).toMatchObject({
        exitCode,
        stderr: expect.stringContaining(message) as string,
      })
  })

  test('a chart with its own module-plugin.yaml needs nothing else', async () => {
    await cp(join(EXAMPLE, 'chart'), join(cwd, 'charts/own'), { recursive: true })
    await writeFile(
      join(cwd, 'charts/own/module-plugin.yaml'),
      'apiVersion: cluster.alauda.io/v1alpha1\nkind: ModulePlugin\nmetadata: {name: own}\nspec: {name: own, logo: "", description: {en: Own}}\n',
    )
    const made = await jsonOf(['create', 'own', '--artifact', 'team/own:v1.2.3=charts/own'])
    expect(made).toMatchObject({ plugin: 'own', artifacts: ['team/own:v1.2.3'] })
    // The platform's own tools complete nothing.
    expect(parse(await readFile(join(cwd, 'own/res/resources.yaml'), 'utf8'))).toMatchObject({
      metadata: {
        name: 'own',
        labels: { 'cpaas.io/module-name': 'own', 'cpaas.io/module-type': 'plugin' },
      },
      spec: { name: 'own', version: 'v1.2.3', mainChart: 'team/own', deleteable: true, logo: '' },
    })
    expect(await jsonOf(['package', 'own'])).toMatchObject({
      name: 'own',
      version: 'v1.2.3',
      mainChart: 'team/own:v1.2.3',
    })
  })

  test('links are not followed', async () => {
    await cp(join(cwd, 'one'), join(cwd, 'linked'), { recursive: true })
    await symlink('/etc/passwd', join(cwd, 'linked/res/passwd'))
    expect(await violet(['package', 'linked'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('neither a file nor a folder') as string,
    })
    await cp(join(EXAMPLE, 'chart'), join(cwd, 'linked-chart'), { recursive: true })
    await symlink('/etc/passwd', join(cwd, 'linked-chart/passwd'))
    expect(await violet(['create', 'x', '--artifact', 'linked-chart'])).toMatchObject({ exitCode: 1 })
  })

  test('what can not be published is not written', async () => {
    await cp(join(cwd, 'one'), join(cwd, 'spoilt'), { recursive: true })
    await writeFile(join(cwd, 'spoilt/res/resources.yaml'), 'kind: Nothing\n')
    expect(await violet(['package', 'spoilt'])).toMatchObject({ exitCode: 3 })
    expect(await readdir(cwd)).not.toContain('spoilt.tgz')
  })

  test('names that are anything but names are only names', async () => {
    for (const name of ['$(touch pwned); x', '__proto__', 'a\u001b[31m 中文']) {
      const { exitCode, stdout, stderr } = await violet(['create', name, ...source])
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr })
      expect(stdout + stderr).not.toContain('\u001b')
      expect(await violet(['package', name])).toMatchObject({ exitCode: 0 })
    }
    expect(await readdir(cwd)).not.toContain('pwned')
  })
})
