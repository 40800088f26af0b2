import { describe, expect, test } from 'vitest'
import type { Body, Watch, WatchEvent } from './target.ts'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { group, path, widget } = widgetKind(target)
const MERGE = { type: 'application/merge-patch+json' }

const revisionNow = async () => (await target.call('GET', `${path}?limit=1`)).body.metadata?.resourceVersion
const create = async (name: string, labels: Record<string, string> = {}) =>
  (await target.call('POST', path, widget(name, { metadata: { labels } }))).body
const label = (name: string, labels: Record<string, string | null>) =>
  target.call('PATCH', `${path}/${name}`, { metadata: { labels } }, MERGE)
const seen = ({ type, object }: WatchEvent) => [type, object.metadata?.name]
const take = async (watch: Watch, count: number) => {
  const events: WatchEvent[] = []
  while (events.length < count) events.push(await watch.next())
  return events
}

describe('watch', () => {
  test('from a resource version tells everything after it, in order', async () => {
    const since = await revisionNow()
    const created = await create('ordered')
    await label('ordered', { a: 'b' })
    await target.call('DELETE', `${path}/ordered`)
    const watch = await target.watch(`${path}?watch=true&resourceVersion=${since}`)
    const events = await take(watch, 3)
    watch.stop()
    expect(events.map(seen)).toEqual([
      ['ADDED', 'ordered'],
      ['MODIFIED', 'ordered'],
      ['DELETED', 'ordered'],
    ])
    expect(events[0]?.object).toEqual(created)
    const revisions = events.map(({ object }) => Number(object.metadata?.resourceVersion))
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b))
    expect(new Set(revisions).size).toBe(3)
    expect(events[2]?.object.metadata?.labels).toEqual({ a: 'b' })
  })

  test('goes on with what happens later', async () => {
    const watch = await target.watch(`${path}?watch=1&resourceVersion=${await revisionNow()}`)
    expect(watch.status).toBe(200)
    await create('later')
    expect(seen(await watch.next())).toEqual(['ADDED', 'later'])
    watch.stop()
  })

  test.each(['', '&resourceVersion=0'])(
    'without a version (%s) begins with what is there',
    async (version) => {
      await create(`there${version === '' ? '' : '-0'}`)
      const { items = [] } = (await target.call('GET', path)).body
      const watch = await target.watch(`${path}?watch=true${version}`)
      const events = await take(watch, items.length)
      expect(events.every(({ type }) => type === 'ADDED')).toBe(true)
      expect(events.map(({ object }) => object.metadata?.name ?? '').sort()).toEqual(
        items.map(({ metadata }) => metadata?.name ?? '').sort(),
      )
      watch.stop()
    },
  )

  test('one writer, one watcher: nothing is lost, nothing comes twice', async () => {
    const watch = await target.watch(`${path}?watch=true&resourceVersion=${await revisionNow()}`)
    const names = Array.from({ length: 60 }, (_, index) => `burst-${index}`)
    await Promise.all(names.map((name) => create(name)))
    const events = await take(watch, names.length)
    watch.stop()
    expect(events.map(({ object }) => object.metadata?.name ?? '').sort()).toEqual([...names].sort())
    const revisions = events.map(({ object }) => Number(object.metadata?.resourceVersion))
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b))
  })

  test('of one name tells nothing of others', async () => {
    const since = await revisionNow()
    await create('other')
    await create('only')
    const field = 'fieldSelector=metadata.name%3Donly'
    const watch = await target.watch(`${path}?watch=true&resourceVersion=${since}&${field}`)
    expect(seen(await watch.next())).toEqual(['ADDED', 'only'])
    watch.stop()
  })

  test('of a namespace tells nothing of others', async () => {
    const maps = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps`
    const { body } = await target.call('GET', maps(target.namespace))
    const name = `${target.namespace}-map`
    await target.call('POST', maps('default'), { metadata: { name } })
    await target.call('POST', maps(target.namespace), { metadata: { name: 'mine' } })
    const watch = await target.watch(
      `${maps(target.namespace)}?watch=true&resourceVersion=${body.metadata?.resourceVersion}`,
    )
    let event = await watch.next()
    while (event.object.metadata?.name === 'kube-root-ca.crt') event = await watch.next()
    watch.stop()
    await target.call('DELETE', `${maps('default')}/${name}`)
    expect(seen(event)).toEqual(['ADDED', 'mine'])
    expect(event.object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' })
  })
})

describe('selectors', () => {
  test('what starts to match is added, what stops to match is deleted', async () => {
    const since = await revisionNow()
    await create('moving')
    await label('moving', { seen: 'yes' })
    await label('moving', { more: 'x' })
    const left = await label('moving', { seen: null })
    await label('moving', { hidden: 'x' })
    await label('moving', { seen: 'yes' })
    await target.call('DELETE', `${path}/moving`)
    const watch = await target.watch(`${path}?watch=true&resourceVersion=${since}&labelSelector=seen%3Dyes`)
    const events = await take(watch, 5)
    watch.stop()
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED', 'ADDED', 'DELETED'])
    expect(events[2]?.object.metadata?.labels).toEqual({ seen: 'yes', more: 'x' })
    expect(events[2]?.object.metadata?.resourceVersion).toBe(left.body.metadata?.resourceVersion)
  })

  test('a malformed one is refused before the stream begins', async () => {
    const { status, body } = await target.call('GET', `${path}?watch=true&labelSelector=a%20b`)
    expect(status).toBe(400)
    expect(body.kind).toBe('Status')
  })
})

describe('end and errors', () => {
  test('the server ends it after timeoutSeconds', async () => {
    const watch = await target.watch(
      `${path}?watch=true&timeoutSeconds=1&resourceVersion=${await revisionNow()}`,
    )
    const events = await watch.all()
    expect(events.filter(({ type }) => type !== 'BOOKMARK')).toEqual([])
  })

  test('a version or a time that is none is refused', async () => {
    const version = await target.call('GET', `${path}?watch=true&timeoutSeconds=1&resourceVersion=abc`)
    expect(version.status).toBe(500)
    expect(version.body.message).toBe(
      'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    )
    const time = await target.call('GET', `${path}?watch=true&timeoutSeconds=abc`)
    expect(time.status).toBe(400)
    expect(time.body.message).toBe('strconv.ParseInt: parsing "abc": invalid syntax')
  })

  test('a version that has been forgotten is an error in the stream, and its end', async () => {
    const watch = await target.watch(`${path}?watch=true&resourceVersion=1`)
    expect(watch.status).toBe(200)
    const [event, ...rest] = await watch.all()
    expect(rest).toEqual([])
    expect(event?.type).toBe('ERROR')
    expect(event?.object).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 })
    expect(event?.object.message).toMatch(/^too old resource version: 1 \(\d+\)$/)
  })

  test('a version from the future waits', async () => {
    const watch = await target.watch(`${path}?watch=true&timeoutSeconds=1&resourceVersion=999999999`)
    expect(watch.status).toBe(200)
    await create('before-its-time')
    expect(await watch.all()).toEqual([])
  })

  test('is for collections: one object comes as it is', async () => {
    await create('single')
    const { status, body } = await target.call('GET', `${path}/single?watch=true`)
    expect(status).toBe(200)
    expect(body.kind).toBe('Widget')
  })
})

describe('field selectors', () => {
  const secrets = () => `/api/v1/namespaces/${target.namespace}/secrets`
  const secret = (name: string, type: string) =>
    target.call('POST', secrets(), { metadata: { name }, type: `example.com/${type}` })

  test('of a name and a type', async () => {
    const { body } = await target.call('GET', secrets())
    const since = body.metadata?.resourceVersion
    await secret('one', 'a')
    await secret('two', 'b')
    await target.call('DELETE', `${secrets()}/two`)
    await secret('end', 'b')
    const field = 'fieldSelector=type%3Dexample.com%2Fb'
    const watch = await target.watch(`${secrets()}?watch=true&resourceVersion=${since}&${field}`)
    const events = await take(watch, 3)
    watch.stop()
    expect(events.map(seen)).toEqual([
      ['ADDED', 'two'],
      ['DELETED', 'two'],
      ['ADDED', 'end'],
    ])
  })

  test('of a field that is not known are refused', async () => {
    const { status } = await target.call('GET', `${path}?watch=true&fieldSelector=spec.size%3D1`)
    expect(status).toBe(400)
  })
})

describe('bookmarks and initial events', () => {
  const match = 'resourceVersionMatch=NotOlderThan'
  const initial = `sendInitialEvents=true&${match}&allowWatchBookmarks=true`

  test('the initial events end with a bookmark', async () => {
    await create('initial')
    const { items = [] } = (await target.call('GET', path)).body
    const watch = await target.watch(`${path}?watch=true&${initial}`)
    const events = await take(watch, items.length + 1)
    const bookmark = events.at(-1)
    expect(events.slice(0, -1).every(({ type }) => type === 'ADDED')).toBe(true)
    expect(bookmark?.type).toBe('BOOKMARK')
    expect(bookmark?.object.metadata?.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' })
    expect(bookmark?.object).toMatchObject({ kind: 'Widget', apiVersion: `${group}/v1` })
    const versions = events.map(({ object }) => Number(object.metadata?.resourceVersion))
    expect(Math.max(...versions)).toBe(versions.at(-1))
    await create('after-initial')
    expect(seen(await watch.next())).toEqual(['ADDED', 'after-initial'])
    watch.stop()
  })

  test('they keep to selectors, and a selection of nothing ends at once', async () => {
    await create('chosen', { chosen: 'yes' })
    const some = await target.watch(`${path}?watch=true&${initial}&labelSelector=chosen`)
    expect((await take(some, 2)).map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK'])
    some.stop()
    const none = await target.watch(`${path}?watch=true&${initial}&labelSelector=nobody`)
    expect((await none.next()).type).toBe('BOOKMARK')
    none.stop()
  })

  test('without bookmarks nothing says that they are over', async () => {
    await create('unmarked')
    const watch = await target.watch(
      `${path}?watch=true&sendInitialEvents=true&${match}&labelSelector=marked`,
    )
    await create('marked', { marked: 'yes' })
    expect(seen(await watch.next())).toEqual(['ADDED', 'marked'])
    watch.stop()
  })

  test('false sends none', async () => {
    await create('old')
    const watch = await target.watch(`${path}?watch=true&sendInitialEvents=false&${match}`)
    await create('fresh')
    expect(seen(await watch.next())).toEqual(['ADDED', 'fresh'])
    watch.stop()
  })

  test('of a version that has not come yet are an error in the stream', async () => {
    const watch = await target.watch(`${path}?watch=true&${initial}&resourceVersion=999999999`)
    const event = await watch.next()
    expect(event.type).toBe('ERROR')
    expect(event.object).toMatchObject({ reason: 'Timeout', code: 504 })
    expect(event.object.details?.causes?.[0]?.reason).toBe('ResourceVersionTooLarge')
    watch.stop()
  })

  test.each([
    [
      'watch=true&sendInitialEvents=true',
      'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      'watch=true&sendInitialEvents=true&resourceVersionMatch=Exact',
      '[resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]',
    ],
    [
      'watch=true&resourceVersionMatch=NotOlderThan&resourceVersion=1',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    [
      'watch=true&continue=abc',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided',
    ],
    ['sendInitialEvents=true', 'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list'],
  ])('%s is refused', async (query, why) => {
    const { status, body } = await target.call('GET', `${path}?${query}`)
    expect(status).toBe(422)
    expect(body.message).toBe(`ListOptions.meta.k8s.io "" is invalid: ${why}`)
  })

  test('a watch that is going to end says how far it was', async () => {
    const since = await revisionNow()
    const query = `watch=true&timeoutSeconds=4&resourceVersion=${since}`
    const [marked, plain] = await Promise.all([
      target.watch(`${path}?${query}&allowWatchBookmarks=true`),
      target.watch(`${path}?${query}`),
    ])
    const created = await create('progress')
    const [events, others] = await Promise.all([marked.all(), plain.all()])
    expect(others.map(({ type }) => type)).toEqual(['ADDED'])
    const bookmark = events.at(-1)
    expect(bookmark?.type).toBe('BOOKMARK')
    expect(Number(bookmark?.object.metadata?.resourceVersion)).toBeGreaterThanOrEqual(
      Number(created.metadata?.resourceVersion),
    )
  })
})

describe('watch of tables', () => {
  test('each event is a table of one row, the columns come once', async () => {
    const since = await revisionNow()
    await create('row-1')
    await create('row-2')
    const watch = await target.watch(`${path}?watch=true&resourceVersion=${since}`, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    })
    const tables = (await take(watch, 2)).map(
      ({ object }) => object as Body & { columnDefinitions: unknown[] | null; rows: { cells: unknown[] }[] },
    )
    watch.stop()
    expect(tables.map(({ kind }) => kind)).toEqual(['Table', 'Table'])
    expect(tables.map(({ rows }) => rows[0]?.cells[0])).toEqual(['row-1', 'row-2'])
    expect(tables[0]?.columnDefinitions?.length).toBe(6)
    expect(tables[1]?.columnDefinitions).toBeNull()
  })

  test('a bookmark is a table, too, of a row that carries its metadata', async () => {
    const initial = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'
    const watch = await target.watch(`${path}?watch=true&${initial}&labelSelector=nobody`, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    })
    const { type, object } = await watch.next()
    watch.stop()
    expect(type).toBe('BOOKMARK')
    expect(object.kind).toBe('Table')
    const [row] = object['rows'] as { object: Body }[]
    expect(row?.object.metadata?.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' })
  })
})
