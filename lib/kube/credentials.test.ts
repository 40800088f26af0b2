import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
// Loaded with the first plug-in else, for which a busy machine takes longer than a call may wait.
import '@kubernetes/client-node'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createCredentials } from './credentials.ts'
import { createKubeClient } from './http-kube-client.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer, Handler } from './testing/fault-server.ts'
import { TEST_CERTIFICATES } from './testing/test-certificates.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const ok: Handler = (_, response) => sendJson(response, 200, {})

async function start(handler: Handler = ok, tls = false): Promise<FaultServer> {
  const server = await startFaultServer(handler, tls ? TEST_CERTIFICATES : undefined)
  cleanups.push(() => server.close())
  return server
}

function clientOf(config: Parameters<typeof createKubeClient>[0]) {
  const client = createKubeClient(config, { cluster: 'test' })
  cleanups.push(() => client.close())
  return client
}

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'credentials-'))
  cleanups.push(() => rmSync(path, { recursive: true }))
  return path
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** A credential plug-in: a script that Node runs. */
function plugin(script: string) {
  const file = join(directory(), 'plugin.mjs')
  writeFileSync(file, script)
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [file] } }
}

describe('TLS', () => {
  test('the CA of the kubeconfig is trusted, and calls share their connection', async () => {
    const server = await start(ok, true)
    const client = clientOf(server.config())
    for (let call = 0; call < 100; call += 1) await client.getPath('/version')
    expect(server.requests).toHaveLength(100)
    expect(server.connections).toBeLessThanOrEqual(2)
  })

  test('without it the certificate is refused, and said so', async () => {
    const server = await start(ok, true)
    const client = clientOf(server.config({}, { 'certificate-authority-data': undefined }))
    await expect(client.getPath('/version')).rejects.toMatchObject({ reason: 'CertificateError' })
    expect(server.requests).toHaveLength(0)
  })

  test('insecure-skip-tls-verify is obeyed', async () => {
    const server = await start(ok, true)
    const cluster = { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true }
    expect(await clientOf(server.config({}, cluster)).getPath('/version')).toEqual({})
  })

  test('tls-server-name is what the certificate must say', async () => {
    const server = await start(ok, true)
    const good = clientOf(server.config({}, { 'tls-server-name': 'kube.test' }))
    expect(await good.getPath('/version')).toEqual({})
    const bad = clientOf(server.config({}, { 'tls-server-name': 'elsewhere.test' }))
    await expect(bad.getPath('/version')).rejects.toMatchObject({ reason: 'CertificateError' })
  })

  test('a context without a user has its CA all the same', async () => {
    const server = await start(ok, true)
    const config = server.config()
    config.loadFromOptions({
      clusters: config.clusters,
      users: [],
      contexts: [{ name: 'test', cluster: 'test', user: '' }],
      currentContext: 'test',
    })
    expect(await clientOf(config).getPath('/version')).toEqual({})
    expect(server.requests[0]?.headers.authorization).toBeUndefined()
  })

  test('a client certificate is shown to the server', async () => {
    let subject: unknown
    const server = await start((_, response) => {
      const socket = response.socket as TLSSocket
      subject = socket.authorized ? socket.getPeerCertificate().subject['CN'] : 'nobody'
      sendJson(response, 200, {})
    }, true)
    const { cert, key } = TEST_CERTIFICATES.client
    const user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) }
    await clientOf(server.config(user)).getPath('/version')
    expect(subject).toBe('tester')
  })
})

describe('Authorization', () => {
  test('basic', async () => {
    const server = await start()
    await clientOf(server.config({ username: 'me', password: 'pass:word' })).getPath('/version')
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${base64('me:pass:word')}`)
  })

  test('a token file is read without its line end, and again after a refusal', async () => {
    const file = join(directory(), 'token')
    writeFileSync(file, 'first\n')
    const server = await start((request, response) => {
      if (request.headers.authorization === 'Bearer second') sendJson(response, 200, {})
      else {
        writeFileSync(file, 'second\n')
        sendStatus(response, 401, 'Unauthorized')
      }
    })
    const config = server.config({ 'auth-provider': { name: 'tokenFile', config: { tokenFile: file } } })
    await clientOf(config).getPath('/version')
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
    ])
  })

  test('a token that is refused is not sent again', async () => {
    const server = await start((_, response) => sendStatus(response, 401, 'Unauthorized'))
    await expect(clientOf(server.config()).getPath('/version')).rejects.toMatchObject({ code: 401 })
    expect(server.requests).toHaveLength(1)
  })

  test('a plug-in is run once for many calls', async () => {
    const log = join(directory(), 'log')
    const user = plugin(`
      import { appendFileSync } from 'node:fs'
      appendFileSync(${JSON.stringify(log)}, 'run ')
      console.log(JSON.stringify({ status: { token: 'from-plugin' } }))
    `)
    const server = await start()
    const client = clientOf(server.config(user))
    await Promise.all([1, 2, 3].map(() => client.getPath('/version')))
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 3 }, () => 'Bearer from-plugin'),
    )
    expect(readFileSync(log, 'utf8')).toBe('run ')
  })

  test('a plug-in whose token is refused is run once more for all calls together', async () => {
    const log = join(directory(), 'log')
    writeFileSync(log, '')
    const user = plugin(`
      import { appendFileSync, readFileSync } from 'node:fs'
      const token = readFileSync(${JSON.stringify(log)}, 'utf8') === '' ? 'old-token' : 'new-token'
      appendFileSync(${JSON.stringify(log)}, 'run ')
      console.log(JSON.stringify({ status: { token } }))
    `)
    const server = await start((request, response) => {
      if (request.headers.authorization === 'Bearer new-token') sendJson(response, 200, {})
      else sendStatus(response, 401, 'Unauthorized')
    })
    const client = clientOf(server.config(user))
    await Promise.all(Array.from({ length: 20 }, () => client.getPath('/version')))
    expect(readFileSync(log, 'utf8')).toBe('run run ')
  })

  test('a plug-in is run again when its credential is over, and not before', async () => {
    const log = join(directory(), 'log')
    const user = plugin(`
      import { appendFileSync, readFileSync, existsSync } from 'node:fs'
      const runs = existsSync(${JSON.stringify(log)}) ? readFileSync(${JSON.stringify(log)}, 'utf8').length : 0
      appendFileSync(${JSON.stringify(log)}, '.')
      const expirationTimestamp = runs === 0 ? '2020-01-01T00:00:00Z' : '2100-01-01T00:00:00Z'
      console.log(JSON.stringify({ status: { token: 'token-' + runs, expirationTimestamp } }))
    `)
    const server = await start()
    let now = 0
    const credentials = createCredentials(server.config(user), () => now)
    const tokens = []
    for (let minute = 0; minute < 4; minute += 1) {
      now = minute * 60_000
      tokens.push((await credentials.current()).headers['authorization'])
    }
    expect(tokens).toEqual(['Bearer token-0', 'Bearer token-1', 'Bearer token-1', 'Bearer token-1'])
  })

  test('a plug-in may give a certificate, and is told which server asks', async () => {
    const { cert, key } = TEST_CERTIFICATES.client
    const user = plugin(`
      const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO)
      if (info.kind !== 'ExecCredential' || info.spec.interactive || !info.spec.cluster.server) process.exit(1)
      const status = ${JSON.stringify({ clientCertificateData: cert, clientKeyData: key })}
      console.log(JSON.stringify({ apiVersion: info.apiVersion, kind: info.kind, status }))
    `)
    let subject: unknown
    const server = await start((_, response) => {
      subject = (response.socket as TLSSocket).getPeerCertificate().subject['CN']
      sendJson(response, 200, {})
    }, true)
    const exec = { ...user.exec, provideClusterInfo: true }
    await clientOf(server.config({ exec })).getPath('/version')
    expect(subject).toBe('tester')
  })

  test('a plug-in that waits for somebody is not started twice, and given up after a minute', async () => {
    const user = plugin(`setTimeout(() => {}, 2000)`)
    const server = await start()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    cleanups.push(() => vi.useRealTimers())
    let now = 0
    const credentials = createCredentials(server.config(user), () => now)
    const first = credentials.current()
    now = 45_000
    expect(credentials.current()).toBe(first)
    vi.advanceTimersByTime(60_000)
    await expect(first).rejects.toMatchObject({
      reason: 'CredentialsUnavailable',
      message: expect.stringContaining('did not answer in 60 s'),
    })
  })

  test('what a failing plug-in prints stays secret', async () => {
    const user = plugin(`console.error('token=hunter2'); process.exit(3)`)
    const server = await start()
    const call = clientOf(server.config(user)).getPath('/version')
    await expect(call).rejects.toMatchObject({
      name: 'UnauthorizedError',
      message: `the credentials of user "tester" can't be had: the credential plug-in failed`,
    })
  })

  test('a missing plug-in or file is named', async () => {
    const server = await start()
    const exec = { command: 'no-such-plugin', apiVersion: 'v1' }
    await expect(clientOf(server.config({ exec })).getPath('/version')).rejects.toThrow(
      /no-such-plugin does not exist/,
    )
  })
})

test('files are read again after half a minute', async () => {
  const [cert, token] = [join(directory(), 'cert'), join(directory(), 'token')]
  const write = (text: string) => [cert, token].forEach((file) => writeFileSync(file, text))
  write('one')
  const server = await start()
  let now = 0
  const config = server.config({
    'client-certificate': cert,
    'auth-provider': { name: 'tokenFile', config: { tokenFile: token } },
  })
  const credentials = createCredentials(config, () => now)
  const first = await credentials.current()
  write('two')
  expect(await credentials.current()).toBe(first)
  now = 30_001
  const second = await credentials.current()
  expect([String(second.tls.cert), second.headers['authorization']]).toEqual(['two', 'Bearer two'])
  expect([String(first.tls.cert), first.headers['authorization']]).toEqual(['one', 'Bearer one'])
})
