import { describe, expect, test } from 'vitest'
import { configMap, MERGE, applyAs, entriesOf, leaves, ownersOf } from './field-owners.ts'
import { ownerWrites } from './owner-writes.ts'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'

const target = contractTarget()

const { inNamespace, maps, create, update, patch } = ownerWrites(target)

describe('the record', () => {
  test.each([
    ['an empty list', []],
    ['an empty entry', [{}]],
  ])('is cleared by %s, and begins again with the first who applies', async (_name, managedFields) => {
    const name = `cleared-${managedFields.length}`
    await create(maps(), configMap(name, { a: '1' }))
    const cleared = await patch(maps(name), { metadata: { managedFields } })
    expect(cleared.metadata).not.toHaveProperty('managedFields')
    const untracked = await patch(maps(name), { data: { b: '1' } })
    expect(untracked.metadata).not.toHaveProperty('managedFields')
    const conflict = await applyAs(target, maps(name), 'applier', configMap(name, { a: '2' }))
    expect(conflict.status).toBe(409)
    expect(conflict.body.message).toBe(
      'Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.a',
    )
    const { body } = await applyAs(target, maps(name), 'applier', configMap(name, { c: '1' }))
    expect(ownersOf(body)).toEqual({
      'applier Apply': { 'f:data': leaves('f:c') },
      'before-first-apply Update': { 'f:data': leaves('.', 'f:a', 'f:b') },
    })
  })

  test('begins even with a configuration that changes nothing', async () => {
    await create(maps(), configMap('begun', { a: '1' }))
    await patch(maps('begun'), { metadata: { managedFields: [] } })
    const { body } = await applyAs(target, maps('begun'), 'applier', configMap('begun'))
    expect(ownersOf(body)).toEqual({ 'before-first-apply Update': { 'f:data': leaves('.', 'f:a') } })
  })

  test('stays when it is left out, or makes no sense', async () => {
    const before = await create(maps(), configMap('kept', { a: '1' }))
    const entry = {
      manager: 'x',
      operation: 'Update',
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: {},
    }
    for (const managedFields of [
      null,
      [{ ...entry, operation: 'Other' }],
      [{ ...entry, fieldsType: 'FieldsV2' }],
      [{ ...entry, apiVersion: '' }],
      [{ ...entry, fieldsV1: { x: {} } }],
    ])
      expect(await patch(maps('kept'), { metadata: { managedFields } })).toEqual(before)
    expect(await update(maps('kept'), configMap('kept', { a: '1' }), 'two')).toEqual(before)
  })

  test('is taken as somebody writes it', async () => {
    await create(maps(), configMap('written', { a: '1', b: '1' }))
    const managedFields = [
      {
        manager: 'heir',
        operation: 'Apply',
        apiVersion: 'v1',
        time: '2020-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': leaves('f:b') },
      },
    ]
    const body = await patch(maps('written'), { metadata: { managedFields } })
    expect(entriesOf(body)).toEqual(managedFields)
    const { body: next } = await applyAs(target, maps('written'), 'heir', configMap('written', {}))
    expect(next['data']).toEqual({ a: '1' })
  })

  test('forgets versions that are not served', async () => {
    await create(maps(), configMap('obsolete', { a: '1' }))
    const entry = { manager: 'old', operation: 'Update', apiVersion: 'v0', fieldsType: 'FieldsV1' }
    const body = await patch(maps('obsolete'), {
      metadata: { managedFields: [{ ...entry, fieldsV1: { 'f:data': leaves('f:a') } }] },
      data: { b: '1' },
    })
    expect(ownersOf(body)).toEqual({ 'one Update': { 'f:data': leaves('f:b') } })
  })

  test('is valid', async () => {
    await create(maps(), configMap('valid', { a: '1' }))
    const entry = { operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1' }
    const fieldsV1 = { 'f:data': leaves('f:a') }
    const change = { metadata: { managedFields: [{ ...entry, manager: 'x'.repeat(129), fieldsV1 }] } }
    const { status, body } = await target.call('PATCH', maps('valid'), change, MERGE)
    expect(status).toBe(422)
    expect(body.message).toContain(
      'metadata.managedFields[0].manager: Too long: may not be more than 128 bytes',
    )
    const text = await target.call('PATCH', maps('valid'), { metadata: { managedFields: 'x' } }, MERGE)
    expect(text.status).toBe(422)
    expect(text.body.details?.causes).toMatchObject([{ field: 'patch', reason: 'FieldValueInvalid' }])
  })

  test('comes with lists, watches and rows', async () => {
    const metadata = { labels: { listed: 'yes' } }
    const created = await create(maps(), configMap('listed', { a: '1' }, metadata))
    const owners = ownersOf(created)
    const { body: list } = await target.call('GET', `${maps()}?labelSelector=listed`)
    expect(list.items?.map(ownersOf)).toEqual([owners])
    const accept = 'application/json;as=Table;g=meta.k8s.io;v=v1'
    const { body: table } = await target.call('GET', `${maps()}?labelSelector=listed`, undefined, { accept })
    expect((table['rows'] as { object: Body }[]).map(({ object }) => ownersOf(object))).toEqual([owners])
    const watch = await target.watch(`${maps()}?watch=true&labelSelector=listed`)
    expect(ownersOf((await watch.next()).object)).toEqual(owners)
    watch.stop()
  })
})

describe('built-in kinds', () => {
  const applied = async (where: string, config: Record<string, unknown>) =>
    (await applyAs(target, where, 'applier', config)).body

  test('a secret: its plain texts are data, its type a default', async () => {
    const body = await create(inNamespace('secrets'), { metadata: { name: 'plain' }, stringData: { a: 'b' } })
    expect(ownersOf(body)).toEqual({ 'one Update': { 'f:data': leaves('.', 'f:a'), 'f:type': {} } })
  })

  test('a namespace: its label is a default', async () => {
    const name = `${target.namespace}-owned`
    const body = await create('/api/v1/namespaces', { metadata: { name } })
    expect(ownersOf(body)).toEqual({
      'one Update': { 'f:metadata': { 'f:labels': leaves('.', 'f:kubernetes.io/metadata.name') } },
    })
    const config = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { a: 'b' } } }
    expect(ownersOf(await applied(`/api/v1/namespaces/${name}`, config))['applier Apply']).toEqual({
      'f:metadata': { 'f:labels': leaves('f:a') },
    })
    await target.call('DELETE', `/api/v1/namespaces/${name}`)
  })

  test('a service account: its secrets go by name, as wholes', async () => {
    const accounts = inNamespace('serviceaccounts')
    const given = { metadata: { name: 'keys' }, secrets: [{ name: 'a' }], imagePullSecrets: [{ name: 'p' }] }
    const body = await create(accounts, given)
    expect(ownersOf(body)['one Update']).toEqual({
      'f:imagePullSecrets': {},
      'f:secrets': leaves('.', 'k:{"name":"a"}'),
    })
    const config = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'keys' },
      secrets: [{ name: 'b' }],
    }
    const next = await applied(`${accounts}/keys`, config)
    expect(next['secrets']).toEqual([{ name: 'a' }, { name: 'b' }])
    expect(ownersOf(next)['applier Apply']).toEqual({ 'f:secrets': leaves('k:{"name":"b"}') })
  })

  test('an event: what it is about is one value', async () => {
    const body = await create(inNamespace('events'), {
      metadata: { name: 'happened' },
      involvedObject: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: target.namespace },
      reason: 'Tested',
      message: 'It was tested.',
      source: { component: 'tests' },
      type: 'Normal',
      count: 1,
    })
    expect(ownersOf(body)['one Update']).toEqual({
      ...leaves('f:count', 'f:involvedObject', 'f:message', 'f:reason', 'f:type'),
      'f:source': leaves('f:component'),
    })
  })

  test('a node: conditions and addresses go by type, taints are one value', async () => {
    const name = `${target.namespace}-node`
    await create('/api/v1/nodes', {
      metadata: { name },
      spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] },
    })
    const path = `/api/v1/nodes/${name}`
    const config = { apiVersion: 'v1', kind: 'Node', metadata: { name } }
    const conflict = await applied(path, {
      ...config,
      spec: { taints: [{ key: 'b', effect: 'NoSchedule' }] },
    })
    expect(conflict.message).toBe('Apply failed with 1 conflict: conflict with "one" using v1: .spec.taints')
    const status = {
      conditions: [{ type: 'Network', status: 'True' }],
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
    }
    const body = await applied(`${path}/status`, { ...config, status })
    expect(ownersOf(body)['applier Apply status']).toEqual({
      'f:status': {
        'f:addresses': { 'k:{"type":"InternalIP"}': leaves('.', 'f:address', 'f:type') },
        'f:conditions': { 'k:{"type":"Network"}': leaves('.', 'f:status', 'f:type') },
      },
    })
    await target.call('DELETE', path)
  })

  test('a role, a binding, a claim', async () => {
    const roles = `/apis/rbac.authorization.k8s.io/v1/namespaces/${target.namespace}`
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]
    const role = await create(`${roles}/roles`, { metadata: { name: 'reader' }, rules })
    expect(ownersOf(role)).toEqual({ 'one Update': leaves('f:rules') })
    const none = await update(`${roles}/roles/reader`, { metadata: { name: 'reader' } }, 'two')
    expect(ownersOf(none)).toEqual({ 'two Update': leaves('f:rules') })
    const binding = await create(`${roles}/rolebindings`, {
      metadata: { name: 'readers' },
      roleRef: { kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'User', name: 'a' }],
    })
    expect(ownersOf(binding)).toEqual({ 'one Update': leaves('f:roleRef', 'f:subjects') })
    const claim = await create(inNamespace('persistentvolumeclaims'), {
      metadata: { name: 'wish' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        selector: { matchLabels: { a: 'b' } },
      },
    })
    expect(ownersOf(claim)).toEqual({
      'one Update': {
        'f:spec': {
          ...leaves('f:accessModes', 'f:selector', 'f:volumeMode'),
          'f:resources': { 'f:requests': leaves('.', 'f:storage') },
        },
      },
    })
  })

  test('a lease, a class of storage, a revision', async () => {
    const leases = `/apis/coordination.k8s.io/v1/namespaces/${target.namespace}/leases`
    const lease = await create(leases, { metadata: { name: 'held' }, spec: { holderIdentity: 'me' } })
    expect(ownersOf(lease)['one Update']).toEqual({ 'f:spec': leaves('f:holderIdentity') })
    const classes = '/apis/storage.k8s.io/v1/storageclasses'
    const name = `${target.namespace}-class`
    const storage = await create(classes, { metadata: { name }, provisioner: 'example.com/x' })
    expect(ownersOf(storage)['one Update']).toEqual(
      leaves('f:provisioner', 'f:reclaimPolicy', 'f:volumeBindingMode'),
    )
    await target.call('DELETE', `${classes}/${name}`)
    const revisions = `/apis/apps/v1/namespaces/${target.namespace}/controllerrevisions`
    const revision = await create(revisions, { metadata: { name: 'r' }, revision: 1, data: { a: { b: 1 } } })
    expect(ownersOf(revision)['one Update']).toEqual(leaves('f:data', 'f:revision'))
  })
})
