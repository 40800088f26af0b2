import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApiServer } from '#e2e/support/api-server.ts'
import type { RunningApiServer } from '#e2e/support/api-server.ts'
import { APPLY, MERGE, causesOf, entriesOf } from './field-owners.ts'
import { gadgetKind } from './gadget-kind.ts'
import type { Answer } from './target.ts'
import { Target, contractTarget } from './target.ts'

// The server that CONTRACT_KUBECONFIG names, and an embedded one beside it: the same writes must come out the same.
const GROUP = `r${Math.random().toString(36).slice(2, 10)}.example.com`

const real = contractTarget()
const embedded = new Target()
let server: RunningApiServer | undefined
beforeAll(async () => {
  server = await startApiServer()
  await embedded.open(server.kubeconfig)
})
afterAll(async () => {
  if (server === undefined) return
  await embedded.close()
  await server[Symbol.asyncDispose]()
})
const { gadget } = gadgetKind(real, GROUP)
gadgetKind(embedded, GROUP)

interface Write {
  kind: 'apply' | 'create' | 'update' | 'merge' | 'status' | 'apply status' | 'clear'
  manager: string
  version: string
  isForced: boolean
  spec: Record<string, unknown>
  metadata: Record<string, unknown>
  status: Record<string, unknown>
}

const word = fc.constantFrom('a', 'b', 'c')
const value = fc.constantFrom('1', '2', '3')
const items = <T>(item: fc.Arbitrary<T>, key: (item: T) => string) =>
  fc.uniqueArray(item, { maxLength: 3, selector: key })
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] })
const part = {
  value,
  parts: items(fc.record({ key: word, value }, { requiredKeys: ['key'] }), ({ key }) => key),
}
const port = { port: fc.constantFrom(80, 81), protocol: fc.constantFrom('TCP', 'UDP'), name: value }
const free = fc.dictionary(
  word,
  fc.oneof(value, fc.array(word, { maxLength: 2 }), fc.dictionary(word, value)),
  {
    maxKeys: 3,
  },
)
const spec = some({
  size: fc.nat(3),
  note: value,
  plain: fc.array(word, { maxLength: 2 }),
  tags: items(word, String),
  ports: items(
    fc.record(port, { requiredKeys: ['port'] }),
    ({ port: number, protocol = 'TCP' }) => `${number}/${protocol}`,
  ),
  parts: items(fc.record({ name: word, ...part }, { requiredKeys: ['name'] }), ({ name }) => name),
  whole: fc.record({ a: value, b: value }, { requiredKeys: ['a'] }),
  words: fc.dictionary(word, value, { maxKeys: 3 }),
  free,
  shape: some({ corners: fc.nat(5), color: value }),
})
const write: fc.Arbitrary<Write> = fc.record({
  kind: fc.constantFrom('apply', 'apply', 'apply', 'update', 'merge', 'status', 'apply status', 'clear'),
  manager: fc.constantFrom('one', 'two', 'three'),
  version: fc.constantFrom('v1', 'v1', 'v1', 'v2'),
  isForced: fc.boolean(),
  spec,
  metadata: some({ labels: fc.dictionary(word, value, { maxKeys: 2 }), finalizers: fc.constant(['a.b/c']) }),
  status: some({
    phase: value,
    conditions: items(fc.record({ type: word, status: value }), ({ type }) => type),
  }),
})

async function send(target: Target, name: string, change: Write): Promise<Answer> {
  const { kind, manager, version, isForced, metadata, status } = change
  const collection = `/apis/${GROUP}/${version}/namespaces/${target.namespace}/gadgets`
  const by = `?fieldManager=${manager}`
  const path = `${collection}/${name}`
  const force = isForced ? '&force=true' : ''
  const config = (more: object = {}) => gadget(name, change.spec, { metadata, ...more }, version)
  switch (kind) {
    case 'create':
      return target.call('POST', collection + by, config())
    case 'apply':
      return target.call('PATCH', path + by + force, config(), { type: APPLY })
    case 'apply status':
      return target.call('PATCH', `${path}/status${by}${force}`, config({ status }), { type: APPLY })
    case 'status':
      return target.call('PATCH', `${path}/status${by}`, { status }, MERGE)
    case 'merge':
      return target.call('PATCH', path + by, { metadata, spec: change.spec }, MERGE)
    case 'clear':
      return target.call('PATCH', path, { metadata: { managedFields: [{}] } }, MERGE)
    default: {
      const { body } = await target.call('GET', path)
      const { resourceVersion } = { resourceVersion: undefined, ...body.metadata }
      return target.call(
        'PUT',
        path + by,
        gadget(name, change.spec, { metadata: { ...metadata, resourceVersion } }, version),
      )
    }
  }
}

/** What is the same on every server: no times, no identities, and what has no order sorted. */
function outcome({ status, body }: Answer): unknown {
  if (body.kind === 'Status')
    return {
      status,
      reason: body.reason,
      causes: [...new Set(causesOf(body).map(({ reason, field }) => `${reason} ${field}`))],
    }
  // Entries of one second come in the order of their names, others by time: that may differ.
  const owners = entriesOf(body).map(({ time, ...entry }) => {
    const { manager, operation, apiVersion, subresource } = entry
    const who = [manager, operation, apiVersion, subresource, time === undefined ? 'untimed' : '']
    return [who.join(' '), entry.fieldsV1] as const
  })
  const { labels, finalizers, generation } = { ...body.metadata }
  return {
    status,
    spec: body.spec,
    state: body.status,
    metadata: { labels, finalizers, generation },
    owners: Object.fromEntries(owners),
  }
}

let count = 0
test('random writes come out the same on a real server and on the embedded one', async () => {
  await fc.assert(
    fc.asyncProperty(write, fc.array(write, { minLength: 4, maxLength: 10 }), async (first, writes) => {
      const name = `random-${count++}`
      const all = [{ ...first, kind: first.isForced ? 'apply' : 'create' } as const, ...writes]
      for (const change of all) {
        const [wanted, found] = await Promise.all([send(real, name, change), send(embedded, name, change)])
        expect(outcome(found)).toEqual(outcome(wanted))
      }
      for (const target of [real, embedded]) await clean(target, name)
    }),
    { numRuns: 40 },
  )
}, 120_000)

async function clean(target: Target, name: string): Promise<void> {
  const path = `/apis/${GROUP}/v1/namespaces/${target.namespace}/gadgets/${name}`
  await target.call('PATCH', path, { metadata: { finalizers: null } }, MERGE)
  await target.call('DELETE', path)
}
