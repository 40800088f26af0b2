import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import { startPlatform } from '#e2e/support/start-platform.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { PROXIED_NAME } from '#e2e/support/test-certificate.ts'
import { startTunnelProxy, type TunnelProxy } from '#e2e/support/tunnel-proxy.ts'
import { buildPackage } from '#lib/packages/build-package.ts'
import { runViolet } from './run-violet.ts'

const EXAMPLE = resolve(import.meta.dirname, '../../examples/web-cli/v4.0.5')
const USER = { name: 'admin', password: 'päss:word & more' }
const LOGIN = 'ann:päss%2F1'
const PASSWORD = 'päss/1'
let proxy: TunnelProxy
let registry: RunningRegistry
let plain: RunningRegistry
let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'violet-proxy-'))
  registry = await startRegistry({ user: USER })
  await writeFile(join(cwd, 'ca.pem'), registry.ca ?? '')
  await writeFile(join(cwd, 'whole.tgz'), await buildPackage(EXAMPLE))
  proxy = await startTunnelProxy(`ann:${PASSWORD}`)
  plain = await startRegistry({ tls: false })
})
afterAll(async () => {
  await proxy.stop()
  await plain.stop()
  await registry.stop()
  await rm(cwd, { recursive: true })
})

const violet = (env: Record<string, string>, ...args: string[]) =>
  runViolet(args, { cwd, user: USER, env: { VIOLET_REGISTRY_CA: 'ca.pem', ...env } })

// Nothing but the proxy knows what this name means.
const named = (host: string) => `${PROXIED_NAME}:${host.split(':').at(-1)}`
const through = (more: Record<string, string> = {}) => {
  const address = `http://${LOGIN}@${proxy.host}`
  return { HTTPS_PROXY: address, HTTP_PROXY: address, ...more }
}
const push = (env: Record<string, string>, ...args: string[]) =>
  violet(env, 'push', 'whole.tgz', '--skip-crs', '--debug', ...args)

test('a registry with TLS is reached, and one without', async () => {
  const to = ['--dest-repo', `${named(registry.host)}/proxied`]
  expect(await push(through(), ...to)).toMatchObject({ exitCode: 0 })
  expect(new Set(proxy.asked.splice(0))).toEqual(new Set([named(registry.host)]))
  const { digest } = await pullWithSkopeo(registry, 'proxied/ait/chart-web-cli:v4.0.5', USER)
  expect(digest).toMatch(/^sha256:/)
  const plainly = ['--plain', '--no-auth', '--dest-repo', named(plain.host)]
  expect(await push(through(), ...plainly)).toMatchObject({ exitCode: 0 })
  expect(new Set(proxy.asked.splice(0))).toEqual(new Set([named(plain.host)]))
  // And read from there again.
  const reference = `${named(registry.host)}/proxied/ait/chart-web-cli:v4.0.5`
  expect(
    await violet(
      through(),
      'create',
      'proxied',
      '--artifact',
      `ait/chart-web-cli:v4.0.5=${reference}`,
      '--module-plugin',
      join(EXAMPLE, 'module-plugin.yaml'),
    ),
  ).toMatchObject({ exitCode: 0 })
})

test('what NO_PROXY names, and this machine, are reached without it', async () => {
  proxy.asked.splice(0)
  const to = ['--dest-repo', `${registry.host}/direct`]
  expect(await push(through(), ...to)).toMatchObject({ exitCode: 0 })
  expect(proxy.asked).toEqual([])
})

test('one that refuses is told apart, and its password is never shown', async () => {
  const to = ['--dest-repo', named(registry.host), '--dry-run']
  const wrong = { HTTPS_PROXY: `http://ann:hunter22@${proxy.host}` }
  const { exitCode, stdout, stderr } = await push(wrong, ...to)
  expect([exitCode, stderr]).toEqual([7, expect.stringContaining(`The proxy ${proxy.host} does not lead`)])
  expect(stdout + stderr).not.toMatch(/hunter22|YW5uOmh1bnRlcjIy/)
  const nonsense = await push({ HTTPS_PROXY: 'socks5://ann:hunter22@x' }, ...to)
  expect(nonsense).toMatchObject({ exitCode: 2 })
  expect(nonsense.stderr).toContain('HTTPS_PROXY is not the http(s) address of a proxy')
  expect(nonsense.stderr).not.toContain('hunter22')
})

test('the platform is reached, by its address and by a kubeconfig', async () => {
  const platform = await startPlatform(join(cwd, 'proxied-platform'))
  try {
    const text = await readFile(platform.kubeconfig, 'utf8')
    const server = new URL(/server: (\S+)/.exec(text)?.[1] ?? '')
    const token = /token: (\S+)/.exec(text)?.[1] ?? ''
    const address = `https://${PROXIED_NAME}:${server.port}`
    const list = ['list', '-o', 'json', '--debug']
    proxy.asked.splice(0)
    const byAddress = await violet(
      through({ VIOLET_PLATFORM_TOKEN: token }),
      ...list,
      '--platform-address',
      address,
      '--insecure-skip-tls-verify',
    )
    expect(byAddress).toMatchObject({ exitCode: 0 })
    expect(byAddress.stderr).toContain(`through the proxy ${proxy.host}`)
    expect(byAddress.stdout + byAddress.stderr).not.toContain(PASSWORD)
    await writeFile(
      join(cwd, 'proxied-kubeconfig'),
      text
        .replace(server.origin, address)
        .replace(/certificate-authority-data: .*/, 'insecure-skip-tls-verify: true'),
    )
    const byFile = await violet(through(), ...list, '--kubeconfig', 'proxied-kubeconfig')
    expect(byFile).toMatchObject({ exitCode: 0, stdout: byAddress.stdout })
    expect(new Set(proxy.asked)).toEqual(new Set([new URL(address).host]))
    const gone = await violet(
      { HTTPS_PROXY: 'http://127.0.0.1:9' },
      ...list,
      '--kubeconfig',
      'proxied-kubeconfig',
    )
    expect(gone).toMatchObject({
      exitCode: 6,
      stderr: expect.stringContaining('through the proxy 127.0.0.1:9') as string,
    })
  } finally {
    await platform.stop()
  }
}, 120_000)
