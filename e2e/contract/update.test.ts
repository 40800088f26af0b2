import { describe, expect, test } from 'vitest'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { group, path, widget } = widgetKind(target)
const MERGE = { type: 'application/merge-patch+json' }
const JSON_PATCH = { type: 'application/json-patch+json' }

const made = async (name: string, more?: Parameters<typeof widget>[1]): Promise<Body> => {
  const { status, body, text } = await target.call('POST', path, widget(name, more))
  if (status !== 201) throw new Error(text)
  return body
}
const revision = (body: Body) => body.metadata?.resourceVersion
const generation = (body: Body) => body.metadata?.generation

describe('update', () => {
  test('replaces the object and counts the generation', async () => {
    const before = await made('replaced')
    const { status, body } = await target.call('PUT', `${path}/replaced`, { ...before, spec: { size: 5 } })
    expect(status).toBe(200)
    expect(body.spec).toEqual({ size: 5, color: 'green' })
    expect(generation(body)).toBe(2)
    expect(Number(revision(body))).toBeGreaterThan(Number(revision(before)))
    expect(body.metadata?.uid).toBe(before.metadata?.uid)
  })

  test('a stale resource version loses', async () => {
    const before = await made('stale')
    await target.call('PUT', `${path}/stale`, { ...before, spec: { size: 5 } })
    const { status, body } = await target.call('PUT', `${path}/stale`, { ...before, spec: { size: 6 } })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on widgets.${group} "stale": the object has been modified; please apply your changes to the latest version and try again`,
      details: { name: 'stale', group, kind: 'widgets' },
    })
  })

  test('custom objects need a resource version', async () => {
    await made('blind')
    const { status, body } = await target.call('PUT', `${path}/blind`, widget('blind'))
    expect(status).toBe(422)
    expect(body.details?.causes).toMatchObject([
      { field: 'metadata.resourceVersion', reason: 'FieldValueInvalid' },
    ])
    expect(body.message).toContain('must be specified for an update')
  })

  test('one that changes nothing writes nothing', async () => {
    const before = await made('same')
    const { body } = await target.call('PUT', `${path}/same`, before)
    expect(body).toEqual(before)
    const patched = await target.call('PATCH', `${path}/same`, { spec: { size: 3 } }, MERGE)
    expect(revision(patched.body)).toBe(revision(before))
  })

  test('metadata does not count for the generation', async () => {
    const before = await made('labelled')
    const metadata = { ...before.metadata, labels: { a: 'b' } }
    const { body } = await target.call('PUT', `${path}/labelled`, { ...before, metadata })
    expect(generation(body)).toBe(1)
    expect(body.metadata?.labels).toEqual({ a: 'b' })
  })

  test('identity can not be changed', async () => {
    const before = await made('fixed')
    const other = { ...before, metadata: { ...before.metadata, creationTimestamp: '2001-01-01T00:00:00Z' } }
    const { body } = await target.call('PUT', `${path}/fixed`, other)
    expect(body.metadata?.creationTimestamp).toBe(before.metadata?.creationTimestamp)
    const uid = { ...before, metadata: { ...before.metadata, uid: 'another' } }
    expect((await target.call('PUT', `${path}/fixed`, uid)).status).toBe(409)
    const name = { ...before, metadata: { ...before.metadata, name: 'renamed' } }
    const renamed = await target.call('PUT', `${path}/fixed`, name)
    expect(renamed.status).toBe(400)
    expect(renamed.body.message).toBe(
      'the name of the object (renamed) does not match the name on the URL (fixed)',
    )
  })

  test('nothing is created by an update', async () => {
    const object = widget('absent', { metadata: { resourceVersion: '1' } })
    expect((await target.call('PUT', `${path}/absent`, object)).status).toBe(404)
  })

  test('ten concurrent writers, one winner for each version', async () => {
    const before = await made('contested')
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        target.call('PUT', `${path}/contested`, { ...before, spec: { size: 10 + index } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200,
      ...Array<number>(9).fill(409),
    ])
  })
})

describe('status', () => {
  test('is left out of a create and of updates of the object', async () => {
    const created = await target.call('POST', path, { ...widget('fresh'), status: { phase: 'Forged' } })
    expect(created.body.status).toBeUndefined()
    const { body } = await target.call('PUT', `${path}/fresh`, {
      ...created.body,
      status: { phase: 'Forged' },
    })
    expect(body.status).toBeUndefined()
    expect(revision(body)).toBe(revision(created.body))
  })

  test('is all that the subresource takes', async () => {
    const before = await made('reported')
    const { status, body } = await target.call('PUT', `${path}/reported/status`, {
      ...before,
      metadata: { ...before.metadata, labels: { sneaked: 'in' } },
      spec: { size: 99 },
      status: { phase: 'Running' },
    })
    expect(status).toBe(200)
    expect(body.status).toEqual({ phase: 'Running' })
    expect(body.spec).toEqual(before.spec)
    expect(body.metadata?.labels).toBeUndefined()
    expect(generation(body)).toBe(1)
    const kept = await target.call('PUT', `${path}/reported`, { ...body, spec: { size: 4 }, status: {} })
    expect(kept.body.status).toEqual({ phase: 'Running' })
    expect(generation(kept.body)).toBe(2)
  })

  test('is patched apart, too', async () => {
    await made('patched-status')
    const { body } = await target.call(
      'PATCH',
      `${path}/patched-status/status`,
      { spec: { size: 50 }, status: { phase: 'Ready' } },
      MERGE,
    )
    expect(body.status).toEqual({ phase: 'Ready' })
    expect(body.spec?.['size']).toBe(3)
    const main = await target.call('PATCH', `${path}/patched-status`, { status: { phase: 'No' } }, MERGE)
    expect(main.body.status).toEqual({ phase: 'Ready' })
  })

  test('stale and invalid ones are refused', async () => {
    const before = await made('status-errors')
    const wrong = { ...before, status: { phase: 7 } }
    const { status, body } = await target.call('PUT', `${path}/status-errors/status`, wrong)
    expect(status).toBe(422)
    expect(body.details?.causes?.[0]?.field).toBe('status.phase')
    await target.call('PUT', `${path}/status-errors/status`, { ...before, status: { phase: 'A' } })
    const stale = await target.call('PUT', `${path}/status-errors/status`, {
      ...before,
      status: { phase: 'B' },
    })
    expect(stale.status).toBe(409)
  })

  test('is read at its own path', async () => {
    await made('read-status')
    const { status, body } = await target.call('GET', `${path}/read-status/status`)
    expect(status).toBe(200)
    expect(body.spec).toMatchObject({ size: 3 })
  })
})

describe('merge patch', () => {
  test('merges objects, replaces lists, removes with null', async () => {
    await made('merged', {
      spec: { tags: ['a', 'b'], words: { one: '1', two: '2' }, free: { keep: { x: 1 } } },
    })
    const patch = { spec: { tags: ['c'], words: { one: null, three: '3' }, free: { keep: { y: 2 } } } }
    const { body } = await target.call('PATCH', `${path}/merged`, patch, MERGE)
    expect(body.spec).toMatchObject({
      tags: ['c'],
      words: { two: '2', three: '3' },
      free: { keep: { x: 1, y: 2 } },
    })
    expect(body.spec?.['words']).not.toHaveProperty('one')
  })

  test('with a resource version it is conditional', async () => {
    const before = await made('conditional')
    const patch = (size: number) => ({ metadata: { resourceVersion: revision(before) }, spec: { size } })
    expect((await target.call('PATCH', `${path}/conditional`, patch(7), MERGE)).status).toBe(200)
    expect((await target.call('PATCH', `${path}/conditional`, patch(8), MERGE)).status).toBe(409)
  })

  test('the result is validated', async () => {
    await made('checked')
    const { status, body } = await target.call('PATCH', `${path}/checked`, { spec: { size: null } }, MERGE)
    expect(status).toBe(422)
    expect(body.message).toContain('spec.size: Required value')
  })

  test('unknown fields are refused when asked to be strict', async () => {
    await made('strict')
    const query = '?fieldValidation=Strict'
    const { status, body } = await target.call('PATCH', `${path}/strict${query}`, { spec: { foo: 1 } }, MERGE)
    expect(status).toBe(422)
    expect(body.message).toContain('unknown field "spec.foo"')
  })
})

describe('JSON patch', () => {
  test('applies its operations in order', async () => {
    await made('operated', { spec: { tags: ['a', 'b'], words: { 'a/b': '1' } } })
    const { status, body } = await target.call(
      'PATCH',
      `${path}/operated`,
      [
        { op: 'test', path: '/spec/size', value: 3 },
        { op: 'add', path: '/spec/tags/1', value: 'x' },
        { op: 'remove', path: '/spec/tags/0' },
        { op: 'move', from: '/spec/words/a~1b', path: '/spec/words/moved' },
        { op: 'copy', from: '/spec/words/moved', path: '/spec/words/copied' },
        { op: 'replace', path: '/spec/size', value: 4 },
      ],
      JSON_PATCH,
    )
    expect(status).toBe(200)
    expect(body.spec).toMatchObject({ size: 4, tags: ['x', 'b'], words: { moved: '1', copied: '1' } })
  })

  test('explicit nulls are values', async () => {
    await made('nulls')
    const operations = [{ op: 'add', path: '/spec/free', value: { nothing: null } }]
    const { body } = await target.call('PATCH', `${path}/nulls`, operations, JSON_PATCH)
    expect(body.spec?.['free']).toEqual({ nothing: null })
  })

  test('a failed test changes nothing', async () => {
    const before = await made('tested')
    const operations = [
      { op: 'replace', path: '/spec/size', value: 9 },
      { op: 'test', path: '/spec/color', value: 'red' },
    ]
    const { status } = await target.call('PATCH', `${path}/tested`, operations, JSON_PATCH)
    expect(status).toBe(422)
    expect((await target.call('GET', `${path}/tested`)).body).toEqual(before)
  })

  test('what is no patch is refused', async () => {
    await made('malformed')
    expect((await target.call('PATCH', `${path}/malformed`, { op: 'add' }, JSON_PATCH)).status).toBe(400)
    const missing = [{ op: 'remove', path: '/spec/nothing' }]
    expect((await target.call('PATCH', `${path}/malformed`, missing, JSON_PATCH)).status).toBe(422)
  })
})

describe('patches of other types', () => {
  test('a strategic merge is for built-in kinds only', async () => {
    await made('custom')
    const type = 'application/strategic-merge-patch+json'
    const { status, body } = await target.call('PATCH', `${path}/custom`, { spec: { size: 4 } }, { type })
    expect(status).toBe(415)
    expect(body.reason).toBe('UnsupportedMediaType')
    expect(body.message).toContain(
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json',
    )
  })

  test('plain JSON is no patch', async () => {
    await made('plain')
    expect((await target.call('PATCH', `${path}/plain`, { spec: { size: 4 } })).status).toBe(415)
  })

  test('a strategic merge merges lists by key', async () => {
    const accounts = `/api/v1/namespaces/${target.namespace}/serviceaccounts`
    const type = 'application/strategic-merge-patch+json'
    const list = (...names: string[]) => names.map((name) => ({ name }))
    const patch = async (change: object) =>
      (await target.call('PATCH', `${accounts}/merging`, change, { type })).body
    const account = { metadata: { name: 'merging' }, secrets: list('a', 'b'), imagePullSecrets: list('a') }
    await target.call('POST', accounts, account)
    expect((await patch({ secrets: list('c') }))['secrets']).toEqual(list('c', 'a', 'b'))
    const removed = await patch({
      secrets: [{ $patch: 'delete', name: 'a' }],
      metadata: { labels: { x: 'y' } },
    })
    expect(removed['secrets']).toEqual(list('c', 'b'))
    expect(removed.metadata?.labels).toEqual({ x: 'y' })
    const ordered = await patch({
      secrets: list('d'),
      '$setElementOrder/secrets': list('b', 'd', 'c'),
    })
    expect(ordered['secrets']).toEqual(list('b', 'd', 'c'))
    expect((await patch({ imagePullSecrets: list('z') }))['imagePullSecrets']).toEqual(list('z'))
  })
})

describe('dry run', () => {
  test('a create answers as if, and stores nothing', async () => {
    const { status, body } = await target.call('POST', `${path}?dryRun=All`, widget('dry'))
    expect(status).toBe(201)
    expect(body.metadata?.uid).toBeTruthy()
    expect((await target.call('GET', `${path}/dry`)).status).toBe(404)
  })

  test('updates, patches and deletes leave everything as it was', async () => {
    const before = await made('kept')
    const put = await target.call('PUT', `${path}/kept?dryRun=All`, { ...before, spec: { size: 8 } })
    expect(put.body.spec?.['size']).toBe(8)
    const patched = await target.call('PATCH', `${path}/kept?dryRun=All`, { spec: { size: 9 } }, MERGE)
    expect(patched.body.spec?.['size']).toBe(9)
    expect((await target.call('DELETE', `${path}/kept?dryRun=All`)).status).toBe(200)
    expect((await target.call('GET', `${path}/kept`)).body).toEqual(before)
  })

  test('errors are the real ones', async () => {
    await made('dry-taken')
    expect((await target.call('POST', `${path}?dryRun=All`, widget('dry-taken'))).status).toBe(409)
    expect((await target.call('POST', `${path}?dryRun=Some`, widget('dry-wrong'))).status).toBe(422)
  })
})
