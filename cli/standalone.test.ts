import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildPackage } from '#lib/packages/build-package.ts'
import { COMMANDS } from './commands.ts'
import { overviewText } from './help-text.ts'
import { runCli } from './testing/run-cli.ts'

// Many processes, on machines that may do other things.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 })

const ROOT = resolve(import.meta.dirname, '..')

let cwd = ''
let script = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'violet-file-'))
  script = join(cwd, 'violet.mjs')
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/build-violet.ts'), script])
  await writeFile(join(cwd, 'web-cli.tgz'), await buildPackage(join(ROOT, 'examples/web-cli/v4.0.5')))
}, 120_000)
afterAll(() => rm(cwd, { recursive: true }))

test('the one file does what the sources do, where there is nothing else', async () => {
  expect(await readdir(cwd)).toEqual(['violet.mjs', 'web-cli.tgz'])
  expect(await runCli([], { cwd, script })).toMatchObject({
    exitCode: 0,
    stdout: `${overviewText(COMMANDS)}\n`,
  })
  for (const args of [
    ['show', 'web-cli.tgz', '--all'],
    ['show', 'violet.mjs'],
    ['verify', '.'],
    ['push', 'web-cli.tgz', '--skip-crs', '--dest-repo', 'Not a host'],
    ['list', '--kubeconfig', 'nothing'],
    ['pish'],
  ])
    expect(await runCli(args, { cwd, script })).toEqual(await runCli(args, { cwd }))
})

test('it imports nothing but Node’s own modules, and is written for Node 22', async () => {
  const text = await readFile(script, 'utf8')
  const imported = [...text.matchAll(/^import\b.*? from ["']([^"']+)["']/gm)].map(([, name]) => name ?? '')
  expect(imported.length).toBeGreaterThan(0)
  expect(imported.filter((name) => !isBuiltin(name))).toEqual([])
  // Node 22 can't read these.
  expect(text).not.toMatch(/^\s*(?:await )?using \w+ = /m)
})
