import { describe, expect, test } from 'vitest'
import { configMap, MERGE, applyAs, causesOf, entriesOf, leaves, ownersOf } from './field-owners.ts'
import { applyCalls } from './apply-calls.ts'
import { gadgetKind } from './gadget-kind.ts'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'

const target = contractTarget()
const kind = gadgetKind(target)
const { group, path, gadget } = kind

const { maps, applyMap, applyGadget, get } = applyCalls(target, kind)
const revision = (body: Body) => body.metadata?.resourceVersion

describe('applying a configuration', () => {
  test('creates what is not there and says who owns it', async () => {
    const { status, body } = await applyMap('new', 'one', { a: '1', b: '2' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ kind: 'ConfigMap', data: { a: '1', b: '2' } })
    expect(entriesOf(body)).toEqual([
      {
        manager: 'one',
        operation: 'Apply',
        apiVersion: 'v1',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': leaves('f:a', 'f:b') },
      },
    ])
  })

  test('changes what is there', async () => {
    await applyMap('changed', 'one', { a: '1' })
    const { status, body } = await applyMap('changed', 'one', { a: '2' })
    expect(status).toBe(200)
    expect(body['data']).toEqual({ a: '2' })
  })

  test('again writes nothing', async () => {
    const { body: before } = await applyMap('same', 'one', { a: '1' })
    const { status, body } = await applyMap('same', 'one', { a: '1' })
    expect(status).toBe(200)
    expect(body).toEqual(before)
  })

  test('leaves what it does not mention', async () => {
    await target.call('POST', maps(''), configMap('kept', { a: '1', b: '2' }))
    const { body } = await applyMap('kept', 'one', { c: '3' })
    expect(body['data']).toEqual({ a: '1', b: '2', c: '3' })
  })

  test('takes away what it no longer mentions', async () => {
    await applyMap('shrinking', 'one', { a: '1', b: '2' })
    const { body } = await applyMap('shrinking', 'one', { b: '2' })
    expect(body['data']).toEqual({ b: '2' })
    expect(ownersOf(body)).toEqual({ 'one Apply': { 'f:data': leaves('f:b') } })
    expect((await applyMap('shrinking', 'one')).body['data']).toBeUndefined()
  })

  test('does not take away what somebody else owns, too', async () => {
    await applyMap('shared', 'one', { a: '1', b: '2' })
    await applyMap('shared', 'two', { a: '1' })
    const { body } = await applyMap('shared', 'one', {})
    expect(body['data']).toEqual({ a: '1' })
    expect((await applyMap('shared', 'two', {})).body['data']).toBeUndefined()
  })

  test('counts the generation only when it changes something', async () => {
    const { body: first } = await applyGadget('counted', 'one', { size: 1 })
    expect(first.metadata?.generation).toBe(1)
    expect((await applyGadget('counted', 'two', { size: 1 })).body.metadata?.generation).toBe(1)
    expect((await applyGadget('counted', 'two', { size: 1, note: 'x' })).body.metadata?.generation).toBe(2)
  })

  test('reads YAML', async () => {
    const yaml = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\nimmutable: no\ndata:\n  a: "1"\n  when: 2026-01-01\n  text: |\n    two\n    lines\n`
    const { status, body } = await applyAs(target, maps('yaml'), 'one', yaml)
    expect(status).toBe(201)
    expect(body['data']).toEqual({ a: '1', when: '2026-01-01', text: 'two\nlines\n' })
    expect(body['immutable']).toBe(false)
  })

  test('warns of keys that are there twice, or refuses them', async () => {
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: twice}\ndata: {a: "1", a: "2"}\n'
    const { status, body, headers } = await applyAs(target, maps('twice'), 'one', yaml)
    expect(status).toBe(201)
    expect(body['data']).toEqual({ a: '2' })
    expect(headers['warning']).toBe('299 - "line 4: key \\"a\\" already set in map"')
    const strict = await applyAs(target, maps('twice'), 'one', yaml, 'fieldValidation=Strict')
    expect(strict.status).toBe(400)
    expect(strict.body.message).toContain('error strict decoding YAML: error converting YAML to JSON')
  })

  test('in a dry run tells the outcome and stores nothing', async () => {
    const { status, body } = await applyMap('dry', 'one', { a: '1' }, 'dryRun=All')
    expect(status).toBe(201)
    expect(body['data']).toEqual({ a: '1' })
    expect((await target.call('GET', maps('dry'))).status).toBe(404)
    const { body: stored } = await applyMap('dry', 'one', { a: '1' })
    const dry = await applyMap('dry', 'two', { b: '2' }, 'dryRun=All')
    expect(dry.body['data']).toEqual({ a: '1', b: '2' })
    expect(Object.keys(ownersOf(dry.body))).toEqual(['one Apply', 'two Apply'])
    expect((await applyMap('dry', 'two', { a: '2' }, 'dryRun=All')).status).toBe(409)
    expect(await get(maps('dry'))).toEqual(stored)
  })
})

describe('conflicts', () => {
  test('with one field of an applier', async () => {
    await applyMap('single', 'one', { a: '1' })
    const { status, body } = await applyMap('single', 'two', { a: '2' })
    expect(status).toBe(409)
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
      reason: 'Conflict',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' }],
      },
      code: 409,
    })
  })

  test('with fields of several managers', async () => {
    await applyMap('several', 'one', { a: '1', b: '1' })
    await target.call('PATCH', `${maps('several')}?fieldManager=two`, { data: { c: '1' } }, MERGE)
    const { status, body } = await applyMap('several', 'three', { a: '2', b: '2', c: '2' })
    expect(status).toBe(409)
    expect(body.message).toBe(
      'Apply failed with 3 conflicts: conflicts with "one":\n- .data.a\n- .data.b\nconflicts with "two" using v1:\n- .data.c',
    )
    expect(causesOf(body)).toEqual([
      { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' },
      { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.b' },
      { reason: 'FieldManagerConflict', message: 'conflict with "two" using v1', field: '.data.c' },
    ])
    expect((await get(maps('several')))['data']).toEqual({ a: '1', b: '1', c: '1' })
  })

  test('are taken by force, and who loses them knows', async () => {
    await applyMap('force', 'one', { a: '1', b: '1' })
    const { status, body } = await applyMap('force', 'two', { a: '2' }, 'force=true')
    expect(status).toBe(200)
    expect(body['data']).toEqual({ a: '2', b: '1' })
    expect(ownersOf(body)).toEqual({
      'one Apply': { 'f:data': leaves('f:b') },
      'two Apply': { 'f:data': leaves('f:a') },
    })
    expect((await applyMap('force', 'one', { a: '1', b: '1' })).status).toBe(409)
  })

  test('are none where the value is the same', async () => {
    const { body: before } = await applyMap('agreed', 'one', { a: '1' })
    const { status, body } = await applyMap('agreed', 'two', { a: '1' })
    expect(status).toBe(200)
    expect(ownersOf(body)).toEqual({
      'one Apply': { 'f:data': leaves('f:a') },
      'two Apply': { 'f:data': leaves('f:a') },
    })
    expect(revision(body)).not.toBe(revision(before))
    // Who changes no value has no time of a change.
    expect(entriesOf(body).find(({ manager }) => manager === 'two')?.time).toBeUndefined()
    expect((await applyMap('agreed', 'one', { a: '2' })).status).toBe(409)
  })

  test('with oneself are none, but for writes of another kind', async () => {
    await target.call('POST', `${maps('')}?fieldManager=one`, configMap('oneself', { a: '1' }))
    const { status, body } = await applyMap('oneself', 'one', { a: '2' })
    expect(status).toBe(409)
    expect(body.message).toBe('Apply failed with 1 conflict: conflict with "one" using v1: .data.a')
  })

  test('name items and values of lists', async () => {
    const spec = {
      tags: ['x'],
      plain: ['a'],
      parts: [{ name: 'a', value: '1', parts: [{ key: 'k', value: '1' }] }],
    }
    await applyGadget('listed', 'one', { ...spec, ports: [{ port: 80, name: 'http' }] })
    const { body } = await applyGadget('listed', 'two', {
      tags: ['x', 'y'],
      plain: ['b'],
      parts: [{ name: 'a', value: '2', parts: [{ key: 'k', value: '2' }] }],
      ports: [{ port: 80, protocol: 'TCP', name: 'web' }],
    })
    expect(causesOf(body).map(({ field }) => field)).toEqual([
      '.spec.parts[name="a"].parts[key="k"].value',
      '.spec.parts[name="a"].value',
      '.spec.plain',
      '.spec.ports[port=80,protocol="TCP"].name',
    ])
  })
})

describe('the status', () => {
  const applyStatus = (name: string, manager: string, status: object, more: object = {}) =>
    applyAs(target, `${path()}/${name}/status`, manager, { ...gadget(name), status, ...more })

  test('is applied apart from the rest', async () => {
    await applyGadget('state', 'one', { size: 1 })
    const { status, body } = await applyStatus('state', 'one', { phase: 'Up' }, { spec: { size: 2 } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ spec: { size: 1 }, status: { phase: 'Up' }, metadata: { generation: 1 } })
    expect(ownersOf(body)).toEqual({
      'one Apply': { 'f:spec': leaves('f:size') },
      'one Apply status': { 'f:status': leaves('f:phase') },
    })
  })

  test('is not touched by who applies the rest', async () => {
    const config = { ...gadget('stateless', { size: 1 }), status: { phase: 'Up' } }
    const { body } = await applyAs(target, `${path()}/stateless`, 'one', config)
    expect(body.status).toBeUndefined()
    expect(ownersOf(body)).toEqual({ 'one Apply': { 'f:spec': leaves('f:size') } })
  })

  test('has conditions of many', async () => {
    await applyGadget('conditions', 'one', { size: 1 })
    await applyStatus('conditions', 'one', { conditions: [{ type: 'Ready', status: 'True' }] })
    const { body } = await applyStatus('conditions', 'two', {
      conditions: [{ type: 'Known', status: 'True' }],
    })
    expect(body.status).toEqual({
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Known', status: 'True' },
      ],
    })
    const conflict = await applyStatus('conditions', 'two', {
      conditions: [{ type: 'Ready', status: 'False' }],
    })
    expect(conflict.status).toBe(409)
    expect(conflict.body.message).toBe(
      'Apply failed with 1 conflict: conflict with "one" with subresource "status": .status.conditions[type="Ready"].status',
    )
    const left = await applyStatus('conditions', 'one', {})
    expect(left.body.status).toEqual({ conditions: [{ type: 'Known', status: 'True' }] })
  })

  test('of an object that is not there can not be applied', async () => {
    const { status, body } = await applyStatus('absent', 'one', { phase: 'Up' })
    expect(status).toBe(404)
    expect(body.message).toBe(`gadgets.${group} "absent" not found`)
  })
})

describe('versions', () => {
  test('an applier stays the same in all of them', async () => {
    await applyGadget('versions', 'one', { size: 1, note: 'x' })
    const config = gadget('versions', { size: 2 }, {}, 'v2')
    const { status, body } = await applyAs(target, `${path('v2')}/versions`, 'one', config)
    expect(status).toBe(200)
    expect(body).toMatchObject({ apiVersion: `${group}/v2`, spec: { size: 2 } })
    expect(body.spec).toEqual({ size: 2 })
    expect(entriesOf(body)).toMatchObject([{ manager: 'one', apiVersion: `${group}/v2` }])
  })

  test('others keep theirs, and their fields', async () => {
    await applyGadget('mixed', 'one', { words: { a: '1' } })
    const config = gadget('mixed', { words: { a: '2' } }, {}, 'v2')
    const conflict = await applyAs(target, `${path('v2')}/mixed`, 'two', config)
    expect(conflict.status).toBe(409)
    const { body } = await applyAs(target, `${path('v2')}/mixed`, 'two', config, 'force=true')
    expect(entriesOf(body)).toMatchObject([{ manager: 'two', apiVersion: `${group}/v2` }])
  })
})
