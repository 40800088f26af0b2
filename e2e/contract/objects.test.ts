import { describe, expect, test } from 'vitest'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { group, path, widget } = widgetKind(target)

describe('create', () => {
  test('gives identity, generation and a resource version', async () => {
    const { status, body } = await target.call('POST', path, widget('created'))
    expect(status).toBe(201)
    expect(body).toMatchObject({ apiVersion: `${group}/v1`, kind: 'Widget', spec: { size: 3 } })
    expect(body.metadata).toMatchObject({
      name: 'created',
      generation: 1,
      uid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      resourceVersion: expect.stringMatching(/^[1-9]\d*$/),
      creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
    expect((await target.call('GET', `${path}/created`)).body).toEqual(body)
  })

  test('ignores what only the server may set', async () => {
    const forged = widget('forged', {
      metadata: { uid: 'mine', creationTimestamp: '2001-01-01T00:00:00Z', generation: 9 },
    })
    const { body } = await target.call('POST', path, forged)
    expect(body.metadata?.generation).toBe(1)
    expect(body.metadata?.uid).not.toBe('mine')
    expect(body.metadata?.creationTimestamp).not.toBe('2001-01-01T00:00:00Z')
  })

  test('makes names from generateName, a new one each time', async () => {
    const object = { ...widget(''), metadata: { generateName: 'made-' } }
    const names = new Set<string>()
    for (let i = 0; i < 3; i++) {
      const { status, body } = await target.call('POST', path, object)
      expect(status).toBe(201)
      expect(body.metadata?.name).toMatch(/^made-[a-z0-9]{5}$/)
      names.add(body.metadata?.name ?? '')
    }
    expect(names.size).toBe(3)
  })

  test('refuses a name that is taken', async () => {
    await target.call('POST', path, widget('taken'))
    const { status, body } = await target.call('POST', path, widget('taken'))
    expect(status).toBe(409)
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      reason: 'AlreadyExists',
      message: `widgets.${group} "taken" already exists`,
      details: { name: 'taken', group, kind: 'widgets' },
      code: 409,
    })
  })

  test('refuses a name that is no DNS subdomain', async () => {
    const { status, body } = await target.call('POST', path, widget('Not_Good'))
    expect(status).toBe(422)
    expect(body.reason).toBe('Invalid')
    expect(body.message).toMatch(
      new RegExp(
        `^Widget\\.${group} "Not_Good" is invalid: metadata\\.name: Invalid value: "Not_Good": a lowercase RFC 1123 subdomain must consist of`,
      ),
    )
    expect(body.details?.causes).toMatchObject([{ reason: 'FieldValueInvalid', field: 'metadata.name' }])
  })

  test('refuses an object without a name', async () => {
    const { status, body } = await target.call('POST', path, { ...widget(''), metadata: {} })
    expect(status).toBe(422)
    expect(body.message).toContain('metadata.name: Required value: name or generateName is required')
  })

  test('refuses labels that are none', async () => {
    const { status, body } = await target.call(
      'POST',
      path,
      widget('labels', { metadata: { labels: { 'a b': 'c' } } }),
    )
    expect(status).toBe(422)
    expect(body.details?.causes?.[0]?.field).toBe('metadata.labels')
    const value = widget('labels', { metadata: { labels: { a: 'not ok' } } })
    expect((await target.call('POST', path, value)).status).toBe(422)
  })

  test('refuses metadata of a wrong type', async () => {
    const { status, body } = await target.call(
      'POST',
      path,
      widget('types', { metadata: { labels: { a: 1 } } }),
    )
    expect(status).toBe(400)
    expect(body.reason).toBe('BadRequest')
  })

  test('refuses another version or kind than that of the path', async () => {
    const wrongVersion = { ...widget('wrong'), apiVersion: 'v1' }
    const version = await target.call('POST', path, wrongVersion)
    expect(version.status).toBe(400)
    expect(version.body.message).toContain('the API version in the data (v1) does not match')
    const kind = await target.call('POST', path, { ...widget('wrong'), kind: 'Gadget' })
    expect(kind.status).toBe(422)
    expect(kind.body.message).toBe(
      `Gadget.${group} "wrong" is invalid: kind: Invalid value: "Gadget": must be Widget`,
    )
    const { kind: _kind, ...without } = widget('wrong')
    const nothing = await target.call('POST', path, without)
    expect(nothing.status).toBe(400)
    expect(nothing.body.message).toContain("(must be of type Widget): Object 'Kind' is missing in '{")
  })

  test('refuses a built-in kind at the path of another', async () => {
    const maps = `/api/v1/namespaces/${target.namespace}/configmaps`
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'wrong' } }
    const { status, body } = await target.call('POST', maps, secret)
    expect(status).toBe(400)
    expect(body.message).toContain('Secret in version "v1" cannot be handled as a ConfigMap')
    const version = await target.call('POST', maps, { ...secret, kind: 'ConfigMap', apiVersion: 'v2' })
    expect(version.status).toBe(400)
    expect(version.body.message).toContain('ConfigMap in version "v2" cannot be handled as a ConfigMap')
  })

  test('refuses an object for a namespace that is missing', async () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'lost' } }
    const { status, body } = await target.call('POST', '/api/v1/namespaces/no-such/configmaps', map)
    expect(status).toBe(404)
    expect(body.message).toBe('namespaces "no-such" not found')
    expect(body.details).toEqual({ name: 'no-such', kind: 'namespaces' })
  })

  test('refuses an object of another namespace than that of the path', async () => {
    const map = { metadata: { name: 'elsewhere', namespace: 'other' } }
    const { status, body } = await target.call(
      'POST',
      `/api/v1/namespaces/${target.namespace}/configmaps`,
      map,
    )
    expect(status).toBe(400)
    expect(body.message).toBe(
      'the namespace of the provided object does not match the namespace sent on the request',
    )
  })
})

describe('get', () => {
  test('says what was not found', async () => {
    const { status, body } = await target.call('GET', `${path}/nobody`)
    expect(status).toBe(404)
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `widgets.${group} "nobody" not found`,
      reason: 'NotFound',
      details: { name: 'nobody', group, kind: 'widgets' },
      code: 404,
    })
  })

  test('knows nothing of paths that belong to no kind', async () => {
    expect((await target.call('GET', `/apis/${group}/v1/gadgets`)).status).toBe(404)
    expect((await target.call('GET', '/apis/nothing.example.com/v1/things')).status).toBe(404)
    expect((await target.call('GET', `${path}/created/scale`)).status).toBe(404)
  })
})

describe('delete', () => {
  test('answers with a status that names the object', async () => {
    const { body: created } = await target.call('POST', path, widget('gone'))
    const { status, body } = await target.call('DELETE', `${path}/gone`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'gone', group, kind: 'widgets', uid: created.metadata?.uid },
    })
    expect((await target.call('GET', `${path}/gone`)).status).toBe(404)
    expect((await target.call('DELETE', `${path}/gone`)).status).toBe(404)
  })

  test('honours preconditions on uid and resource version', async () => {
    const { body } = await target.call('POST', path, widget('guarded'))
    const wrong = { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid: 'another' } }
    const refused = await target.call('DELETE', `${path}/guarded`, wrong)
    expect(refused.status).toBe(409)
    expect(refused.body.reason).toBe('Conflict')
    const head = `Operation cannot be fulfilled on Widget.${group} "guarded": `
    expect(refused.body.message).toBe(
      `${head}the UID in the precondition (another) does not match the UID in record (${body.metadata?.uid}). The object might have been deleted and then recreated`,
    )
    expect(refused.body.details).toEqual({ name: 'guarded', group, kind: 'Widget' })
    const stale = await target.call('DELETE', `${path}/guarded`, { preconditions: { resourceVersion: '1' } })
    expect(stale.status).toBe(409)
    expect(stale.body.message).toBe(
      `${head}the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${body.metadata?.resourceVersion}). The object might have been modified`,
    )
    const right = {
      preconditions: { uid: body.metadata?.uid, resourceVersion: body.metadata?.resourceVersion },
    }
    expect((await target.call('DELETE', `${path}/guarded`, right)).status).toBe(200)
  })

  test('a new object of the same name is another one', async () => {
    const first = await target.call('POST', path, widget('again'))
    await target.call('DELETE', `${path}/again`)
    const second = await target.call('POST', path, widget('again'))
    expect(second.status).toBe(201)
    expect(second.body.metadata?.uid).not.toBe(first.body.metadata?.uid)
    expect(Number(second.body.metadata?.resourceVersion)).toBeGreaterThan(
      Number(first.body.metadata?.resourceVersion),
    )
  })
})

describe('finalizers', () => {
  test('keep an object until the last one is taken off', async () => {
    const held = widget('held', { metadata: { finalizers: ['example.com/one', 'example.com/two'] } })
    const { body: created } = await target.call('POST', path, held)
    const { status, body } = await target.call('DELETE', `${path}/held`)
    expect(status).toBe(200)
    expect(body.kind).toBe('Widget')
    expect(body.metadata).toMatchObject({
      deletionTimestamp: expect.any(String),
      deletionGracePeriodSeconds: 0,
      generation: 2,
    })
    const again = await target.call('DELETE', `${path}/held`)
    expect(again.body.metadata?.deletionTimestamp).toBe(body.metadata?.deletionTimestamp)
    const patchType = { type: 'application/merge-patch+json' }
    const one = await target.call(
      'PATCH',
      `${path}/held`,
      { metadata: { finalizers: ['example.com/two'] } },
      patchType,
    )
    expect(one.body.metadata?.finalizers).toEqual(['example.com/two'])
    const added = await target.call(
      'PATCH',
      `${path}/held`,
      { metadata: { finalizers: ['example.com/two', 'example.com/new'] } },
      patchType,
    )
    expect(added.status).toBe(422)
    expect(added.body.message).toContain('no new finalizers can be added if the object is being deleted')
    const last = await target.call('PATCH', `${path}/held`, { metadata: { finalizers: null } }, patchType)
    expect(last.status).toBe(200)
    expect(last.body.metadata?.uid).toBe(created.metadata?.uid)
    expect((await target.call('GET', `${path}/held`)).status).toBe(404)
  })

  test('the deletion timestamp can not be taken back', async () => {
    await target.call('POST', path, widget('doomed', { metadata: { finalizers: ['example.com/one'] } }))
    const { body } = await target.call('DELETE', `${path}/doomed`)
    const { deletionTimestamp: _dropped, ...metadata } = body.metadata ?? { name: '' }
    const { body: after } = await target.call('PUT', `${path}/doomed`, { ...body, metadata })
    expect(after.metadata?.deletionTimestamp).toBe(body.metadata?.deletionTimestamp)
    await target.call('PATCH', `${path}/doomed`, [{ op: 'remove', path: '/metadata/finalizers' }], {
      type: 'application/json-patch+json',
    })
  })
})
