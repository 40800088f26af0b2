import { describe, expect, test } from 'vitest'
import { configMap, APPLY, MERGE, applyAs, causesOf } from './field-owners.ts'
import { applyCalls } from './apply-calls.ts'
import { gadgetKind } from './gadget-kind.ts'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'

const target = contractTarget()
const kind = gadgetKind(target)
const { group, path } = kind

const { maps, applyMap, applyGadget, get } = applyCalls(target, kind)
const revision = (body: Body) => body.metadata?.resourceVersion

describe('a request to apply', () => {
  test('says who makes it', async () => {
    const { status, body } = await target.call('PATCH', maps('nobody'), configMap('nobody'), { type: APPLY })
    expect(status).toBe(422)
    expect(body).toMatchObject({
      reason: 'Invalid',
      message:
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      details: { causes: [{ reason: 'FieldValueRequired', field: 'fieldManager' }] },
    })
  })

  test('says it in at most 128 printable bytes', async () => {
    const { status, body } = await applyMap('long', 'a'.repeat(129), {})
    expect(status).toBe(422)
    expect(body.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
    )
    const odd = await applyMap('odd', 'a%0Ab', {})
    expect(odd.status).toBe(422)
    expect(odd.body.message).toContain('invalid character U+000A (at position 1)')
    expect((await target.call('POST', `${maps('')}?fieldManager=a%0Ab`, configMap('odd'))).status).toBe(422)
  })

  test('alone can be forced', async () => {
    await applyMap('forced', 'one', {})
    const { status, body } = await target.call('PATCH', `${maps('forced')}?force=true`, {}, MERGE)
    expect(status).toBe(422)
    expect(body.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    )
  })

  test('carries YAML, and no CBOR', async () => {
    for (const type of ['application/apply-patch+cbor', 'application/json'])
      for (const where of [maps('cbor'), `${path()}/cbor`]) {
        const { status, body } = await target.call('PATCH', `${where}?fieldManager=one`, '{}', { type })
        expect(status).toBe(415)
        expect(body.reason).toBe('UnsupportedMediaType')
      }
    const { status, body } = await applyAs(target, maps('bad'), 'one', 'kind: ConfigMap\n  apiVersion: v1')
    expect(status).toBe(400)
    expect(body.message).toContain('error decoding YAML: error converting YAML to JSON: yaml: ')
    const list = await applyAs(target, maps('bad'), 'one', '[1]')
    expect(list.status).toBe(400)
    expect(list.body.message).toBe(
      'error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    )
  })

  test.each([
    [{ metadata: { name: 'typeless' } }, 'invalid object type: /, Kind='],
    [{ apiVersion: 'v1', kind: 'Secret' }, 'invalid object type: /v1, Kind=Secret'],
    [{ apiVersion: 'v2', kind: 'ConfigMap' }, 'invalid object type: /v2, Kind=ConfigMap'],
    [{ apiVersion: 'a/v1', kind: 'ConfigMap' }, 'invalid object type: a/v1, Kind=ConfigMap'],
  ])('of another kind is refused: %j', async (config, message) => {
    const { status, body } = await applyAs(target, maps('typeless'), 'one', config)
    expect(status).toBe(400)
    expect(body).toMatchObject({ reason: 'BadRequest', message })
  })

  test('brings no managedFields', async () => {
    for (const managedFields of [[{}], []]) {
      const config = configMap('owned', {}, { managedFields })
      const { status, body } = await applyAs(target, maps('owned'), 'one', config)
      expect(status).toBe(400)
      expect(body.message).toBe('metadata.managedFields must be nil')
    }
    expect(
      (await applyAs(target, maps('owned'), 'one', configMap('owned', {}, { managedFields: null }))).status,
    ).toBe(201)
  })

  test('names the object of its path', async () => {
    const { status, body } = await applyAs(target, maps('here'), 'one', configMap('there'))
    expect(status).toBe(400)
    expect(body.message).toBe('the name of the object (there) does not match the name on the URL (here)')
    const nameless = await applyAs(target, maps('here'), 'one', { apiVersion: 'v1', kind: 'ConfigMap' })
    expect(nameless.status).toBe(400)
    expect(nameless.body.message).toBe(
      'the name of the object (here based on URL) was undeterminable: name must be provided',
    )
    const elsewhere = await applyAs(
      target,
      maps('here'),
      'one',
      configMap('here', {}, { namespace: 'default' }),
    )
    expect(elsewhere.status).toBe(400)
    expect(elsewhere.body.message).toBe(
      'the namespace of the provided object does not match the namespace sent on the request',
    )
  })

  test('may leave the name out when the object is there', async () => {
    await applyMap('there', 'one', { a: '1' })
    const config = { apiVersion: 'v1', kind: 'ConfigMap', data: { b: '2' } }
    const { status, body } = await applyAs(target, maps('there'), 'two', config)
    expect(status).toBe(200)
    expect(body['data']).toEqual({ a: '1', b: '2' })
  })

  test('is about fields of the schema, in their types', async () => {
    const prefix = 'failed to create typed patch object (/typed; /v1, Kind=ConfigMap): '
    const failing = async (more: object) => {
      const { status, body } = await applyAs(target, maps('typed'), 'one', { ...configMap('typed'), ...more })
      expect(status).toBe(500)
      expect(body.reason).toBeUndefined()
      return body.message
    }
    expect(await failing({ foo: 1 })).toBe(`${prefix}.foo: field not declared in schema`)
    expect(await failing({ data: { a: 1 } })).toBe(
      `${prefix}.data.a: expected string, got &value.valueUnstructured{Value:1}`,
    )
    expect(await failing({ data: 'x' })).toBe(`${prefix}.data: expected map, got &{x}`)
    expect(await failing({ immutable: 'yes' })).toBe(`${prefix}.immutable: expected boolean, got &{yes}`)
    expect(await failing(configMap('typed', {}, { finalizers: ['a.b/c', 'a.b/c'] }))).toBe(
      `${prefix}.metadata.finalizers: duplicate entries for key [="a.b/c"]`,
    )
  })

  test('is about items that can be told apart', async () => {
    const kind = `(/items; ${group}/v1, Kind=Gadget)`
    const failing = async (spec: object) => {
      const { status, body } = await applyGadget('items', 'one', spec)
      expect(status).toBe(500)
      return body.message
    }
    expect(await failing({ ports: [{ port: 80 }, { port: 80, protocol: 'TCP' }] })).toBe(
      `failed to create typed patch object ${kind}: .spec.ports: duplicate entries for key [port=80,protocol="TCP"]`,
    )
    expect(await failing({ parts: [{ value: 'x' }] })).toBe(
      `failed to create typed patch object ${kind}: .spec.parts: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn't have default values for any key fields)`,
    )
    expect(await failing({ tags: [null] })).toContain("an element that's an explicit null")
    expect(await failing({ size: 'x' })).toContain('.spec.size: expected numeric (int or float), got string')
  })

  test('gives a valid object, or changes nothing', async () => {
    const { status, body } = await applyMap('valid', 'one', { 'a b': '1' })
    expect(status).toBe(422)
    expect(body.message).toContain('ConfigMap "valid" is invalid: data[a b]: Invalid value: "a b"')
    await applyGadget('valid', 'one', { size: 1 })
    const large = await applyGadget('valid', 'one', { size: 101 })
    expect(large.status).toBe(422)
    expect(causesOf(large.body)).toMatchObject([{ field: 'spec.size', reason: 'FieldValueInvalid' }])
    expect((await get(`${path()}/valid`)).spec).toMatchObject({ size: 1 })
  })

  test('may say which object and which version of it is meant', async () => {
    const { body } = await applyMap('meant', 'one', { a: '1' })
    const apply = (metadata: object) =>
      applyAs(target, maps('meant'), 'one', configMap('meant', { a: '2' }, metadata))
    const stale = await apply({ resourceVersion: '1' })
    expect(stale.status).toBe(409)
    expect(stale.body.message).toBe(
      'Operation cannot be fulfilled on configmaps "meant": the object has been modified; please apply your changes to the latest version and try again',
    )
    const uid = '00000000-0000-4000-8000-000000000000'
    const other = await apply({ uid })
    expect(other.status).toBe(422)
    expect(other.body.message).toBe(
      `ConfigMap "meant" is invalid: metadata.uid: Invalid value: "${uid}": field is immutable`,
    )
    const right = await apply({ resourceVersion: revision(body), uid: body.metadata?.uid })
    expect(right.status).toBe(200)
    expect(right.body['data']).toEqual({ a: '2' })
  })

  test('with a version that no object has makes a new one, and nothing of one that is there', async () => {
    const metadata = { resourceVersion: '1' }
    const apply = (manager: string) =>
      applyAs(target, maps('begun'), manager, configMap('begun', { [manager]: '1' }, metadata), 'force=true')
    const { status, body } = await apply('one')
    expect(status).toBe(201)
    expect(revision(body)).not.toBe('1')
    for (const manager of ['one', 'two']) expect((await apply(manager)).status).toBe(409)
    expect((await get(maps('begun')))['data']).toEqual({ one: '1' })
  })

  test('for an object with an identity does not make another one', async () => {
    const uid = '00000000-0000-4000-8000-000000000000'
    const { status, body } = await applyAs(target, maps('lost'), 'one', configMap('lost', {}, { uid }))
    expect(status).toBe(409)
    expect(body.message).toBe(
      `Operation cannot be fulfilled on configmaps "lost": uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
    )
  })
})
