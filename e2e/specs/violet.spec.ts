import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { readTrust } from '#e2e/support/kube-api.ts'
import { action, listUrl, pluginRow } from '#e2e/support/pages.ts'
import { expect, test } from '#e2e/support/test.ts'

test.use({ instance: 'violet' })

const ROOT = resolve(import.meta.dirname, '../..')
const EXAMPLE = join(ROOT, 'examples/web-cli/v4.0.5')

let folder = ''
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'violet-spec-'))
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

async function violet(args: string[], env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, 'cli/main.ts'), ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<number | null>((done) => child.once('exit', done))
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr })
  return stdout
}

test('from a chart to Ready in the catalogue, through the console’s own address with a token', async ({
  page,
  console: running,
}) => {
  const { token } = await readTrust(running.kubeconfig)
  const platform = { VIOLET_PLATFORM_ADDRESS: running.url, VIOLET_PLATFORM_TOKEN: token }
  await page.goto(listUrl('global', 'web-cli'))
  const row = pluginRow(page, 'web-cli')
  await expect(row).toContainText('v4.0.4')

  const plugin = ['--module-plugin', join(EXAMPLE, 'module-plugin.yaml')]
  await violet(['create', 'web-cli', '--artifact', join(EXAMPLE, 'chart'), ...plugin])
  await violet(['package', 'web-cli'])
  expect(await violet(['push', 'web-cli.tgz', '--dry-run'], platform)).toContain('would be pushed')
  await violet(['push', 'web-cli.tgz'], platform)

  // The page learns of it by itself.
  await expect(row).toContainText('v4.0.5')
  await expect(row).toContainText('Ready')
  await action(row, 'Install').click()
  await expect(row).toContainText('Running')
  const kept = JSON.parse(await violet(['gc', '--yes', '-o', 'json'], platform)) as {
    versions: { plugin: string; version: string; outcome: string }[]
  }
  const mine = kept.versions.filter((version) => version.plugin === 'web-cli')
  expect(mine.map(({ version, outcome }) => `${version} ${outcome}`)).toEqual([
    'v4.0.5 kept',
    'v4.0.4 removed',
    'v4.0.3 removed',
  ])
  expect(await violet(['list', '--output-file', 'apps.yaml'], platform)).toMatch(
    /^web-cli +Web Terminal +global +v4\.0\.5$/m,
  )
})
