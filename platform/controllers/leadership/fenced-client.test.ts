import { expect, test } from 'vitest'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { FIELD_MANAGER, fencedClient } from './fenced-client.ts'

interface Seen {
  method: string
  options: { timeoutMs?: number; signal?: AbortSignal; fieldManager?: string; namespace?: string } | undefined
}

function setUp(): { client: KubeClient; seen: Seen[]; term: { timeMs: number; lost: AbortController } } {
  const seen: Seen[] = []
  const record =
    (method: string) =>
    (...args: unknown[]) => {
      seen.push({ method, options: args.findLast((arg) => typeof arg === 'object') as Seen['options'] })
      return Promise.resolve(object)
    }
  const term = { timeMs: 9000, lost: new AbortController() }
  const inner = Object.fromEntries(
    ['get', 'list', 'listAll', 'getPath', 'create', 'replace', 'patch', 'delete'].map((name) => [
      name,
      record(name),
    ]),
  ) as unknown as KubeClient
  const client = fencedClient(inner, { signal: term.lost.signal, writeTimeMs: () => term.timeMs })
  return { client, seen, term }
}

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }

function writes(client: KubeClient): (() => Promise<unknown>)[] {
  const namespace = 'n'
  return [
    () => client.create(CONFIG_MAP, object, { namespace }),
    () => client.replace(CONFIG_MAP, object, { namespace }),
    () => client.patch(CONFIG_MAP, 'a', { type: 'merge', body: {} }, { namespace }),
    () => client.delete(CONFIG_MAP, 'a', { namespace }),
  ]
}

test('every write is bounded by what is left of the lease, and says who wrote', async () => {
  const { client, seen, term } = setUp()
  for (const write of writes(client)) await write()
  expect(seen.map(({ method }) => method)).toEqual(['create', 'replace', 'patch', 'delete'])
  for (const { options } of seen) {
    expect(options).toMatchObject({ timeoutMs: 9000, signal: term.lost.signal, namespace: 'n' })
  }
  expect(seen.slice(0, 3).map(({ options }) => options?.fieldManager)).toEqual(Array(3).fill(FIELD_MANAGER))
  await client.create(CONFIG_MAP, object, { timeoutMs: 100, signal: new AbortController().signal })
  const last = seen.at(-1)?.options
  expect(last?.timeoutMs).toBe(100)
  term.lost.abort()
  expect(last?.signal?.aborted).toBe(true)
})

test('no write begins without the lease; reads pass', async () => {
  const { client, seen, term } = setUp()
  term.timeMs = 0
  for (const write of writes(client)) await expect(write()).rejects.toThrow('the lease is not held')
  term.timeMs = 9000
  term.lost.abort()
  for (const write of writes(client)) await expect(write()).rejects.toThrow('the lease is not held')
  expect(seen).toEqual([])
  await client.get(CONFIG_MAP, 'a', { namespace: 'n' })
  await client.list(CONFIG_MAP)
  await client.listAll(CONFIG_MAP)
  await client.getPath('/version')
  expect(seen).toHaveLength(4)
})
