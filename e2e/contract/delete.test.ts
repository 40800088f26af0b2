import { describe, expect, test } from 'vitest'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { group, path: widgets, widget } = widgetKind(target)
const MERGE = { type: 'application/merge-patch+json' }
const maps = () => `/api/v1/namespaces/${target.namespace}/configmaps`
const names = (body: Body) => body.items?.map(({ metadata }) => metadata?.name)

interface Making {
  labels?: Record<string, string>
  finalizers?: string[]
  owners?: { of: Body; block?: boolean }[]
}

/** Makes a ConfigMap; owners are ConfigMaps, too. */
async function make(name: string, { labels, finalizers, owners = [] }: Making = {}): Promise<Body> {
  const ownerReferences = owners.map(({ of, block }) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: of.metadata?.name,
    uid: of.metadata?.uid,
    ...(block === undefined ? {} : { blockOwnerDeletion: block }),
  }))
  const metadata = { name, labels, finalizers, ownerReferences }
  const { status, body } = await target.call('POST', maps(), { metadata })
  if (status !== 201) throw new Error(`${name} was not made: ${body.message}`)
  return body
}
const read = (name: string) => target.call('GET', `${maps()}/${name}`)
const remove = (name: string, options: object = {}) => target.call('DELETE', `${maps()}/${name}`, options)
const release = (name: string) =>
  target.call('PATCH', `${maps()}/${name}`, { metadata: { finalizers: null } }, MERGE)

/** Asks until the answer is right: garbage is collected a little later. */
async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`it never happened that ${what}`)
}
const untilGone = (name: string) =>
  until(`${name} is gone`, async () => (await read(name)).status === 404 && true)

describe('collections', () => {
  test('are deleted as far as the selector goes', async () => {
    for (const name of ['sel-1', 'sel-2']) await make(name, { labels: { set: 'a' } })
    await make('sel-3', { labels: { set: 'b' } })
    const { status, body } = await target.call('DELETE', `${maps()}?labelSelector=set%3Da`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' })
    expect(names(body)).toEqual(['sel-1', 'sel-2'])
    expect(body.items?.[0]?.metadata?.deletionTimestamp).toBeUndefined()
    expect((await read('sel-1')).status).toBe(404)
    expect((await read('sel-3')).status).toBe(200)
    await target.call('DELETE', `${maps()}?fieldSelector=metadata.name%3Dsel-3`)
    expect((await read('sel-3')).status).toBe(404)
  })

  test('in parts, with a limit', async () => {
    for (const name of ['part-1', 'part-2', 'part-3']) await make(name, { labels: { set: 'part' } })
    const { body } = await target.call('DELETE', `${maps()}?labelSelector=set%3Dpart&limit=2`)
    expect(names(body)).toEqual(['part-1', 'part-2'])
    expect(body.metadata?.continue).toBeTruthy()
    const left = await target.call('GET', `${maps()}?labelSelector=set%3Dpart`)
    expect(names(left.body)).toEqual(['part-3'])
  })

  test('a dry run deletes nothing, in the query or in the body', async () => {
    await make('dry', { labels: { set: 'dry' } })
    const path = `${maps()}?labelSelector=set%3Ddry`
    expect(names((await target.call('DELETE', `${path}&dryRun=All`)).body)).toEqual(['dry'])
    expect((await target.call('DELETE', path, { dryRun: ['All'] })).status).toBe(200)
    expect((await read('dry')).status).toBe(200)
  })

  test('finalizers hold their objects', async () => {
    await make('held', { labels: { set: 'held' }, finalizers: ['example.com/wait'] })
    expect((await target.call('DELETE', `${maps()}?labelSelector=set%3Dheld`)).status).toBe(200)
    expect((await read('held')).body.metadata?.deletionTimestamp).toBeTruthy()
    await release('held')
    expect((await read('held')).status).toBe(404)
  })

  test('preconditions are for each object', async () => {
    await make('guarded', { labels: { set: 'guarded' } })
    const path = `${maps()}?labelSelector=set%3Dguarded`
    const { status, body } = await target.call('DELETE', path, { preconditions: { uid: 'another' } })
    expect(status).toBe(409)
    expect(body.message).toContain('Operation cannot be fulfilled on ConfigMap "guarded": the UID in')
    expect((await read('guarded')).status).toBe(200)
  })

  test('of custom kinds, too', async () => {
    for (const name of ['one', 'two']) await target.call('POST', widgets, widget(name))
    const { status, body } = await target.call('DELETE', widgets)
    expect(status).toBe(200)
    expect(body).toMatchObject({ kind: 'WidgetList', apiVersion: `${group}/v1` })
    expect(names(body)).toEqual(['one', 'two'])
    expect((await target.call('GET', widgets)).body.items).toEqual([])
  })

  test('not of all namespaces, and not the namespaces', async () => {
    expect((await target.call('DELETE', '/api/v1/configmaps')).status).toBe(405)
    expect((await target.call('DELETE', '/api/v1/namespaces')).status).toBe(405)
  })

  test('bad selectors are refused before anything goes', async () => {
    await make('safe')
    expect((await target.call('DELETE', `${maps()}?labelSelector=a%20b`)).status).toBe(400)
    expect((await target.call('DELETE', `${maps()}?fieldSelector=spec.x%3D1`)).status).toBe(400)
    expect((await target.call('DELETE', maps(), { propagationPolicy: 'Nope' })).status).toBe(422)
    expect((await read('safe')).status).toBe(200)
  })
})

describe('options', () => {
  test('policies that nobody knows, or two of them, are refused', async () => {
    await make('options')
    const unknown = await remove('options', { propagationPolicy: 'Nope' })
    expect(unknown.status).toBe(422)
    expect(unknown.body.message).toBe(
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Nope": supported values: "Foreground", "Background", "Orphan", "nil"',
    )
    const both = await remove('options', { propagationPolicy: 'Orphan', orphanDependents: true })
    expect(both.status).toBe(422)
    expect(both.body.message).toContain('orphanDependents and deletionPropagation cannot be both set')
    expect((await remove('options', { kind: 'ConfigMap', apiVersion: 'v1' })).status).toBe(400)
    expect((await remove('options', { dryRun: ['Some'] })).status).toBe(422)
  })

  test('a later deletion may change the policy', async () => {
    await make('changed', { finalizers: ['example.com/wait'] })
    const finalizers = async (policy?: string) =>
      (await remove('changed', policy === undefined ? {} : { propagationPolicy: policy })).body.metadata
        ?.finalizers
    expect(await finalizers()).toEqual(['example.com/wait'])
    expect(await finalizers('Orphan')).toEqual(['example.com/wait', 'orphan'])
    expect(await finalizers('Foreground')).toEqual(['example.com/wait', 'foregroundDeletion'])
    expect(await finalizers('Background')).toEqual(['example.com/wait'])
    await release('changed')
    await untilGone('changed')
  })
})

describe('dependents', () => {
  test('go in the background, all generations of them', async () => {
    const owner = await make('bg')
    const child = await make('bg-child', { owners: [{ of: owner }] })
    await make('bg-grandchild', { owners: [{ of: child }] })
    const { status, body } = await remove('bg', { propagationPolicy: 'Background' })
    expect(status).toBe(200)
    expect(body.status).toBe('Success')
    for (const name of ['bg', 'bg-child', 'bg-grandchild']) await untilGone(name)
  })

  test('stay while another owner is there, without the reference to the one that went', async () => {
    const [first, second] = [await make('first'), await make('second')]
    await make('shared', { owners: [{ of: first }, { of: second }] })
    await remove('first')
    const owners = await until('the reference is gone', async () => {
      const found = (await read('shared')).body.metadata as unknown as { ownerReferences: { name: string }[] }
      return found.ownerReferences.length === 1 && found.ownerReferences
    })
    expect(owners.map(({ name }) => name)).toEqual(['second'])
    await remove('second')
    await untilGone('shared')
  })

  test.each([{ propagationPolicy: 'Orphan' }, { orphanDependents: true }])(
    'are let go with %o',
    async (options) => {
      const name = 'propagationPolicy' in options ? 'orphan-policy' : 'orphan-flag'
      const owner = await make(name)
      await make(`${name}-child`, { owners: [{ of: owner }] })
      const { body } = await remove(name, options)
      expect(body.metadata?.finalizers).toEqual(['orphan'])
      await untilGone(name)
      const child = await read(`${name}-child`)
      expect(child.status).toBe(200)
      expect(child.body.metadata).not.toHaveProperty('ownerReferences')
    },
  )

  test('go first in the foreground, if they block', async () => {
    const owner = await make('fg')
    const blocking = { owners: [{ of: owner, block: true }] }
    await make('fg-child', { ...blocking, finalizers: ['example.com/wait'] })
    await make('fg-free', { owners: [{ of: owner, block: false }] })
    const { body } = await remove('fg', { propagationPolicy: 'Foreground' })
    expect(body.metadata?.finalizers).toEqual(['foregroundDeletion'])
    await until('the child is being deleted', async () => {
      const { body: child } = await read('fg-child')
      return child.metadata?.deletionTimestamp
    })
    expect((await read('fg')).body.metadata?.finalizers).toEqual(['foregroundDeletion'])
    await release('fg-child')
    for (const name of ['fg-child', 'fg', 'fg-free']) await untilGone(name)
  })

  test('an owner without dependents goes at once in the foreground, too', async () => {
    await make('lonely')
    await remove('lonely', { propagationPolicy: 'Foreground' })
    await untilGone('lonely')
  })

  test('one that blocks can be let go by hand', async () => {
    const owner = await make('blocked')
    await make('blocker', { owners: [{ of: owner, block: true }], finalizers: ['example.com/wait'] })
    await remove('blocked', { propagationPolicy: 'Foreground' })
    await until('the blocker is being deleted', async () => {
      const { body } = await read('blocker')
      return body.metadata?.deletionTimestamp
    })
    await target.call('PATCH', `${maps()}/blocker`, { metadata: { ownerReferences: null } }, MERGE)
    await untilGone('blocked')
    expect((await read('blocker')).status).toBe(200)
    await release('blocker')
  })

  test('that own each other go together', async () => {
    const first = await make('ring-1')
    const second = await make('ring-2', { owners: [{ of: first, block: true }] })
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'ring-2', uid: second.metadata?.uid }
    const ownerReferences = [{ ...owner, blockOwnerDeletion: true }]
    await target.call('PATCH', `${maps()}/ring-1`, { metadata: { ownerReferences } }, MERGE)
    await remove('ring-1', { propagationPolicy: 'Foreground' })
    for (const name of ['ring-1', 'ring-2']) await untilGone(name)
  })

  test('a cluster-scoped one has no owner in a namespace, and stays', async () => {
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'nobody', uid: 'none' }
    await target.call('POST', widgets, widget('clusterwide', { metadata: { ownerReferences: [owner] } }))
    await make('marker')
    await remove('marker')
    await untilGone('marker')
    expect((await target.call('GET', `${widgets}/clusterwide`)).status).toBe(200)
  })

  test('whoever names an owner that is not there does not stay', async () => {
    const owner = await make('short')
    await remove('short')
    await untilGone('short')
    await make('late', { owners: [{ of: owner }] })
    await untilGone('late')
  })
})
