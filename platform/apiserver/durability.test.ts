import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { Agent, request } from 'undici'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const MAPS = '/api/v1/namespaces/default/configmaps'

async function start(dataDir: string, [command, ...before]: readonly string[] = [process.execPath]) {
  const flags = [MAIN, '--data', dataDir, '--clusters', 'global']
  const child = spawn(command ?? '', [...before, ...flags], { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('kubeconfig ')) break
  const config = parse(await readFile(join(dataDir, 'kubeconfig'), 'utf8')) as {
    clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }]
    users: [{ user: { token: string } }]
  }
  const [{ cluster }] = config.clusters
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString()
  const agent = new Agent({ connections: 8, connect: { ca } })
  const headers = {
    authorization: `Bearer ${config.users[0].user.token}`,
    'content-type': 'application/json',
  }
  const call = async (method: string, path: string, body?: string) => {
    const answer = await request(cluster.server + path, {
      method: method as 'GET',
      dispatcher: agent,
      headers,
      body,
    })
    return { status: answer.statusCode, text: await answer.body.text() }
  }
  const watch = async (path: string) => {
    const { body } = await request(cluster.server + path, { dispatcher: agent, headers })
    const lines = createInterface({ input: body })[Symbol.asyncIterator]()
    return async () => (await lines.next()).value ?? ''
  }
  return { child, call, watch, exited: once(child, 'exit'), close: () => agent.destroy() }
}

test('what was acknowledged before a SIGKILL is there after it', { timeout: 30_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'durability-'))
  try {
    const first = await start(dataDir)
    const acknowledged: string[] = []
    let next = 0
    const writers = Array.from({ length: 8 }, async () => {
      for (;;) {
        const name = `map-${next++}`
        const body = JSON.stringify({ metadata: { name }, data: { name } })
        const answer = await first.call('POST', MAPS, body).catch(() => undefined)
        if (answer?.status !== 201) return
        acknowledged.push(name)
        if (acknowledged.length === 200) first.child.kill('SIGKILL')
      }
    })
    await Promise.all(writers)
    await first.exited
    await first.close()
    expect(acknowledged.length).toBeGreaterThanOrEqual(200)

    const second = await start(dataDir)
    const { text } = await second.call('GET', MAPS)
    const list = JSON.parse(text) as { items: { metadata: { name: string }; data: { name: string } }[] }
    const found = new Map(list.items.map(({ metadata, data }) => [metadata.name, data.name]))
    expect(acknowledged.filter((name) => found.get(name) !== name)).toEqual([])
    second.child.kill('SIGTERM')
    expect(await second.exited).toEqual([0, null])
    await second.close()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})

/** The system's own limit on the size of files, which a process can be given and freed of: a disk that is full. */
const hasLimits = process.platform === 'linux' && existsSync('/usr/bin/prlimit')
if (!hasLimits) console.log('no prlimit here: skipping the test of a full disk')

describe.runIf(hasLimits)('a full disk', () => {
  test('refuses writes and nothing else, until there is room', { timeout: 60_000 }, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'full-'))
    const prepared = await start(dataDir)
    prepared.child.kill('SIGTERM')
    await prepared.exited
    await prepared.close()
    const limited = ['/usr/bin/prlimit', `--fsize=${4 * 1024 * 1024}:unlimited`, process.execPath]
    const server = await start(dataDir, limited)
    try {
      const map = (name: string, size: number) =>
        JSON.stringify({ metadata: { name }, data: { text: 'x'.repeat(size) } })
      const stored = new Set<string>()
      const nextEvent = await server.watch(`${MAPS}?watch=true`)
      let refused = ''
      for (let index = 0; refused === '' && index < 200; index++) {
        const names = [0, 1, 2, 3].map((part) => `map-${index}-${part}`)
        const answers = await Promise.all(names.map((name) => server.call('POST', MAPS, map(name, 50_000))))
        for (const [part, { status, text }] of answers.entries())
          if (status === 201) stored.add(names[part] ?? '')
          else {
            expect(status).toBe(500)
            refused = text
          }
      }
      expect(JSON.parse(refused)).toMatchObject({
        kind: 'Status',
        status: 'Failure',
        reason: 'InternalError',
        code: 500,
        message: expect.stringMatching(/^Internal error occurred: the write could not be stored: /),
      })
      const listed = async () => {
        const { status, text } = await server.call('GET', MAPS)
        expect(status).toBe(200)
        const { items } = JSON.parse(text) as { items: { metadata: { name: string } }[] }
        return new Set(items.map(({ metadata }) => metadata.name))
      }
      expect(await listed()).toEqual(stored)
      const events = new Set<string>()
      const nameOf = (line: string) =>
        (JSON.parse(line) as { object: { metadata: { name: string } } }).object.metadata.name
      while (events.size < stored.size) events.add(nameOf(await nextEvent()))
      expect(events).toEqual(stored)

      execFileSync('/usr/bin/prlimit', [`--pid=${server.child.pid}`, '--fsize=unlimited:unlimited'])
      expect((await server.call('POST', MAPS, map('room', 50_000))).status).toBe(201)
      expect(nameOf(await nextEvent())).toBe('room')
      expect(await listed()).toEqual(stored.add('room'))
      server.child.kill('SIGTERM')
      expect(await server.exited).toEqual([0, null])
    } finally {
      server.child.kill('SIGKILL')
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  })
})
