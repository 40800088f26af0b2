import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { freePorts } from '../kube/free-ports.ts'
import { openKubeApi } from '../support/kube-api.ts'
import { newDataDir } from '../support/new-data-dir.ts'
import { startConsole } from '../support/start-console.ts'

const run = promisify(execFile)
const PLUGINS = '/apis/cluster.alauda.io/v1alpha1/moduleplugins'

test.describe.configure({ timeout: 120_000 })

let dataDir: string

test.beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'start-'))
})

test.afterEach(() => rm(dataDir, { recursive: true, force: true }))

function openStream(url: string): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    get(`${url}/api/events`, (stream) => {
      stream.on('error', () => {})
      stream.resume()
      done(stream)
    }).on('error', fail)
  })
}

/** Ids of the processes that were started with this argument. */
async function processesWith(argument: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-eo', 'pid,args'])
  return stdout.split('\n').filter((line) => line.includes(argument))
}

test('Ctrl-C ends everything, an open stream too; the next start finds its data', async () => {
  const first = await startConsole([], { dataDir })
  const api = await openKubeApi(first.kubeconfig)
  const removed = await api.call('DELETE', `${PLUGINS}/rdma-network`)
  expect(removed.status).toBe(200)
  await api.close()
  const stream = await openStream(first.url)
  const ended = new Promise((done) => stream.once('close', done))
  const code = new Promise((done) => first.process.once('exit', done))
  first.process.kill('SIGINT')
  expect(await code).toBe(0)
  await ended
  expect(await processesWith(dataDir)).toEqual([])

  const second = await startConsole([], { dataDir })
  const again = await openKubeApi(second.kubeconfig)
  expect((await again.call('GET', `${PLUGINS}/rdma-network`)).status).toBe(404)
  await again.close()
  await second.stop()

  const third = await startConsole(['--fresh'], { dataDir })
  const fresh = await openKubeApi(third.kubeconfig)
  expect((await fresh.call('GET', `${PLUGINS}/rdma-network`)).status).toBe(200)
  await fresh.close()
  await third.stop()
})

test('a KUBECONFIG that happens to be set changes nothing; a killed start takes the platform along', async () => {
  const running = await startConsole([], { dataDir, env: { KUBECONFIG: '/nowhere/kubeconfig' } })
  expect(running.kubeconfig).toContain(dataDir)
  running.process.kill('SIGKILL')
  await expect.poll(() => processesWith(dataDir)).toEqual([])
})

test('it goes on, and ends in order, when nobody reads what it prints', async ({ request }) => {
  const data = await newDataDir('start-unread-')
  const [port] = await freePorts([0])
  const script = resolve(import.meta.dirname, '../../scripts/start.mjs')
  const child = spawn(process.execPath, [script, '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise((done) => child.once('exit', done))
  try {
    child.stdout.destroy()
    child.stderr.destroy()
    const answer = async () => {
      const response = await request.get(`http://127.0.0.1:${port}/api/readyz`).catch(() => null)
      return response?.status()
    }
    await expect.poll(answer, { timeout: 60_000 }).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  } finally {
    child.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})

test('--kubeconfig serves that cluster, says which, and starts nothing else; an outage heals', async ({
  request,
}) => {
  const platform = await startConsole([], { dataDir })
  const other = join(dataDir, 'other')
  const running = await startConsole(['--kubeconfig', platform.kubeconfig], { dataDir: other })
  expect(running.kubeconfig).toBe(platform.kubeconfig)
  const session = await request.get(`${running.url}/api/session`)
  const { platform: served } = (await session.json()) as { platform: { cluster: string; server: string } }
  expect(running.log()).toContain(`cluster ${served.cluster} ${served.server}\n`)
  expect((await processesWith(other)).filter((line) => line.includes('platform/main.ts'))).toEqual([])

  const [line = ''] = (await processesWith(dataDir)).filter((entry) => entry.includes('platform/main.ts'))
  process.kill(Number(line.trim().split(' ', 1)[0]), 'SIGKILL')
  for (const url of [platform.url, running.url]) {
    const tryInstall = async () => {
      const data = { cluster: 'global', plugin: 'web-cli', version: 'v4.0.4', dryRun: true }
      return (await request.post(`${url}/api/installations`, { data })).status()
    }
    await expect.poll(tryInstall, { timeout: 20_000 }).toBe(200)
  }
  expect((await request.get(`${running.url}/api/readyz`)).status()).toBe(200)
  await running.stop()
  await platform.stop()
})
