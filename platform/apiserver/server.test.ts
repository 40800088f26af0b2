import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import type { ApiServer } from './server.ts'
import { startApiServer } from './server.ts'

// Other work on the machine only makes it slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const CRDS = fileURLToPath(new URL('../../crds', import.meta.url))
const MERGE = 'application/merge-patch+json'

interface Body {
  [key: string]: unknown
  metadata?: {
    name: string
    uid: string
    resourceVersion: string
    continue?: string
    remainingItemCount?: number
  }
  items?: Body[]
}

let dataDir = ''
let server: ApiServer
let agent: Agent
const start = async () => {
  server = await startApiServer({ dataDir, clusters: ['global', 'business'], crdDir: CRDS, historyLimit: 60 })
  agent = new Agent({ bodyTimeout: 0, connect: { ca: server.caPem } })
}
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'apiserver-'))
  await start()
})
afterAll(async () => {
  await agent.destroy()
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function call(method: string, path: string, body?: unknown, type = 'application/json') {
  const answer = await request(server.url + path, {
    method: method as 'GET',
    dispatcher: agent,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': type },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await answer.body.text()
  const isJson = String(answer.headers['content-type']).startsWith('application/json')
  return {
    status: answer.statusCode,
    body: isJson ? (JSON.parse(text) as Body) : ({ message: text } as Body),
  }
}
async function until(what: string, isDone: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await isDone()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${what} never happened`)
}
const isGone = (path: string) => async () => (await call('GET', path)).status === 404
const map = (name: string, more: object = {}) => ({ metadata: { name, ...more } })
const maps = '/api/v1/namespaces/default/configmaps'

describe('clusters', () => {
  test('are apart, and the first one is at the root, too', async () => {
    await call('POST', `/kubernetes/global${maps}`, map('here'))
    expect((await call('GET', `${maps}/here`)).status).toBe(200)
    expect((await call('GET', `/kubernetes/business${maps}/here`)).status).toBe(404)
    expect((await call('GET', '/kubernetes/nowhere/api/v1/namespaces')).status).toBe(404)
  })

  test('have the kinds that belong on them', async () => {
    const has = async (cluster: string, path: string) =>
      (await call('GET', `/kubernetes/${cluster}/apis/${path}`)).status === 200
    expect(await has('global', 'cluster.alauda.io/v1alpha1/moduleinfoes')).toBe(true)
    expect(await has('global', 'platform.tkestack.io/v1/clusters')).toBe(true)
    expect(await has('global', 'operator.alauda.io/v1alpha1/appreleases')).toBe(true)
    expect(await has('business', 'operator.alauda.io/v1alpha1/appreleases')).toBe(true)
    expect(await has('business', 'cluster.alauda.io/v1alpha1/moduleinfoes')).toBe(false)
    expect(await has('business', 'platform.tkestack.io/v1/clusters')).toBe(false)
    expect((await call('GET', '/kubernetes/business/api/v1/namespaces/cpaas-system')).status).toBe(200)
  })
})

describe('the kubeconfig', () => {
  test('has a context for each cluster and is private', async () => {
    const text = await readFile(server.kubeconfigPath, 'utf8')
    expect((await stat(server.kubeconfigPath)).mode & 0o777).toBe(0o600)
    const config = parse(text) as { clusters: { name: string; cluster: { server: string } }[] }
    expect(config).toMatchObject({ 'current-context': 'global', users: [{ user: { token: server.token } }] })
    expect(config.clusters.map(({ name, cluster }) => [name, cluster.server])).toEqual([
      ['global', server.url],
      ['business', `${server.url}/kubernetes/business`],
    ])
  })
})

describe('what happens by itself', () => {
  test('a deleted namespace takes its contents with it', async () => {
    await call('POST', '/api/v1/namespaces', map('ending'))
    const inside = '/api/v1/namespaces/ending'
    await call('POST', `${inside}/secrets`, map('quick'))
    await call('POST', `${inside}/configmaps`, map('held', { finalizers: ['example.com/wait'] }))
    const releases = '/apis/operator.alauda.io/v1alpha1/namespaces/ending/appreleases'
    const release = {
      apiVersion: 'operator.alauda.io/v1alpha1',
      kind: 'AppRelease',
      ...map('custom'),
      spec: {},
    }
    expect((await call('POST', releases, release)).status).toBe(201)
    await call('DELETE', inside)
    await until('the secret going', isGone(`${inside}/secrets/quick`))
    await until('the release going', isGone(`${releases}/custom`))
    expect((await call('GET', inside)).body['status']).toEqual({ phase: 'Terminating' })
    await call('PATCH', `${inside}/configmaps/held`, { metadata: { finalizers: null } }, MERGE)
    await until('the namespace going', isGone(inside))
  })

  test('dependents follow their owners, but never a living one', async () => {
    const owner = (await call('POST', maps, map('owner'))).body.metadata
    const reference = (uid: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid })
    const owned = (uid: string) => ({ ownerReferences: [reference(uid)] })
    await call('POST', maps, map('child', owned(owner?.uid ?? '')))
    await call('POST', maps, map('orphan', owned('00000000-0000-0000-0000-000000000000')))
    await until('the orphan going', isGone(`${maps}/orphan`))
    expect((await call('GET', `${maps}/child`)).status).toBe(200)
    await call('DELETE', `${maps}/owner`)
    await until('the child going', isGone(`${maps}/child`))
  })

  test('orphaned dependents stay, without their owner', async () => {
    const owner = (await call('POST', maps, map('leaver'))).body.metadata
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'leaver', uid: owner?.uid }
    await call('POST', maps, map('stayer', { ownerReferences: [reference] }))
    await call('DELETE', `${maps}/leaver`, { propagationPolicy: 'Orphan' })
    await until('the owner going', isGone(`${maps}/leaver`))
    const { body } = await call('GET', `${maps}/stayer`)
    expect(body.metadata).not.toHaveProperty('ownerReferences')
  })
})

describe('forgotten history', () => {
  const churn = async () => {
    for (let i = 0; i < 150; i++) await call('PATCH', `${maps}/churned`, { data: { i: String(i) } }, MERGE)
  }

  test('a watch from too long ago gets 410, a continued list too, with a way on', async () => {
    for (let i = 0; i < 5; i++) await call('POST', maps, map(`item-${i}`))
    const first = (await call('GET', `${maps}?limit=2`)).body
    await call('POST', maps, map('churned'))
    await churn()
    const token = first.metadata?.continue ?? ''
    const expired = await call('GET', `${maps}?limit=2&continue=${token}`)
    expect(expired.status).toBe(410)
    expect(expired.body).toMatchObject({ reason: 'Expired', code: 410 })
    const again = expired.body.metadata?.continue ?? ''
    const rest = await call('GET', `${maps}?limit=50&continue=${again}`)
    expect(rest.status).toBe(200)
    expect(rest.body.items?.length).toBeGreaterThan(3)
    const old = first.metadata?.resourceVersion ?? ''
    const watch = await request(`${server.url}${maps}?watch=true&resourceVersion=${old}`, {
      dispatcher: agent,
      headers: { authorization: `Bearer ${server.token}` },
    })
    expect(watch.statusCode).toBe(200)
    expect(JSON.parse(await watch.body.text())).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        reason: 'Expired',
        code: 410,
        message: expect.stringContaining('too old resource version'),
      },
    })
  })
})

describe('a restart', () => {
  test('ends open watches at once and keeps token, CA and objects', async () => {
    await call('POST', maps, map('kept'))
    const watch = await request(`${server.url}${maps}?watch=true`, {
      dispatcher: agent,
      headers: { authorization: `Bearer ${server.token}` },
    })
    const ended = watch.body.text()
    const before = { token: server.token, ca: server.caPem }
    await server.close()
    expect(await ended).toContain('"name":"kept"')
    await agent.destroy()
    await start()
    expect({ token: server.token, ca: server.caPem }).toEqual(before)
    expect((await call('GET', `${maps}/kept`)).status).toBe(200)
    const { body } = await call('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions')
    expect(body.items?.every(({ metadata }) => metadata !== undefined)).toBe(true)
    expect(body.items?.length).toBe(7)
  })
})
