import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OWN_NAMESPACE } from '#lib/kinds/labels.ts'
import { CONTROLLERS_LEASE, LEASE } from '#lib/kinds/lease.ts'
import type { Lease } from '#lib/kinds/lease.ts'
import { runControllers } from '#platform/controllers/run-controllers.ts'
import { ApiProxy } from './api-proxy.ts'
import { startProcess } from './run-process.ts'
import type { Run } from './run-process.ts'
import { eventually, TestPlatform } from './test-platform.ts'

/** Short, and still long enough to be renewed by a process that is kept waiting for the processor. */
const LEASE_SECONDS = '6'

let platform: TestPlatform
const replicas: Replica[] = []
beforeAll(async () => {
  platform = await TestPlatform.start()
})
afterAll(async () => {
  for (const { process, proxy } of replicas) {
    process.child.kill('SIGKILL')
    await proxy.close()
  }
  await platform.stop()
})

/** A process of controllers whose writes are seen. */
interface Replica {
  readonly process: Run
  readonly proxy: ApiProxy
  /** How often it said this so far. */
  times(words: string): number
}

async function startReplica(): Promise<Replica> {
  const proxy = await ApiProxy.start(platform.kubeconfigPath, `replica-${replicas.length}`)
  const args = ['--kubeconfig', proxy.kubeconfigPath, '--lease-seconds', LEASE_SECONDS]
  const process = startProcess('platform/controllers/main.ts', args)
  const replica = { process, proxy, times: (words: string) => process.err().split(words).length - 1 }
  replicas.push(replica)
  return replica
}

const WORKS = 'controllers at work'
const STANDS_BY = 'holds the lease\n'

/** Says so once more than before. */
function more(replica: Replica, words: string): () => Promise<void> {
  const before = replica.times(words)
  return () => eventually(() => expect(replica.times(words), replica.process.err()).toBe(before + 1))
}

/** When it said this last, by its own log. */
function saidAt({ process }: Replica, words: string): number {
  const line =
    process
      .err()
      .split('\n')
      .findLast((text) => text.includes(words)) ?? ''
  return Date.parse(line.slice(0, line.indexOf(' ')))
}

function lease(): Promise<Lease> {
  return platform.global.get(LEASE, CONTROLLERS_LEASE, { namespace: OWN_NAMESPACE })
}

async function install(plugin: string): Promise<void> {
  await platform.publish(plugin, ['v1.0.0'])
  await platform.request('business', plugin, { version: 'v1.0.0' })
  await platform.running('business', plugin)
}

describe('of two processes', () => {
  // The tests hand these on: who leads at the end of one leads at the beginning of the next.
  let leader: Replica
  let other: Replica

  test('one works, and the other writes nothing', async () => {
    leader = await startReplica()
    await eventually(() => expect(leader.times(WORKS)).toBe(1))
    other = await startReplica()
    await eventually(() => expect(other.times(STANDS_BY)).toBe(1))
    await install('turn-1')
    expect(leader.proxy.work.length).toBeGreaterThan(5)
    expect(other.proxy.writes).toEqual([])
  })

  test('the other takes over when the one is killed', async () => {
    const begins = more(other, WORKS)
    leader.process.child.kill('SIGKILL')
    await leader.process.ended
    const before = leader.proxy.writes.length
    await begins()
    await install('turn-2')
    expect(leader.proxy.writes).toHaveLength(before)
    expect(other.proxy.work.length).toBeGreaterThan(5)
    expect((await lease()).spec?.leaseTransitions).toBe(1)
    leader = other
    other = await startReplica()
    await eventually(() => expect(other.times(STANDS_BY)).toBe(1))
  })

  test('one that was stopped for longer than its lease writes nothing when it goes on', async () => {
    await platform.publish('frozen', ['v1.0.0', 'v2.0.0'])
    const begins = more(other, WORKS)
    const steps = more(leader, STANDS_BY)
    leader.process.child.kill('SIGSTOP')
    // Asked for while it can't answer: events and timers wait for it to go on.
    await platform.request('edge', 'frozen', { version: 'v1.0.0' })
    await begins()
    await platform.running('edge', 'frozen')
    const before = leader.proxy.writes.length
    leader.process.child.kill('SIGCONT')
    await platform.change('edge', 'frozen', { version: 'v2.0.0' })
    await platform.running('edge', 'frozen', 'v2.0.0')
    await steps()
    expect(leader.process.err()).toContain('the lease is lost')
    expect(leader.proxy.writes.slice(before).filter(({ status }) => status < 300)).toEqual([])
    expect(leader.proxy.work.slice(before)).toEqual([])
    ;[leader, other] = [other, leader]
  })

  test('one that is cut off gives up what it was writing before the other begins', async () => {
    await platform.publish('cut', ['v1.0.0'])
    const begins = more(other, WORKS)
    const loses = more(leader, 'the lease is lost')
    const steps = more(leader, STANDS_BY)
    // Connections stay open, and nothing comes back on them.
    leader.proxy.fault = () => 'hang'
    await platform.request('edge', 'cut', { version: 'v1.0.0' })
    await loses()
    await begins()
    expect(saidAt(leader, 'the lease is lost')).toBeLessThan(saidAt(other, 'holding the lease'))
    await platform.running('edge', 'cut')
    const before = leader.proxy.work.length
    leader.proxy.fault = () => undefined
    await steps()
    expect(leader.proxy.work).toHaveLength(before)
    ;[leader, other] = [other, leader]
  })

  test('one that is told to end gives the lease back, and the other has it without waiting for its end', async () => {
    const begins = more(other, WORKS)
    leader.process.child.kill('SIGTERM')
    expect(await leader.process.ended).toBe(0)
    await platform.change('edge', 'cut', { config: { again: true } })
    await begins()
    await platform.until('edge', 'cut', ({ status }) => expect(status?.phase).toBe('Running'))
    other.process.child.kill('SIGTERM')
    expect(await other.process.ended).toBe(0)
    expect((await lease()).spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 })
  })
})

test('in one process: ready at once, alone or beside another', async () => {
  const lines: string[] = []
  const first = runControllers({ registry: platform.registry, identity: 'first' })
  await first.ready()
  const second = runControllers({
    registry: platform.registry,
    identity: 'second',
    log: (line) => lines.push(line),
  })
  await second.ready()
  expect(lines).toEqual(['standing by: first holds the lease'])
  await first.stop()
  await eventually(() => expect(lines).toContain(WORKS))
  await install('in-process')
  await second.stop()
})
