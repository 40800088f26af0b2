import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDataDir } from './data-dir.ts'

const START = resolve(import.meta.dirname, '../start.mjs')

let home: string
let api: Server

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'start-'))
  api = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({ kind: 'Status', code: 401, reason: 'Unauthorized', message: 'Unauthorized' }),
    )
  })
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done))
})

afterAll(async () => {
  api.close()
  await rm(home, { recursive: true, force: true })
})

function start(args: string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    const child = spawn(process.execPath, [START, ...args], {
      cwd: home,
      env: { NODE_ENV: 'production', PATH: process.env['PATH'] ?? '', HOME: home },
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.once('close', (code) => done({ code, stdout, stderr }))
  })
}

async function kubeconfig(server: string): Promise<string> {
  const file = join(home, 'kubeconfig')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'prod', cluster: { server } }],
    users: [{ name: 'me', user: { token: 'very-secret-token' } }],
    contexts: [{ name: 'here', context: { cluster: 'prod', user: 'me' } }],
    'current-context': 'here',
  }
  await writeFile(file, JSON.stringify(config))
  return file
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

describe('what goes wrong is one clear line and exit code 1', { concurrent: true, timeout: 20_000 }, () => {
  test.each<[string, () => string[] | Promise<string[]>, RegExp]>([
    ['an unknown flag', () => ['--bogus'], /--bogus/],
    [
      'no such kubeconfig',
      () => ['--port', '0', '--kubeconfig', '/nowhere/config'],
      /\/nowhere\/config: no such file/,
    ],
    ['no default kubeconfig', () => ['--port', '0', '--kubeconfig'], /\.kube\/config: no such file/],
    ['a busy port', () => ['--port', String(portOf(api))], /port \d+ on 127\.0\.0\.1 is in use/],
    [
      'a broken kubeconfig',
      async () => {
        await writeFile(join(home, 'broken'), 'users: [{token: very-secret-token\n')
        return ['--port', '0', '--kubeconfig', join(home, 'broken')]
      },
      /broken: not valid YAML/,
    ],
    [
      'a rejected token',
      async () => ['--port', '0', '--kubeconfig', await kubeconfig(`http://127.0.0.1:${portOf(api)}`)],
      /cluster prod \(http:\/\/127\.0\.0\.1:\d+\): it rejects the credentials/,
    ],
    [
      'a data folder in use',
      async () => {
        await openDataDir(join(home, 'data'), false)
        return ['--port', '0', '--data', join(home, 'data')]
      },
      /data is in use by another npm start/,
    ],
  ])('%s', async (_name, args, expected) => {
    const { code, stdout, stderr } = await start(await args())
    expect(stderr).toMatch(expected)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain('very-secret-token')
    expect(stdout).toBe('')
    expect(code).toBe(1)
  })

  test('an unreachable cluster', async () => {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const port = portOf(server)
    await new Promise((done) => server.close(done))
    const file = join(home, 'unreachable')
    await writeFile(
      file,
      `{clusters: [{name: far, cluster: {server: "http://127.0.0.1:${port}"}}], contexts: [{name: x, context: {cluster: far}}], current-context: x}`,
    )
    const { code, stderr } = await start(['--port', '0', '--kubeconfig', file])
    expect(stderr).toMatch(/^cluster far \(http:\/\/127\.0\.0\.1:\d+\): .+connection refused\n$/)
    expect(code).toBe(1)
  })
})

test('--help explains and starts nothing', async () => {
  const { code, stdout } = await start(['--help'])
  expect(stdout).toContain('--kubeconfig [FILE]')
  expect(code).toBe(0)
})
