import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ForbiddenError } from '#lib/kube/kube-error.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { CONTROLLER_REVISION } from '#lib/kinds/controller-revision.ts'
import { AUDIT, OWN_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { openHistory } from '#platform/controllers/history/open-history.ts'
import type { Place } from '#platform/controllers/module-info/place.ts'
import { eventually, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await TestPlatform.start()
  await platform.run({ historyLimit: 3 })
})
afterAll(() => platform.stop())

/** Numbers and specs, newest first, once there are so many. */
async function told(plugin: string, newest: number): Promise<[number, unknown][]> {
  return eventually(async () => {
    const history = await platform.history('business', plugin)
    expect(history[0]?.revision).toBe(newest)
    return history.map(({ revision, spec }) => [revision, spec])
  })
}

test('each accepted spec is kept as it is, whoever asked for it', async () => {
  await platform.publish('told', ['v1.0.0', 'v2.0.0'])
  const audit = { [AUDIT.operationId]: 'op-1', [AUDIT.actor]: 'ada', [AUDIT.reason]: 'because' }
  const spec = {
    version: 'v1.0.0',
    config: { a: null, b: { c: [null, 1] } },
    valuesOverride: { x: { y: null } },
  }
  await platform.request('business', 'told', spec, { annotations: audit })
  await platform.running('business', 'told')
  const [first] = await platform.history('business', 'told')
  expect(first).toMatchObject({
    revision: 1,
    spec,
    by: { kind: 'actor', name: 'ada' },
    reason: 'because',
    operationId: 'op-1',
    uninstalledAt: null,
  })
  expect(Date.parse(first?.at ?? '')).not.toBeNaN()

  // Beside the console: its annotations of before stay on the object, and say nothing about this.
  await platform.change('business', 'told', { version: 'v2.0.0' })
  await told('told', 2)
  const [second] = await platform.history('business', 'told')
  expect(second?.by.name).not.toBe('ada')
  expect(second).toMatchObject({ spec: { ...spec, version: 'v2.0.0' }, reason: '', operationId: '' })
})

test('what is refused, and what is written twice, is not in it', async () => {
  await platform.publish('plain', ['v1.0.0', 'v2.0.0'])
  await platform.request('business', 'plain', { version: 'v2.0.0' })
  const { metadata } = await platform.running('business', 'plain')
  await platform.change('business', 'plain', { version: 'v1.0.0' })
  await platform.until('business', 'plain', ({ status }) => expect(status?.phase).toBe('Failed'))
  await platform.change('business', 'plain', { version: 'v2.0.0' })
  await platform.running('business', 'plain')
  await platform.global.patch(MODULE_INFO, metadata.name, {
    type: 'merge',
    body: { metadata: { annotations: { note: 'not a change of the spec' } } },
  })
  await platform.change('business', 'plain', { config: { last: true } })
  expect(await told('plain', 2)).toEqual([
    [2, { version: 'v2.0.0', config: { last: true } }],
    [1, { version: 'v2.0.0' }],
  ])
})

test('the oldest go first, numbers go on, and an uninstallation is told', async () => {
  await platform.publish('long', ['v1.0.0'])
  await platform.request('business', 'long', { version: 'v1.0.0', config: { n: 1 } })
  await platform.running('business', 'long')
  for (const n of [2, 3, 4, 5]) {
    await platform.change('business', 'long', { config: { n } })
    await told('long', n)
  }
  await eventually(async () => expect((await told('long', 5)).map(([number]) => number)).toEqual([5, 4, 3]))
  const { metadata } = await platform.running('business', 'long')
  await platform.global.delete(MODULE_INFO, metadata.name)
  await platform.gone('business', 'long')
  const [last, before] = await platform.history('business', 'long')
  expect(Date.parse(last?.uninstalledAt ?? '')).not.toBeNaN()
  expect(before?.uninstalledAt).toBeNull()
  // The same spec again is another installation.
  await platform.request('business', 'long', { version: 'v1.0.0', config: { n: 5 } })
  await platform.running('business', 'long')
  expect((await told('long', 6)).map(([number]) => number)).toEqual([6, 5, 4])
})

test('nothing else can take the revisions away or own them', async () => {
  const { items } = await platform.global.listAll(CONTROLLER_REVISION, { namespace: OWN_NAMESPACE })
  expect(items.length).toBeGreaterThan(3)
  expect(items.filter(({ metadata }) => metadata.ownerReferences !== undefined)).toEqual([])
  expect(
    new Set(items.map(({ metadata }) => metadata.name.replace(/^business-[0-9a-f]{32}-\d+$/, 'ok'))),
  ).toEqual(new Set(['ok']))
})

test('what was uninstalled long ago is forgotten, what runs is not', async () => {
  await platform.controllers?.stop()
  let now = new Date()
  const history = openHistory({
    source: platform.global,
    client: platform.global,
    limit: 3,
    now: () => now,
    log: (line) => expect.fail(line),
  })
  await history.ready(new AbortController().signal)
  const place = (plugin: string): Place => ({ cluster: 'edge', plugin })
  const numbers = async (plugin: string): Promise<number[]> =>
    (await platform.history('edge', plugin)).map(({ revision }) => revision)
  for (const plugin of ['gone', 'back', 'stays']) {
    const info = await platform.request('edge', plugin, { version: 'v1.0.0' })
    await history.record(info, place(plugin))
    if (plugin !== 'stays') await history.end(info, place(plugin))
    if (plugin === 'back') await history.record(info, place(plugin))
  }
  now = new Date(Date.now() + 89 * 24 * 3600 * 1000)
  const [other] = await platform.infos('edge', 'back')
  if (other === undefined) return expect.fail('no request')
  await history.end(other, place('back'))
  expect(await numbers('gone')).toEqual([1])
  now = new Date(Date.now() + 91 * 24 * 3600 * 1000)
  await history.record(other, place('back'))
  await history.end(other, place('back'))
  expect(await numbers('gone')).toEqual([])
  expect(await numbers('back')).toEqual([3, 2, 1])
  expect(await numbers('stays')).toEqual([1])
  history.stop()
  for (const plugin of ['gone', 'back', 'stays'])
    for (const { metadata } of await platform.infos('edge', plugin))
      await platform.global.delete(MODULE_INFO, metadata.name)
  return undefined
})

describe('where history', () => {
  test('may not be written, that is said once, and installing goes on', async () => {
    await platform.controllers?.stop()
    const lines: string[] = []
    const refusing = (client: KubeClient): KubeClient =>
      new Proxy(client, {
        get(target, key, receiver) {
          const value: unknown = Reflect.get(target, key, receiver)
          if (key !== 'create') return value
          return (...args: Parameters<KubeClient['create']>) =>
            args[0].plural === CONTROLLER_REVISION.plural
              ? Promise.reject(new ForbiddenError('may not create', { code: 403, reason: 'Forbidden' }))
              : target.create(...args)
        },
      })
    await platform.run({ wrapClient: refusing, log: (line) => lines.push(line) })
    await platform.publish('untold', ['v1.0.0'])
    for (const cluster of ['business', 'edge']) {
      await platform.request(cluster, 'untold', { version: 'v1.0.0' })
      await platform.running(cluster, 'untold')
    }
    expect(lines).toEqual(['no history is kept: may not create'])
    // What was missed is made up for once it may.
    await platform.controllers?.stop()
    await platform.run()
    expect(await told('untold', 1)).toEqual([[1, { version: 'v1.0.0' }]])
  })

  test('is switched off, none is made', async () => {
    await platform.controllers?.stop()
    await platform.run({ historyLimit: 0 })
    await platform.publish('silent', ['v1.0.0'])
    await platform.request('business', 'silent', { version: 'v1.0.0' })
    await platform.running('business', 'silent')
    expect(await platform.history('business', 'silent')).toEqual([])
  })
})
