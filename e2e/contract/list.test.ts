import { beforeAll, describe, expect, test } from 'vitest'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { group, path, widget } = widgetKind(target)
const COUNT = 25
const pad = (index: number) => String(index).padStart(2, '0')
const names = (body: Body) => body.items?.map(({ metadata }) => metadata?.name) ?? []
const list = async (query = '') => (await target.call('GET', `${path}${query}`)).body

beforeAll(async () => {
  for (let i = 0; i < COUNT; i++) {
    const labels = { index: String(i), parity: i % 2 === 0 ? 'even' : 'odd', ...(i < 3 ? { rare: '' } : {}) }
    await target.call('POST', path, widget(`item-${pad(i)}`, { metadata: { labels }, spec: { size: i + 1 } }))
  }
})

describe('list', () => {
  test('has kind, resource version and items in order of their names', async () => {
    const body = await list()
    expect(body).toMatchObject({ apiVersion: `${group}/v1`, kind: 'WidgetList' })
    expect(body.metadata?.resourceVersion).toMatch(/^[1-9]\d*$/)
    expect(names(body)).toEqual(Array.from({ length: COUNT }, (_, i) => `item-${pad(i)}`))
    expect(body.items?.[0]).toMatchObject({ apiVersion: `${group}/v1`, kind: 'Widget' })
  })

  test('an empty one has an empty list', async () => {
    const body = await list('?labelSelector=index%3Dnone')
    expect(body.items).toEqual([])
  })

  test('namespaces are apart, and together without one', async () => {
    const maps = `/api/v1/namespaces/${target.namespace}/configmaps`
    await target.call('POST', maps, { metadata: { name: 'mine', labels: { whose: target.namespace } } })
    expect(names((await target.call('GET', maps)).body)).toContain('mine')
    const selector = `labelSelector=whose%3D${target.namespace}`
    const elsewhere = await target.call('GET', `/api/v1/namespaces/default/configmaps?${selector}`)
    expect(elsewhere.body.items).toEqual([])
    const { body } = await target.call('GET', `/api/v1/configmaps?${selector}`)
    expect(body.kind).toBe('ConfigMapList')
    expect(body.items?.[0]?.metadata).toMatchObject({ name: 'mine', namespace: target.namespace })
    expect(body.items?.[0]).not.toHaveProperty('kind')
  })
})

describe('label selectors', () => {
  test.each([
    ['parity=odd', 12],
    ['parity==odd', 12],
    ['parity!=odd', 13],
    ['index in (1,2,3)', 3],
    ['index notin (1,2,3)', 22],
    ['rare', 3],
    ['!rare', 22],
    ['rare=', 3],
    ['rare,parity=even', 2],
    ['index in (1, 2),parity = even', 1],
    ['missing!=x', 25],
    ['missing notin (x)', 25],
    ['index>20', 4],
    ['index<2', 2],
  ])('%s finds %i', async (selector, count) => {
    expect(names(await list(`?labelSelector=${encodeURIComponent(selector)}`)).length).toBe(count)
  })

  test.each(['parity in odd', 'a b', '=x', 'parity=(', 'index>x', 'bad key!=1'])(
    '%s is refused',
    async (selector) => {
      const { status, body } = await target.call(
        'GET',
        `${path}?labelSelector=${encodeURIComponent(selector)}`,
      )
      expect(status).toBe(400)
      expect(body.reason).toBe('BadRequest')
    },
  )
})

describe('field selectors', () => {
  test('by name, equal and unequal', async () => {
    expect(names(await list('?fieldSelector=metadata.name%3Ditem-07'))).toEqual(['item-07'])
    expect(names(await list('?fieldSelector=metadata.name%21%3Ditem-07')).length).toBe(COUNT - 1)
  })

  test('a field that the kind can not be selected by is refused', async () => {
    const { status, body } = await target.call('GET', `${path}?fieldSelector=spec.size%3D1`)
    expect(status).toBe(400)
    expect(body.message).toContain('field label not supported: spec.size')
  })

  test('secrets by their type', async () => {
    const secrets = `/api/v1/namespaces/${target.namespace}/secrets`
    await target.call('POST', secrets, { metadata: { name: 'plain' } })
    await target.call('POST', secrets, { metadata: { name: 'special' }, type: 'example.com/special' })
    const { body } = await target.call('GET', `${secrets}?fieldSelector=type%3Dexample.com%2Fspecial`)
    expect(names(body)).toEqual(['special'])
  })
})

describe('pages', () => {
  test('show one moment, however many objects come and go', async () => {
    const selector = 'labelSelector=index'
    const first = await list(`?limit=10&${selector}`)
    expect(names(first).length).toBe(10)
    await target.call('POST', path, widget('item-15-late', { metadata: { labels: { index: 'late' } } }))
    await target.call('DELETE', `${path}/item-20`)
    await target.call(
      'PATCH',
      `${path}/item-21`,
      { spec: { size: 99 } },
      { type: 'application/merge-patch+json' },
    )
    const seen = names(first)
    let page = first
    let changed: Body | undefined
    while ((page.metadata?.continue ?? '') !== '') {
      page = await list(`?limit=10&${selector}&continue=${page.metadata?.continue}`)
      expect(page.metadata?.resourceVersion).toBe(first.metadata?.resourceVersion)
      seen.push(...names(page))
      changed ??= page.items?.find(({ metadata }) => metadata?.name === 'item-21')
    }
    expect(seen).toEqual(Array.from({ length: COUNT }, (_, i) => `item-${pad(i)}`))
    expect(changed?.spec?.['size']).toBe(22)
    await target.call('DELETE', `${path}/item-15-late`)
    await target.call(
      'POST',
      path,
      widget('item-20', { metadata: { labels: { index: '20', parity: 'even' } } }),
    )
  })

  test('say how many are left, without selectors', async () => {
    const first = await list('?limit=20')
    expect(first.metadata?.remainingItemCount).toBe(COUNT - 20)
    const rest = await list(`?limit=20&continue=${first.metadata?.continue}`)
    expect(names(rest).length).toBe(COUNT - 20)
    expect(rest.metadata?.remainingItemCount).toBeUndefined()
    expect(rest.metadata?.continue ?? '').toBe('')
    const selected = await list('?limit=5&labelSelector=parity')
    expect(selected.metadata?.remainingItemCount).toBeUndefined()
    expect(selected.metadata?.continue).toBeTruthy()
  })

  test('a page that just fits has no next one', async () => {
    const body = await list(`?limit=${COUNT}`)
    expect(names(body).length).toBe(COUNT)
    expect(body.metadata?.continue ?? '').toBe('')
  })

  test('a token that nobody made is refused', async () => {
    const { status, body } = await target.call('GET', `${path}?limit=5&continue=nonsense`)
    expect(status).toBe(400)
    expect(body.message).toMatch(/^invalid continue token: continue key is not valid: /)
    const first = await list('?limit=5')
    const both = await target.call(
      'GET',
      `${path}?continue=${first.metadata?.continue}&resourceVersion=${first.metadata?.resourceVersion}`,
    )
    expect(both.status).toBe(400)
    expect(both.body.message).toBe('specifying resource version is not allowed when using continue')
  })

  test('a moment that has been forgotten is gone, but the list can go on from now', async () => {
    const token = (await list('?limit=5')).metadata?.continue ?? ''
    const content = JSON.parse(Buffer.from(token, 'base64url').toString()) as object
    const old = Buffer.from(JSON.stringify({ ...content, rv: 1 })).toString('base64url')
    const { status, body } = await target.call('GET', `${path}?limit=10&continue=${old}`)
    expect(status).toBe(410)
    expect(body.reason).toBe('Expired')
    expect(body.message).toContain('The provided continue parameter is too old to display a consistent list')
    const rest = await list(`?limit=100&continue=${body.metadata?.continue}`)
    expect(names(rest).length).toBe(COUNT - 5)
    expect(names(rest)[0]).toBe('item-05')
  })

  test('limits that are none', async () => {
    const { status, body } = await target.call('GET', `${path}?limit=abc`)
    expect(status).toBe(400)
    expect(body.message).toBe('strconv.ParseInt: parsing "abc": invalid syntax')
    expect(names(await list('?limit=0')).length).toBe(COUNT)
  })
})

describe('resource versions', () => {
  test('an exact one shows the past', async () => {
    const before = await list()
    const revision = before.metadata?.resourceVersion
    await target.call('POST', path, widget('passing'))
    const exact = await list(`?resourceVersion=${revision}&resourceVersionMatch=Exact`)
    expect(exact.metadata?.resourceVersion).toBe(revision)
    expect(names(exact)).toEqual(names(before))
    const newer = await list(`?resourceVersion=${revision}&resourceVersionMatch=NotOlderThan`)
    expect(names(newer)).toContain('passing')
    const plain = await list(`?resourceVersion=${revision}`)
    expect(names(plain)).toContain('passing')
    const page = await list(`?resourceVersion=${revision}&limit=${COUNT + 1}`)
    expect(page.metadata?.resourceVersion).toBe(revision)
    expect(names(page)).toEqual(names(before))
    await target.call('DELETE', `${path}/passing`)
  })

  test('one that has been forgotten is gone', async () => {
    for (const query of ['resourceVersion=1&resourceVersionMatch=Exact', 'resourceVersion=1&limit=1']) {
      const { status, body } = await target.call('GET', `${path}?${query}`)
      expect(status).toBe(410)
      expect(body).toMatchObject({
        reason: 'Expired',
        message: 'The resourceVersion for the provided list is too old.',
      })
    }
    expect(names(await list('?resourceVersion=1')).length).toBe(COUNT)
  })

  test('any version will do for 0', async () => {
    expect(names(await list('?resourceVersion=0')).length).toBe(COUNT)
    const limited = await list('?resourceVersion=0&limit=3')
    expect(names(limited).length).toBe(COUNT)
    expect(limited.metadata?.continue ?? '').toBe('')
  })

  test('what is no version is refused', async () => {
    const { status, body } = await target.call('GET', `${path}?resourceVersion=abc`)
    expect(status).toBe(400)
    expect(body.message).toBe(
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    )
    expect((await target.call('GET', `${path}/item-01?resourceVersion=abc`)).status).toBe(500)
    expect((await target.call('GET', `${path}/item-01?resourceVersion=999999999`)).status).toBe(504)
  })

  test('one from the future times out', async () => {
    const { status, body } = await target.call('GET', `${path}?resourceVersion=999999999999`)
    expect(status).toBe(504)
    expect(body.reason).toBe('Timeout')
    expect(body.message).toMatch(/^Timeout: Too large resource version: 999999999999, current: \d+$/)
    expect(body.details?.causes?.[0]?.reason).toBe('ResourceVersionTooLarge')
  })

  test.each([
    [
      'resourceVersionMatch=Exact',
      'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersion=0&resourceVersionMatch=Exact',
      'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      'resourceVersion=1&resourceVersionMatch=Nearly',
      'Unsupported value: "Nearly": supported values: "Exact", "NotOlderThan", ""',
    ],
  ])('%s is refused', async (query, why) => {
    const { status, body } = await target.call('GET', `${path}?${query}`)
    expect(status).toBe(422)
    expect(body.message).toBe(`ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: ${why}`)
  })
})
