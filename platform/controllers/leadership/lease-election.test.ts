import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError, ConflictError, NotFoundError, UnavailableError } from '#lib/kube/kube-error.ts'
import { createManualClock } from '#lib/kube/testing/manual-clock.ts'
import type { ManualClock } from '#lib/kube/testing/manual-clock.ts'
import type { Lease } from '#lib/kinds/lease.ts'
import { startElection } from './lease-election.ts'
import type { Election, ElectionOptions } from './lease-election.ts'
import type { Term } from './term.ts'

/** The API server as far as an election sees it. */
class LeaseServer {
  lease: Lease | undefined
  hasNamespace = true
  /** What happens to requests: nothing, no connection, or the answer is lost after it was carried out. */
  fault: 'down' | 'reply' | undefined
  writes = 0
  private version = 0

  client(): KubeClient {
    const answer = async (change: () => Lease, isWrite: boolean): Promise<Lease> => {
      await Promise.resolve()
      if (this.fault === 'down') throw down()
      const lease = change()
      if (isWrite) this.writes += 1
      if (this.fault === 'reply' && isWrite) throw down()
      return structuredClone(lease)
    }
    const store = (lease: Lease): Lease => {
      this.version += 1
      this.lease = { ...lease, metadata: { ...lease.metadata, resourceVersion: String(this.version) } }
      return this.lease
    }
    const found = (): Lease => {
      if (this.lease === undefined) throw new NotFoundError('none', { code: 404, reason: 'NotFound' })
      return this.lease
    }
    return {
      get: () => answer(found, false),
      create: (resource: { kind: string }, object: Lease) =>
        answer(() => {
          if (resource.kind === 'Namespace') {
            this.hasNamespace = true
            return object
          }
          if (!this.hasNamespace) throw new NotFoundError('no namespace', { code: 404, reason: 'NotFound' })
          if (this.lease !== undefined)
            throw new AlreadyExistsError('there', { code: 409, reason: 'AlreadyExists' })
          return store(object)
        }, true),
      replace: (_: unknown, object: Lease) =>
        answer(() => {
          if (object.metadata.resourceVersion !== found().metadata.resourceVersion)
            throw new ConflictError('changed', { code: 409, reason: 'Conflict' })
          return store(object)
        }, true),
    } as unknown as KubeClient
  }
}

function down(): UnavailableError {
  return new UnavailableError('no answer', { code: 503, reason: 'Test' })
}

/** One process that takes part. */
class Candidate {
  readonly clock: ManualClock = createManualClock()
  readonly log: string[] = []
  readonly terms: Term[] = []
  stops = 0
  private readonly election: Election

  constructor(server: LeaseServer, identity: string, more: Partial<ElectionOptions> = {}) {
    this.election = startElection({
      client: server.client(),
      identity,
      clock: this.clock,
      random: () => 0.5,
      log: (line) => this.log.push(line),
      onStandby: (holder) => this.log.push(`standing by for ${holder}`),
      begin: (term) => {
        this.terms.push(term)
        return { stop: async () => void (this.stops += 1) }
      },
      ...more,
    })
    candidates.push(this)
  }

  get leads(): boolean {
    return (this.terms.at(-1)?.writeTimeMs() ?? 0) > 0 && this.terms.at(-1)?.signal.aborted === false
  }

  stop(): Promise<void> {
    return this.election.stop()
  }
}

let server: LeaseServer
let candidates: Candidate[] = []
beforeEach(() => {
  server = new LeaseServer()
  candidates = []
})
afterEach(async () => {
  await Promise.all(candidates.map((candidate) => candidate.stop()))
})

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Time goes by for these candidates, and for no others: those are stopped processes. */
async function pass(ms: number, ...running: Candidate[]): Promise<void> {
  await turn()
  for (let left = ms; left > 0; left -= 250) {
    for (const { clock } of running) clock.advance(250)
    await turn()
    expect(running.filter(({ leads }) => leads).length).toBeLessThanOrEqual(1)
  }
}

describe('a free lease', () => {
  test('is taken without any pause, and its namespace made', async () => {
    server.hasNamespace = false
    const a = new Candidate(server, 'a')
    await turn()
    expect(a.leads).toBe(true)
    expect(server.lease?.metadata.name).toBe('plugin-marketplace-controllers')
    expect(server.lease?.spec).toEqual({
      holderIdentity: 'a',
      leaseDurationSeconds: 15,
      acquireTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      renewTime: expect.stringMatching(/\.\d{6}Z$/),
      leaseTransitions: 0,
    })
  })

  test('is one’s alone, for as long as it is renewed', async () => {
    const a = new Candidate(server, 'a')
    await turn()
    const b = new Candidate(server, 'b')
    await pass(120_000, a, b)
    expect([a.leads, b.leads]).toEqual([true, false])
    expect(a.terms).toHaveLength(1)
    expect(b.log).toEqual(['standing by for a'])
  })
})

describe('another takes over', () => {
  test('at its next look when the holder gives it back', async () => {
    const a = new Candidate(server, 'a')
    await turn()
    const b = new Candidate(server, 'b')
    await pass(3000, a, b)
    await a.stop()
    expect(a.stops).toBe(1)
    expect(server.lease?.spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 })
    await pass(2500, b)
    expect(b.leads).toBe(true)
    expect(server.lease?.spec).toMatchObject({ holderIdentity: 'b', leaseTransitions: 1 })
  })

  test('not before the whole duration went by from the last renewal that it saw itself', async () => {
    const a = new Candidate(server, 'a')
    await pass(5000, a)
    // A renewal far in the future by another clock says nothing.
    if (server.lease?.spec !== undefined) server.lease.spec.renewTime = '2099-01-01T00:00:00.000000Z'
    const b = new Candidate(server, 'b')
    await pass(14_750, b)
    expect(b.terms).toHaveLength(0)
    await pass(2500, b)
    expect(b.leads).toBe(true)
  })

  test('at once when the holder is known to be gone', async () => {
    const a = new Candidate(server, 'a')
    await turn()
    const b = new Candidate(server, 'b', { isHolderGone: (holder) => holder === 'a' })
    await turn()
    expect(a.terms).toHaveLength(1)
    expect(b.leads).toBe(true)
    expect(b.log).toEqual([])
  })
})

describe('a holder', () => {
  test('that was stopped for longer than the lease may not write when it goes on', async () => {
    const a = new Candidate(server, 'a')
    await turn()
    const b = new Candidate(server, 'b')
    await pass(5000, a, b)
    await pass(17_500, b)
    expect(b.leads).toBe(true)
    // Its clock went on meanwhile, and it has run nothing yet: not one write gets out.
    const [term] = a.terms
    const before = server.lease
    a.clock.advance(17_500)
    expect(term?.writeTimeMs()).toBe(0)
    await turn()
    expect(term?.signal.aborted).toBe(true)
    expect(server.lease).toBe(before)
    await pass(30_000, a, b)
    expect([a.leads, b.leads, a.stops]).toEqual([false, true, 1])
    expect(a.log).toContain('standing by for b')
  })

  test('stops writing before others may start when the API server is away, and leads again afterwards', async () => {
    const a = new Candidate(server, 'a')
    await pass(2000, a)
    server.fault = 'down'
    await pass(9000, a)
    expect(a.leads).toBe(true)
    await pass(1500, a)
    expect(a.leads).toBe(false)
    expect(a.terms[0]?.signal.aborted).toBe(true)
    expect(a.stops).toBe(1)
    server.fault = undefined
    await pass(3000, a)
    expect(a.leads).toBe(true)
    expect(a.terms).toHaveLength(2)
  })

  test('goes on when the answer to a renewal was lost', async () => {
    const a = new Candidate(server, 'a')
    await pass(2000, a)
    server.fault = 'reply'
    await pass(2000, a)
    server.fault = undefined
    await pass(20_000, a)
    expect(a.terms).toHaveLength(1)
    expect(a.leads).toBe(true)
  })

  test('whose first write lost its answer begins at the next look', async () => {
    server.fault = 'reply'
    const a = new Candidate(server, 'a')
    await turn()
    expect(a.leads).toBe(false)
    server.fault = undefined
    await pass(2500, a)
    expect(a.leads).toBe(true)
    expect(server.lease?.spec?.leaseTransitions).toBe(0)
  })

  test('steps back when the lease is taken from it or deleted', async () => {
    const a = new Candidate(server, 'a')
    await pass(2000, a)
    const { lease } = server
    if (lease?.spec === undefined) return expect.fail('no lease')
    const metadata = { ...lease.metadata, resourceVersion: '1000' }
    server.lease = { ...lease, metadata, spec: { ...lease.spec, holderIdentity: 'x' } }
    await pass(2500, a)
    expect(a.terms[0]?.signal.aborted).toBe(true)
    expect(a.log).toContain('standing by for x')
    server.lease = undefined
    await pass(2500, a)
    expect(a.leads).toBe(true)
    expect(server.lease).toBeDefined()
    return undefined
  })

  test('leaves writes less time than the lease has left', async () => {
    const a = new Candidate(server, 'a')
    await turn()
    const [term] = a.terms
    expect(term?.writeTimeMs()).toBe(14_000)
    a.clock.advance(1500)
    expect(term?.writeTimeMs()).toBe(12_500)
  })
})

test('says once what keeps it from the lease', async () => {
  server.fault = 'down'
  const a = new Candidate(server, 'a')
  await pass(10_000, a)
  expect(a.log).toEqual(["the lease can't be had: no answer"])
  expect(server.writes).toBe(0)
})
