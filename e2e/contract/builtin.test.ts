import { describe, expect, test } from 'vitest'
import { contractTarget } from './target.ts'

const target = contractTarget()
const MERGE = { type: 'application/merge-patch+json' }
const inNamespace = (plural: string, group = '/api/v1') => `${group}/namespaces/${target.namespace}/${plural}`

describe('namespaces', () => {
  test('the first ones are there', async () => {
    const { body } = await target.call('GET', '/api/v1/namespaces')
    expect(body.items?.map(({ metadata }) => metadata?.name)).toEqual(
      expect.arrayContaining(['default', 'kube-public', 'kube-system']),
    )
  })

  test('are born active, with a label of their name', async () => {
    const { body } = await target.call('GET', `/api/v1/namespaces/${target.namespace}`)
    expect(body.status).toEqual({ phase: 'Active' })
    expect(body.spec).toEqual({ finalizers: ['kubernetes'] })
    expect(body.metadata?.labels).toEqual({ 'kubernetes.io/metadata.name': target.namespace })
  })

  test('have names that are DNS labels', async () => {
    const create = (name: string) => target.call('POST', '/api/v1/namespaces', { metadata: { name } })
    const dotted = await create('a.b')
    expect(dotted.status).toBe(422)
    expect(dotted.body.message).toBe(
      'Namespace "a.b" is invalid: metadata.name: Invalid value: "a.b": must not contain dots',
    )
    expect((await create('A.b')).body.message).toContain('a lowercase RFC 1123 label must consist of')
  })

  test('the default one can not be deleted', async () => {
    const { status, body } = await target.call('DELETE', '/api/v1/namespaces/default')
    expect(status).toBe(403)
    expect(body.message).toBe('namespaces "default" is forbidden: this namespace may not be deleted')
  })

  test('take nothing new while they are being deleted', async () => {
    const name = `${target.namespace}-ending`
    await target.call('POST', '/api/v1/namespaces', { metadata: { name } })
    const held = { metadata: { name: 'held', finalizers: ['example.com/wait'] } }
    await target.call('POST', `/api/v1/namespaces/${name}/configmaps`, held)
    const { status, body } = await target.call('DELETE', `/api/v1/namespaces/${name}`)
    expect(status).toBe(200)
    expect(body.status).toMatchObject({ phase: 'Terminating' })
    const late = await target.call('POST', `/api/v1/namespaces/${name}/configmaps`, {
      metadata: { name: 'late' },
    })
    expect(late.status).toBe(403)
    expect(late.body.message).toContain('because it is being terminated')
    await target.call(
      'PATCH',
      `/api/v1/namespaces/${name}/configmaps/held`,
      { metadata: { finalizers: null } },
      MERGE,
    )
  })
})

describe('secrets', () => {
  test('plain text becomes data and is never shown', async () => {
    const secret = { metadata: { name: 'texts' }, data: { a: 'eA==' }, stringData: { b: 'hello', a: 'new' } }
    const { status, body } = await target.call('POST', inNamespace('secrets'), secret)
    expect(status).toBe(201)
    expect(body['data']).toEqual({ a: 'bmV3', b: 'aGVsbG8=' })
    expect(body['type']).toBe('Opaque')
    expect(body).not.toHaveProperty('stringData')
  })

  test('keep their type', async () => {
    await target.call('POST', inNamespace('secrets'), { metadata: { name: 'typed' }, type: 'example.com/a' })
    const { status } = await target.call(
      'PATCH',
      inNamespace('secrets/typed'),
      { type: 'example.com/b' },
      MERGE,
    )
    expect(status).toBe(422)
  })

  test('of a known type have what it needs', async () => {
    const message = async (type: string, data: Record<string, string> = {}) => {
      const secret = { metadata: { name: 'known' }, type: `kubernetes.io/${type}`, data }
      return (await target.call('POST', inNamespace('secrets'), secret)).body.message
    }
    const missing = (...keys: string[]) => keys.map((key) => `data[${key}]: Required value`).join(', ')
    expect(await message('tls')).toBe(`Secret "known" is invalid: [${missing('tls.crt', 'tls.key')}]`)
    expect(await message('basic-auth')).toBe(
      `Secret "known" is invalid: [${missing('username', 'password')}]`,
    )
    expect(await message('ssh-auth')).toContain(missing('ssh-privatekey'))
    expect(await message('dockerconfigjson')).toContain(missing('.dockerconfigjson'))
    expect(await message('dockerconfigjson', { '.dockerconfigjson': 'eA==' })).toContain(
      'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": ',
    )
    expect(await message('service-account-token')).toContain(
      'metadata.annotations[kubernetes.io/service-account.name]: Required value',
    )
  })

  test('have a size', async () => {
    const data = { k: 'QUFB'.repeat(400_000) }
    const { body } = await target.call('POST', inNamespace('secrets'), { metadata: { name: 'big' }, data })
    expect(body.message).toBe('Secret "big" is invalid: data: Too long: may not be more than 1048576 bytes')
    const map = { metadata: { name: 'big' }, data: { k: 'A'.repeat(1_100_000) } }
    const maps = await target.call('POST', inNamespace('configmaps'), map)
    expect(maps.body.message).toBe(
      'ConfigMap "big" is invalid: []: Too long: may not be more than 1048576 bytes',
    )
  })

  test('take no values that are not base64', async () => {
    const secret = { metadata: { name: 'text' }, data: { k: '???' } }
    const { status, body } = await target.call('POST', inNamespace('secrets'), secret)
    expect(status).toBe(400)
    expect(body.message).toContain(
      'Secret in version "v1" cannot be handled as a Secret: illegal base64 data',
    )
  })

  test('refuse keys and values that are none', async () => {
    const badKey = { metadata: { name: 'keys' }, data: { 'a b': 'eA==' } }
    expect((await target.call('POST', inNamespace('secrets'), badKey)).status).toBe(422)
    const badType = { metadata: { name: 'keys' }, data: { a: 1 } }
    const { status, body } = await target.call('POST', inNamespace('secrets'), badType)
    expect(status).toBe(400)
    expect(body.reason).toBe('BadRequest')
  })

  test('an immutable one stays as it is', async () => {
    const secret = { metadata: { name: 'frozen' }, immutable: true, stringData: { a: 'x' } }
    await target.call('POST', inNamespace('secrets'), secret)
    const { status, body } = await target.call(
      'PATCH',
      inNamespace('secrets/frozen'),
      { stringData: { a: 'y' } },
      MERGE,
    )
    expect(status).toBe(422)
    expect(body.message).toContain('field is immutable when `immutable` is set')
  })
})

describe('config maps', () => {
  test('are updated without a resource version', async () => {
    await target.call('POST', inNamespace('configmaps'), { metadata: { name: 'loose' }, data: { a: '1' } })
    const { status, body } = await target.call('PUT', inNamespace('configmaps/loose'), {
      metadata: { name: 'loose' },
      data: { a: '2' },
    })
    expect(status).toBe(200)
    expect(body['data']).toEqual({ a: '2' })
    expect(body.metadata?.generation).toBeUndefined()
  })

  test('unknown fields are refused when asked to be strict', async () => {
    const map = { metadata: { name: 'strict' }, dta: { a: '1' } }
    const { status, body } = await target.call(
      'POST',
      `${inNamespace('configmaps')}?fieldValidation=Strict`,
      map,
    )
    expect(status).toBe(400)
    expect(body.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dta"',
    )
  })
})

describe('leases', () => {
  const leases = inNamespace('leases', '/apis/coordination.k8s.io/v1')

  test('are taken by one of many', async () => {
    const lease = { metadata: { name: 'lock' }, spec: { holderIdentity: 'a', leaseDurationSeconds: 15 } }
    const { body } = await target.call('POST', leases, lease)
    const take = (holderIdentity: string) =>
      target.call('PUT', `${leases}/lock`, { ...body, spec: { ...body.spec, holderIdentity } })
    const answers = await Promise.all([take('b'), take('c')])
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
  })
})

describe('storage', () => {
  test('a storage class has defaults and stays as it is', async () => {
    const name = `${target.namespace}-class`
    const classes = '/apis/storage.k8s.io/v1/storageclasses'
    const { body } = await target.call('POST', classes, {
      metadata: { name },
      provisioner: 'example.com/disk',
    })
    expect(body).toMatchObject({ reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' })
    const { status } = await target.call('PATCH', `${classes}/${name}`, { provisioner: 'other' }, MERGE)
    expect(status).toBe(422)
    const { body: deleted } = await target.call('DELETE', `${classes}/${name}`)
    expect(deleted.metadata?.name).toBe(name)
  })
})

describe('events', () => {
  test('are found by the object they are about', async () => {
    const event = (name: string, about: string) => ({
      metadata: { name },
      involvedObject: { kind: 'ConfigMap', name: about, namespace: target.namespace },
      reason: 'Tested',
      message: 'it was tested',
      type: 'Normal',
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:00Z',
    })
    await target.call('POST', inNamespace('events'), event('first', 'one'))
    await target.call('POST', inNamespace('events'), event('second', 'two'))
    const { body } = await target.call(
      'GET',
      `${inNamespace('events')}?fieldSelector=involvedObject.name%3Dtwo`,
    )
    expect(body.items?.map(({ metadata }) => metadata?.name)).toEqual(['second'])
  })
})

describe('controller revisions', () => {
  const revisions = inNamespace('controllerrevisions', '/apis/apps/v1')

  test('keep any data, and keep it', async () => {
    const revision = { metadata: { name: 'one' }, revision: 1, data: { spec: { any: [1, 'x'] } } }
    const { status, body } = await target.call('POST', revisions, revision)
    expect(status).toBe(201)
    expect(body['data']).toEqual({ spec: { any: [1, 'x'] } })
    const changed = await target.call('PATCH', `${revisions}/one`, { data: { spec: 2 } }, MERGE)
    expect(changed.status).toBe(422)
  })
})

describe('reviews', () => {
  test('may I', async () => {
    const { status, body } = await target.call(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        spec: {
          resourceAttributes: { verb: 'create', group: 'cluster.alauda.io', resource: 'moduleinfoes' },
        },
      },
    )
    expect(status).toBe(201)
    expect(body.status).toMatchObject({ allowed: true })
  })

  test('what may I', async () => {
    const { status, body } = await target.call(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      {
        spec: { namespace: 'default' },
      },
    )
    expect(status).toBe(201)
    expect(body.status).toMatchObject({
      resourceRules: expect.arrayContaining([expect.objectContaining({ verbs: ['*'], resources: ['*'] })]),
    })
  })

  test('who am I', async () => {
    const { status, body } = await target.call(
      'POST',
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      {},
    )
    expect(status).toBe(201)
    expect(body.status).toMatchObject({ userInfo: { username: expect.stringMatching(/.+/) } })
  })

  test('are never stored', async () => {
    const { status } = await target.call('GET', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews')
    expect(status).toBe(405)
  })
})

describe('events', () => {
  const event = (name: string, more: object = {}) => ({
    metadata: { name },
    involvedObject: { kind: 'X', name: 'y', namespace: target.namespace },
    reason: 'R',
    message: 'm',
    type: 'Normal',
    ...more,
  })
  const create = (name: string, more: object = {}) =>
    target.call('POST', inNamespace('events'), event(name, more))

  test('have all their fields', async () => {
    const { status, body } = await create('plain')
    expect(status).toBe(201)
    expect(body).toMatchObject({
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: null,
      reportingComponent: '',
      reportingInstance: '',
    })
  })

  test('are of objects of their namespace', async () => {
    const { status, body } = await create('away', {
      involvedObject: { kind: 'X', name: 'y', namespace: 'other' },
    })
    expect(status).toBe(422)
    expect(body.message).toContain(
      'involvedObject.namespace: Invalid value: "other": does not match event.namespace',
    )
    expect((await create('away', { involvedObject: { kind: 'X', name: 'y' } })).status).toBe(422)
  })

  test('of the new kind say who reports them', async () => {
    const eventTime = '2026-01-01T00:00:00.000000Z'
    expect((await create('new', { eventTime })).status).toBe(422)
    const full = { eventTime, reportingComponent: 'example.com/x', reportingInstance: 'x-0', action: 'Did' }
    expect((await create('new', full)).status).toBe(201)
  })
})

describe('volumes and their classes', () => {
  test('a volume is somewhere, of some size', async () => {
    const volumes = '/api/v1/persistentvolumes'
    const { body } = await target.call('POST', volumes, { metadata: { name: 'nowhere' }, spec: {} })
    expect(body.message).toBe(
      'PersistentVolume "nowhere" is invalid: [spec.accessModes: Required value, spec.capacity: Required value, spec.capacity: Unsupported value: null: supported values: "storage", spec: Required value: must specify a volume type]',
    )
  })

  test('a class has known policies', async () => {
    const { body } = await target.call('POST', '/apis/storage.k8s.io/v1/storageclasses', {
      metadata: { name: 'odd' },
      provisioner: 'example.com/x',
      reclaimPolicy: 'Bad',
      volumeBindingMode: 'Bad',
    })
    expect(body.message).toContain(
      'reclaimPolicy: Unsupported value: "Bad": supported values: "Delete", "Retain"',
    )
    expect(body.message).toContain(
      'volumeBindingMode: Unsupported value: "Bad": supported values: "Immediate", "WaitForFirstConsumer"',
    )
  })
})
