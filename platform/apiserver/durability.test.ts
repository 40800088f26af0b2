import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { Agent, request } from 'undici'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const MAPS = '/api/v1/namespaces/default/configmaps'

async function start(dataDir: string) {
  const child = spawn(process.execPath, [MAIN, '--data', dataDir, '--clusters', 'global'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
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
  return { child, call, exited: once(child, 'exit'), close: () => agent.destroy() }
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
