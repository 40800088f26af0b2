import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { SqliteStore } from './sqlite-store.ts'
import { StoreWriteError } from './store-write-error.ts'
import type { Change } from './store-types.ts'

// Other work on the machine only makes it slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const KEY = { cluster: 'global', resource: 'things' }
let folder = ''
let files = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (historyLimit = 1000) => new SqliteStore(join(folder, `${files++}.db`), historyLimit)
const write = (namespace: string, name: string, text = '') => ({
  ...KEY,
  namespace,
  name,
  labels: null,
  owners: null,
  body: (revision: number) => JSON.stringify({ text, revision }),
})
/** Creates, changes or deletes, whichever fits. */
function change(store: SqliteStore, namespace: string, name: string, isDelete: boolean, text: string): void {
  const previous = store.get(KEY, namespace, name)
  if (!isDelete) store.put(write(namespace, name, text), previous)
  else if (previous !== undefined) store.remove(write(namespace, name, text), previous)
}
const snapshot = (store: SqliteStore, revision: number, namespace?: string) =>
  store.page(KEY, { revision, namespace }).map(({ namespace, name, body }) => [namespace, name, body])

const operation = fc.record({
  namespace: fc.constantFrom('', 'a', 'b'),
  name: fc.constantFrom('x', 'y', 'z'),
  isDelete: fc.boolean(),
  text: fc.string({ maxLength: 3 }),
})

describe('history', () => {
  test('every revision can be read as it was, and played back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 30 }), async (operations) => {
        const store = open()
        const live: Change[] = []
        store.onChange = (event) => live.push(event)
        const moments: { revision: number; state: unknown[] }[] = []
        for (const { namespace, name, isDelete, text } of operations) {
          change(store, namespace, name, isDelete, text)
          moments.push({ revision: store.revision, state: snapshot(store, store.revision) })
          if (text === '') await store.settled()
        }
        await store.settled()
        for (const { revision, state } of moments) expect(snapshot(store, revision)).toEqual(state)
        expect([...store.changesSince(KEY, 1)]).toEqual(live)
        const replayed = new Map<string, unknown>()
        for (const { type, object } of live) {
          const id = JSON.stringify([object.namespace, object.name])
          if (type === 'DELETED') replayed.delete(id)
          else replayed.set(id, [object.namespace, object.name, object.body])
        }
        const now = snapshot(store, store.revision)
        expect(new Set(replayed.values())).toEqual(new Set(now))
        expect(store.count(KEY)).toBe(now.length)
        expect(store.count(KEY, 'a')).toBe(snapshot(store, store.revision, 'a').length)
        store.close()
      }),
      { numRuns: 40 },
    )
  })

  test('pages put together are the whole, at any revision', () => {
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 30 }),
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        (operations, seed, limit) => {
          const store = open()
          for (const { namespace, name, isDelete, text } of operations)
            change(store, namespace, name, isDelete, text)
          const revision = 1 + (seed % store.revision)
          const all: unknown[] = []
          let after: { namespace: string; name: string } | undefined
          for (;;) {
            const page = store.page(KEY, { revision, limit, after })
            all.push(...page.map(({ namespace, name, body }) => [namespace, name, body]))
            after = page.at(-1)
            if (page.length < limit) break
          }
          expect(all).toEqual(snapshot(store, revision))
          store.close()
        },
      ),
      { numRuns: 40 },
    )
  })

  test('is forgotten in the end, but what lives stays', async () => {
    const store = open(20)
    for (let i = 0; i < 200; i++) {
      change(store, '', `n${i % 10}`, i % 7 === 0, String(i))
      if (i % 5 === 0) await store.settled()
    }
    await store.settled()
    expect(store.compacted).toBeGreaterThan(150)
    const from = store.compacted
    const rest = [...store.changesSince(KEY, from)]
    expect(rest.length).toBe(store.revision - from)
    expect(snapshot(store, store.revision).length).toBe(store.count(KEY))
    expect(snapshot(store, from).length).toBeGreaterThan(0)
    store.close()
  })
})

describe('durability', () => {
  test('revisions go on after a restart', () => {
    const path = join(folder, 'again.db')
    const first = new SqliteStore(path, 1000)
    change(first, 'a', 'x', false, 'one')
    change(first, 'a', 'y', false, 'two')
    const { revision } = first
    first.setFact('token', 'kept')
    first.close()
    const second = new SqliteStore(path, 1000)
    expect(second.revision).toBe(revision)
    expect(second.count(KEY, 'a')).toBe(2)
    expect(second.fact('token')).toBe('kept')
    change(second, 'a', 'x', true, '')
    expect(second.revision).toBe(revision + 1)
    second.close()
  })

  test('a failed write undoes its whole transaction, and nobody hears of it', async () => {
    const store = open()
    const events: Change[] = []
    store.onChange = (event) => events.push(event)
    change(store, '', 'kept', false, '1')
    await store.settled()
    change(store, '', 'lost', false, '2')
    const settled = store.settled()
    expect(() => store.put({ ...write('', 'broken'), name: undefined as never }, undefined)).toThrow()
    await expect(settled).rejects.toThrow()
    expect(snapshot(store, store.revision).length).toBe(1)
    expect(store.count(KEY)).toBe(1)
    expect(events.map(({ object }) => object.name)).toEqual(['kept'])
    change(store, '', 'later', false, '3')
    await store.settled()
    expect(store.count(KEY)).toBe(2)
    store.close()
  })

  test('a full file takes no writes, gives all reads, and goes on where it was once there is room', async () => {
    const path = join(folder, 'full.db')
    const small = new SqliteStore(path, 1000, 40)
    const events: Change[] = []
    small.onChange = (event) => events.push(event)
    const big = 'x'.repeat(2000)
    let kept = 0
    const fill = async () => {
      for (; kept < 1000; kept++) {
        change(small, '', `n${kept}`, false, big)
        change(small, '', `m${kept}`, false, big)
        await small.settled()
      }
    }
    await expect(fill()).rejects.toThrow(StoreWriteError)
    await small.quiet()
    expect(kept).toBeGreaterThan(0)
    const { revision } = small
    expect(snapshot(small, revision).length).toBe(2 * kept)
    expect(small.count(KEY)).toBe(2 * kept)
    expect(events.length).toBe(2 * kept)
    expect(events.at(-1)?.object.rv).toBe(revision)
    expect([...small.changesSince(KEY, 0)].length).toBe(2 * kept)
    small.close()

    const roomy = new SqliteStore(path, 1000)
    expect(roomy.revision).toBe(revision)
    change(roomy, '', 'later', false, big)
    await roomy.settled()
    expect(roomy.revision).toBe(revision + 1)
    expect(roomy.count(KEY)).toBe(2 * kept + 1)
    roomy.close()
  })

  test('a write behind one that failed fails with it, whatever became of the transaction', async () => {
    const store = open()
    expect(() => store.put({ ...write('', 'broken'), name: undefined as never }, undefined)).toThrow()
    expect(() => change(store, '', 'behind', false, '1')).toThrow(StoreWriteError)
    await store.quiet()
    expect(snapshot(store, store.revision)).toEqual([])
    expect(store.revision).toBe(1)
    store.close()
  })
})
