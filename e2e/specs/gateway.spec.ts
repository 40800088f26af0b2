import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTrust } from '#e2e/support/kube-api.ts'
import { kubectl, startKubectl } from '#e2e/support/kubectl.ts'
import { startConsole, type RunningConsole } from '#e2e/support/start-console.ts'
import { expect, test } from '#e2e/support/test.ts'

test.use({ instance: 'gateway' })
test.describe.configure({ timeout: 240_000 })

let secure: RunningConsole
let token: string
let pki: string
let folder: string

// kubectl sends its token over TLS alone.
test.beforeAll(async ({ console: platform }) => {
  pki = join(platform.dataDir, 'platform', 'pki')
  token = (await readTrust(platform.kubeconfig)).token
  folder = await mkdtemp(join(tmpdir(), 'gateway-'))
  secure = await startConsole(['--kubeconfig', platform.kubeconfig], {
    env: { TLS_CERT_FILE: join(pki, 'server.crt'), TLS_KEY_FILE: join(pki, 'server.key') },
    dataDir: folder,
  })
})

test.afterAll(async () => {
  await secure.stop()
  await rm(folder, { recursive: true, force: true })
})

function through(cluster: string, ...args: string[]): string[] {
  const server = `${secure.url}/kubernetes/${cluster}`
  return [
    '--kubeconfig',
    '/dev/null',
    '--server',
    server,
    '--certificate-authority',
    join(pki, 'ca.crt'),
    ...args,
  ]
}

test('kubectl works through the console, for every cluster, with its own token', async () => {
  const mine = ['--token', token]
  const plugins = await kubectl(through('global', ...mine, 'get', 'moduleplugins'))
  expect(plugins.stdout).toContain('web-cli')
  const map = JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'through', namespace: 'default' },
    data: { a: '1' },
  })
  for (const cluster of ['global', 'business']) {
    const applied = await kubectl(through(cluster, ...mine, 'apply', '-f', '-'), { input: map })
    expect(applied.stdout).toContain('configmap/through created')
    const names = await kubectl(through(cluster, ...mine, 'get', 'configmap', '-o', 'name'))
    expect(names.stdout).toContain('configmap/through')
    await kubectl(through(cluster, ...mine, 'delete', 'configmap', 'through'))
  }
})

test('kubectl watches through the console', async () => {
  const mine = ['--token', token]
  const watch = await startKubectl(through('global', ...mine, 'get', 'configmap', '-w', '-o', 'name'))
  let seen = ''
  watch.stdout?.setEncoding('utf8').on('data', (text: string) => (seen += text))
  try {
    await expect
      .poll(async () => {
        const name = `watched-${Date.now()}`
        await kubectl(through('global', ...mine, 'create', 'configmap', name))
        return seen
      })
      .toContain('watched-')
  } finally {
    const ended = once(watch, 'exit')
    watch.kill()
    await ended
  }
})

test('without a token, with a wrong one, and for what the gateway does not carry, it says so', async () => {
  const refused = async (args: string[]) => kubectl(args).catch((error: Error) => error.message)
  expect(await refused(through('global', '--token', 'wrong', 'get', 'moduleplugins'))).toContain('logged in')
  expect(await refused(through('moon', '--token', token, 'get', '--raw', '/version'))).toContain('NotFound')
})

test('a page of another origin can not use it, and the console’s own credentials are lent to nobody', async ({
  page,
  baseURL,
  cleanPage,
}) => {
  cleanPage.allow(/40[13]|Failed to load|sandboxed/)
  await page.goto('/clusters')
  const own = await page.evaluate(async () => (await fetch('/kubernetes/global/api')).status)
  expect(own).toBe(401)
  const document = await page.goto(`${baseURL}/kubernetes/global/api`)
  expect(document?.status()).toBe(403)
  expect(document?.headers()['content-security-policy']).toContain('sandbox')
})
