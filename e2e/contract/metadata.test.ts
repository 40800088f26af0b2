import { describe, expect, test } from 'vitest'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { path, widget } = widgetKind(target)
const maps = () => `/api/v1/namespaces/${target.namespace}/configmaps`
const map = (metadata: object, more: object = {}) =>
  target.call('POST', maps(), { metadata: { name: 'refused', ...metadata }, ...more })
const custom = (metadata: object) =>
  target.call('POST', path, widget('refused', { metadata: { ...metadata } }))
const SUBDOMAIN = 'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters'

describe('names', () => {
  test.each(['a/b', '..', 'A', 'a_b', '-a'])('%s is none', async (name) => {
    const { status, body } = await map({ name })
    expect(status).toBe(422)
    expect(body.message).toContain(`metadata.name: Invalid value: "${name}": ${SUBDOMAIN}`)
  })

  test('too long a one', async () => {
    expect((await map({ name: 'x'.repeat(254) })).body.message).toContain(
      'must be no more than 253 characters',
    )
  })

  test('of roles may be nearly anything', async () => {
    const roles = '/apis/rbac.authorization.k8s.io/v1/clusterroles'
    const name = `${target.namespace}:Any_Thing`
    expect((await target.call('POST', roles, { metadata: { name } })).status).toBe(201)
    await target.call('DELETE', `${roles}/${name}`)
    const { body } = await target.call('POST', roles, { metadata: { name: 'a/b' } })
    expect(body.message).toContain(`metadata.name: Invalid value: "a/b": may not contain '/'`)
  })

  test('made from a prefix, which is looked at, too', async () => {
    const { status, body } = await target.call('POST', maps(), { metadata: { generateName: 'UPPER-' } })
    expect(status).toBe(422)
    expect(body.details?.causes?.map(({ field }) => field)).toEqual([
      'metadata.generateName',
      'metadata.name',
    ])
  })

  test('an update needs one', async () => {
    await target.call('POST', maps(), { metadata: { name: 'named' } })
    const { status, body } = await target.call('PUT', `${maps()}/named`, { metadata: {} })
    expect(status).toBe(400)
    expect(body.message).toBe(
      'the name of the object (named based on URL) was undeterminable: name must be provided',
    )
  })
})

describe('labels', () => {
  test.each([
    [{ 'a/b/c': 'v' }, 'metadata.labels: Invalid value: "a/b/c": a valid label key must consist of'],
    [{ [`${'p'.repeat(254)}/k`]: 'v' }, 'prefix part must be no more than 253 bytes'],
    [{ ['k'.repeat(64)]: 'v' }, 'name part must be no more than 63 bytes'],
    [{ '/k': 'v' }, 'prefix part must be non-empty'],
    [{ k: 'v'.repeat(64) }, 'must be no more than 63 bytes'],
    [{ k: 'a b' }, 'a valid label must be an empty string or consist of'],
  ])('%o', async (labels, message) => {
    const { status, body } = await custom({ labels })
    expect(status).toBe(422)
    expect(body.message).toContain(message)
  })
})

describe('finalizers', () => {
  test('of built-in kinds have a domain, or are standard ones', async () => {
    const { status, body } = await map({ finalizers: ['nodomain'] })
    expect(status).toBe(422)
    expect(body.message).toContain(
      'metadata.finalizers[0]: Invalid value: "nodomain": name is neither a standard finalizer name nor is it fully qualified',
    )
  })

  test('of custom kinds should have one', async () => {
    const warningsOf = async (finalizer: string) => {
      const object = widget('warned', { metadata: { finalizers: [finalizer] } })
      const { status, headers } = await target.call('POST', `${path}?dryRun=All`, object)
      expect(status).toBe(201)
      return String(headers['warning'])
    }
    const tail = 'to avoid accidental conflicts with other finalizer writers'
    expect(await warningsOf('nodomain')).toContain(`prefer a domain-qualified finalizer name ${tail}`)
    expect(await warningsOf('example.com')).toContain(
      `prefer a domain-qualified finalizer name including a path (/) ${tail}`,
    )
  })
})

describe('owners', () => {
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'x' }

  test('need all that names them', async () => {
    const { uid: _uid, ...nameless } = owner
    expect((await map({ ownerReferences: [nameless] })).status).toBe(422)
    const { body } = await map({ ownerReferences: [{ ...owner, apiVersion: 'a/b/c' }] })
    expect(body.message).toContain('version must not be empty')
  })

  test('only one of them is the controller', async () => {
    const ownerReferences = ['a', 'b'].map((name) => ({ ...owner, name, uid: name, controller: true }))
    expect((await map({ ownerReferences })).body.message).toContain(
      'Only one reference can have Controller set to true. Found "true" in references for ConfigMap/a and ConfigMap/b',
    )
  })
})

test('a namespace in a cluster-scoped object is left out', async () => {
  const { status, body } = await target.call('POST', path, widget('placed', { metadata: { namespace: 'x' } }))
  expect(status).toBe(201)
  expect(body.metadata).not.toHaveProperty('namespace')
})

test('keys of a ConfigMap are either text or bytes', async () => {
  const { status, body } = await map({}, { data: { k: 'v' }, binaryData: { k: 'eA==' } })
  expect(status).toBe(422)
  expect(body.message).toContain('data[k]: Invalid value: "k": duplicate of key present in binaryData')
})

test('unknown fields come in order of their names', async () => {
  const object = widget('strict', { spec: { zz: 1, yy: { a: 1 } } })
  const { status, body } = await target.call('POST', `${path}?fieldValidation=Strict`, object)
  expect(status).toBe(400)
  expect(body.message).toContain('strict decoding error: unknown field "spec.yy", unknown field "spec.zz"')
})

test('numbers beyond 64 bits are no integers', async () => {
  const text = JSON.stringify(widget('huge')).replace('"size":3', '"size":99999999999999999999')
  const { status, body } = await target.call('POST', path, text)
  expect(status).toBe(422)
  expect(body.message).toContain('spec.size in body must be of type integer: "number"')
})
