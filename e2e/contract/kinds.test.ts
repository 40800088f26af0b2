import { describe, expect, test } from 'vitest'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'

const target = contractTarget()
const MERGE = { type: 'application/merge-patch+json' }
const within = (group: string, plural: string) => `/apis/${group}/namespaces/${target.namespace}/${plural}`
const columns = async (path: string) => {
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
  const { body } = await target.call('GET', path, undefined, { accept })
  return (body['columnDefinitions'] as { name: string }[]).map(({ name }) => name)
}

describe('leases', () => {
  const leases = () => within('coordination.k8s.io/v1', 'leases')
  const lease = (name: string, spec?: object, metadata: object = {}) => ({
    metadata: { name, ...metadata },
    ...(spec === undefined ? {} : { spec }),
  })

  test('are taken over by whoever knows the version', async () => {
    const spec = {
      holderIdentity: 'one',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:00:00.123456Z',
      leaseTransitions: 0,
    }
    const { status, body } = await target.call('POST', leases(), lease('taken', spec))
    expect(status).toBe(201)
    expect(body.spec).toEqual(spec)
    const { resourceVersion } = body.metadata ?? { resourceVersion: '' }
    const take = (holderIdentity: string) =>
      target.call(
        'PUT',
        `${leases()}/taken`,
        lease('taken', { ...spec, holderIdentity }, { resourceVersion }),
      )
    expect((await take('two')).status).toBe(200)
    expect((await take('three')).status).toBe(409)
    const blind = await target.call('PUT', `${leases()}/taken`, lease('taken', spec))
    expect(blind.status).toBe(422)
    expect(blind.body.message).toBe(
      'leases.coordination.k8s.io "taken" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    )
    expect(blind.body.details?.kind).toBe('leases')
  })

  test('an update makes one that is not there', async () => {
    const { status, body } = await target.call('PUT', `${leases()}/made`, lease('made', {}))
    expect(status).toBe(201)
    expect(body.metadata?.uid).toBeTruthy()
    const other = await target.call('PUT', `${leases()}/other`, lease('another', {}))
    expect(other.status).toBe(400)
  })

  test('always have a spec', async () => {
    expect((await target.call('POST', leases(), lease('bare'))).body.spec).toEqual({})
  })

  test('refuse durations and times that are none', async () => {
    const { status, body } = await target.call(
      'POST',
      leases(),
      lease('bad', { leaseDurationSeconds: 0, leaseTransitions: -1 }),
    )
    expect(status).toBe(422)
    expect(body.message).toBe(
      'Lease.coordination.k8s.io "bad" is invalid: [spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0, spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0]',
    )
    for (const renewTime of ['soon', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123Z'])
      expect((await target.call('POST', leases(), lease('bad', { renewTime }))).status).toBe(400)
  })

  test('show who holds them', async () => {
    expect(await columns(leases())).toEqual(['Name', 'Holder', 'Age'])
  })
})

describe('controller revisions', () => {
  const revisions = () => within('apps/v1', 'controllerrevisions')
  const create = (name: string, more: object) =>
    target.call('POST', revisions(), { metadata: { name }, ...more })

  test('keep their data, only the number may change', async () => {
    const data = { apiVersion: 'v1', spec: { a: null, list: [1, { b: 'c' }] } }
    const { status, body } = await create('kept', { data })
    expect(status).toBe(201)
    expect(body['data']).toEqual(data)
    expect(body['revision']).toBe(0)
    const put = (more: object) =>
      target.call('PUT', `${revisions()}/kept`, { metadata: { name: 'kept' }, ...more })
    const counted = await put({ data, revision: 3 })
    expect(counted.status).toBe(200)
    expect(counted.body['revision']).toBe(3)
    const changed = await put({ data: { a: 2 }, revision: 3 })
    expect(changed.status).toBe(422)
    expect(changed.body.message).toBe(
      'ControllerRevision.apps "kept" is invalid: data: Invalid value: {"a":2}: field is immutable',
    )
    const removed = await target.call('PATCH', `${revisions()}/kept`, { data: null }, MERGE)
    expect(removed.body.message).toContain('data: Invalid value: null: field is immutable')
  })

  test('need data that is an object, and no negative number', async () => {
    const message = async (name: string, more: object) => (await create(name, more)).body.message
    expect(await message('none', {})).toBe(
      'ControllerRevision.apps "none" is invalid: data: Required value: data is mandatory',
    )
    expect(await message('text', { data: 'text' })).toContain('data must be a valid JSON object')
    expect(await message('minus', { data: {}, revision: -1 })).toContain(
      'revision: Invalid value: -1: must be greater than or equal to 0',
    )
  })

  test('show their controller and number', async () => {
    expect(await columns(revisions())).toEqual(['Name', 'Controller', 'Revision', 'Age'])
  })
})

describe('volume claims', () => {
  const claims = () => `/api/v1/namespaces/${target.namespace}/persistentvolumeclaims`
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }

  test('are pending and protected from the start', async () => {
    const { status, body } = await target.call('POST', claims(), { metadata: { name: 'data' }, spec })
    expect(status).toBe(201)
    expect(body.spec).toEqual({ ...spec, volumeMode: 'Filesystem' })
    expect(body.status).toEqual({ phase: 'Pending' })
    expect(body.metadata?.finalizers).toEqual(['kubernetes.io/pvc-protection'])
    const change = { spec: { resources: { requests: { storage: '2Gi' } } } }
    const grown = await target.call('PATCH', `${claims()}/data`, change, MERGE)
    expect(grown.status).toBe(422)
    expect(grown.body.message).toContain('spec: Forbidden: spec is immutable after creation except')
    const removed = await target.call('DELETE', `${claims()}/data`)
    expect(removed.body).toMatchObject({ kind: 'PersistentVolumeClaim', metadata: { name: 'data' } })
    await target.call('PATCH', `${claims()}/data`, { metadata: { finalizers: null } }, MERGE)
    expect((await target.call('GET', `${claims()}/data`)).status).toBe(404)
  })

  test('need modes and a size', async () => {
    const { body } = await target.call('POST', claims(), { metadata: { name: 'empty' } })
    expect(body.message).toBe(
      'PersistentVolumeClaim "empty" is invalid: [spec.accessModes: Required value: at least 1 access mode is required, spec.resources[storage]: Required value]',
    )
  })

  test('have their own columns', async () => {
    expect(await columns(claims())).toEqual([
      'Name',
      'Status',
      'Volume',
      'Capacity',
      'Access Modes',
      'StorageClass',
      'VolumeAttributesClass',
      'Age',
      'VolumeMode',
    ])
  })
})

describe('roles', () => {
  const rbac = 'rbac.authorization.k8s.io/v1'
  const roles = () => within(rbac, 'roles')
  const bindings = () => within(rbac, 'rolebindings')

  test('have any name, and rules that say something', async () => {
    const rules = [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }]
    const made = await target.call('POST', roles(), { metadata: { name: 'a:b' }, rules })
    expect(made.status).toBe(201)
    expect(made.body['rules']).toEqual(rules)
    expect((await target.call('POST', roles(), { metadata: { name: 'empty' } })).body['rules']).toBeNull()
    const bad = [
      { verbs: ['get'], resources: ['pods'] },
      { verbs: ['get'], nonResourceURLs: ['/x'] },
    ]
    const { body } = await target.call('POST', roles(), { metadata: { name: 'bad' }, rules: bad })
    expect(body.message).toBe(
      'Role.rbac.authorization.k8s.io "bad" is invalid: [rules[0].apiGroups: Required value: resource rules must supply at least one api group, rules[1].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs]',
    )
  })

  test('are given to subjects for good', async () => {
    const binding: Partial<Body> = {
      metadata: { name: 'given' } as Body['metadata'],
      subjects: [
        { kind: 'User', name: 'u' },
        { kind: 'ServiceAccount', name: 's', namespace: 'default' },
      ],
      roleRef: { kind: 'Role', name: 'a:b' },
    }
    const { status, body } = await target.call('PUT', `${bindings()}/given`, binding)
    expect(status).toBe(201)
    const apiGroup = 'rbac.authorization.k8s.io'
    expect(body['roleRef']).toEqual({ apiGroup, kind: 'Role', name: 'a:b' })
    expect((body['subjects'] as object[])[0]).toEqual({ apiGroup, kind: 'User', name: 'u' })
    const moved = { ...binding, roleRef: { kind: 'Role', name: 'other' } }
    const refused = await target.call('PUT', `${bindings()}/given`, moved)
    expect(refused.status).toBe(422)
    expect(refused.body.message).toContain('cannot change roleRef')
    expect(await columns(bindings())).toEqual(['Name', 'Role', 'Age', 'Users', 'Groups', 'ServiceAccounts'])
  })
})

describe('access reviews', () => {
  const ask = (plural: string, spec: object) =>
    target.call('POST', `/apis/authorization.k8s.io/v1/${plural}`, { spec })
  const pods = { resourceAttributes: { verb: 'get', resource: 'pods' } }

  test('of oneself and of others', async () => {
    const own = await ask('selfsubjectaccessreviews', pods)
    expect(own.status).toBe(201)
    expect(own.body.status).toEqual({ allowed: true })
    expect(own.body.spec).toEqual(pods)
    const other = await ask('subjectaccessreviews', { ...pods, user: 'bob' })
    expect(other.body.status).toMatchObject({ allowed: false })
    const admin = await ask('subjectaccessreviews', { ...pods, user: 'eve', groups: ['system:masters'] })
    expect(admin.body.status).toMatchObject({ allowed: true })
  })

  test('must ask for something', async () => {
    expect((await ask('selfsubjectaccessreviews', {})).status).toBe(422)
    expect((await ask('subjectaccessreviews', pods)).status).toBe(422)
    expect((await ask('selfsubjectrulesreviews', {})).body.message).toBe('no namespace on request')
    const rules = await ask('selfsubjectrulesreviews', { namespace: 'default' })
    expect((rules.body.status as { resourceRules: object[] }).resourceRules).toContainEqual({
      verbs: ['*'],
      apiGroups: ['*'],
      resources: ['*'],
    })
  })
})
