import { afterAll, beforeAll, expect, test } from 'vitest'
import { OWN_NAMESPACE } from '#lib/kinds/labels.ts'
import { CONTROLLERS_LEASE, LEASE } from '#lib/kinds/lease.ts'
import { runControllers } from '#platform/controllers/run-controllers.ts'
import { ApiProxy } from './api-proxy.ts'
import { run } from './run-process.ts'
import type { Run } from './run-process.ts'
import { eventually, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
let count = 0
beforeAll(async () => {
  platform = await TestPlatform.start()
})
afterAll(() => platform.stop())

/** A process of controllers whose writes are seen. */
interface Replica {
  readonly process: Run
  readonly proxy: ApiProxy
}

async function startReplica(): Promise<Replica> {
  count += 1
  const proxy = await ApiProxy.start(platform.kubeconfigPath, `replica-${count}`)
  const args = ['--kubeconfig', proxy.kubeconfigPath, '--lease-seconds', '6']
  return { process: run('platform/controllers/main.ts', args), proxy }
}

async function works({ process }: Replica): Promise<void> {
  await eventually(() => expect(process.err()).toContain('controllers at work'))
}

async function standsBy({ process }: Replica): Promise<void> {
  await eventually(() => expect(process.err()).toMatch(/standing by: \S+ holds the lease\n/))
}

async function install(plugin: string): Promise<void> {
  await platform.publish(plugin, ['v1.0.0'])
  await platform.request('business', plugin, { version: 'v1.0.0' })
  await platform.running('business', plugin)
}

test('of two processes one works, and the other takes over when that is killed', async () => {
  const first = await startReplica()
  await works(first)
  const second = await startReplica()
  await standsBy(second)
  await install('turn-1')
  expect(first.proxy.work.length).toBeGreaterThan(5)
  expect(second.proxy.writes).toEqual([])

  first.process.child.kill('SIGKILL')
  await first.process.ended
  const before = first.proxy.writes.length
  await works(second)
  await install('turn-2')
  expect(first.proxy.writes).toHaveLength(before)
  expect(second.proxy.work.length).toBeGreaterThan(5)
  const lease = await platform.global.get(LEASE, CONTROLLERS_LEASE, { namespace: OWN_NAMESPACE })
  expect(lease.spec?.leaseTransitions).toBe(1)

  // Told to end, it gives the lease back: nobody waits for it to run out.
  second.process.child.kill('SIGTERM')
  expect(await second.process.ended).toBe(0)
  const released = await platform.global.get(LEASE, CONTROLLERS_LEASE, { namespace: OWN_NAMESPACE })
  expect(released.spec?.holderIdentity).toBe('')
  const third = await startReplica()
  await works(third)
  third.process.child.kill('SIGTERM')
  await third.process.ended
  await Promise.all([first, second, third].map(({ proxy }) => proxy.close()))
})

test('a leader that was stopped for longer than its lease writes nothing when it goes on', async () => {
  const first = await startReplica()
  await works(first)
  const second = await startReplica()
  await standsBy(second)
  await platform.publish('frozen', ['v1.0.0', 'v2.0.0'])
  first.process.child.kill('SIGSTOP')
  // Asked for while it can't answer: events and timers wait for it to go on.
  await platform.request('edge', 'frozen', { version: 'v1.0.0' })
  await works(second)
  await platform.running('edge', 'frozen')
  const before = first.proxy.writes.length
  first.process.child.kill('SIGCONT')
  await platform.change('edge', 'frozen', { version: 'v2.0.0' })
  await platform.running('edge', 'frozen', 'v2.0.0')
  await eventually(() => expect(first.process.err()).toMatch(/the lease is lost[\s\S]*standing by/))
  expect(first.proxy.writes.slice(before).filter(({ status }) => status < 300)).toEqual([])
  expect(first.proxy.work.slice(before)).toEqual([])

  // It stands by, and is there when it is needed.
  second.process.child.kill('SIGTERM')
  await second.process.ended
  await platform.change('edge', 'frozen', { config: { again: true } })
  await eventually(() => expect(first.process.err().match(/controllers at work/g)).toHaveLength(2))
  await platform.running('edge', 'frozen', 'v2.0.0')
  first.process.child.kill('SIGTERM')
  expect(await first.process.ended).toBe(0)
  await Promise.all([first, second].map(({ proxy }) => proxy.close()))
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
  await eventually(() => expect(lines).toContain('controllers at work'))
  await install('in-process')
  await second.stop()
})
