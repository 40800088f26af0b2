import { assert, constantFrom, integer, property, record, string, subarray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PLUGIN_SORTS } from '#lib/contract/requests.ts'
import { LIFECYCLES } from '#lib/domain/lifecycle.ts'
import {
  DEFAULT_LIST,
  nextSort,
  PAGE_SIZES,
  parsePluginList,
  pluginQueryOf,
  STATUS_FILTERS,
  writePluginList,
} from './plugin-list-state.ts'

const parse = (query: string) => parsePluginList(new URLSearchParams(query))

describe('parsePluginList', () => {
  test('an empty address is the list as it opens, on global', () => {
    expect(parse('')).toEqual(DEFAULT_LIST)
    expect(DEFAULT_LIST.cluster).toBe('global')
  })

  test('reads every part', () => {
    expect(
      parse(
        'cluster=business&q=%20gpu&status=Ready,Failed&status=Upgradable&lifecycle=core&sort=-version&page=3',
      ),
    ).toEqual({
      cluster: 'business',
      q: 'gpu',
      status: ['Upgradable', 'Failed', 'Ready'],
      lifecycle: ['core'],
      sort: '-version',
      page: 3,
      pageSize: 20,
    })
  })

  test('* is every cluster', () => {
    expect(parse('cluster=*').cluster).toBeNull()
    expect(pluginQueryOf(parse('cluster=*'))).not.toHaveProperty('cluster')
  })

  test.each(['page=0', 'page=-1', 'page=1.5', 'page=x', 'page=1e99', 'page='])('%s is page 1', (query) => {
    expect(parse(query).page).toBe(1)
  })

  test('what is not known is left out', () => {
    expect(parse('status=Nonsense,__proto__&lifecycle=x&sort=age&pageSize=7&cluster=')).toEqual(DEFAULT_LIST)
  })
})

test('writing and reading again changes nothing, and keeps what belongs to others', () => {
  const states = record({
    cluster: constantFrom(null, 'global', 'business', 'ümlaut & co'),
    q: string({ maxLength: 50 }).map((text) => text.trim()),
    status: subarray([...STATUS_FILTERS]),
    lifecycle: subarray([...LIFECYCLES]),
    sort: constantFrom(...PLUGIN_SORTS),
    page: integer({ min: 1, max: 10_000 }),
    pageSize: constantFrom(...PAGE_SIZES),
  })
  assert(
    property(states, (state) => {
      const written = writePluginList(state, new URLSearchParams('dialog=install&page=77'))
      expect(written.get('dialog')).toBe('install')
      expect(parsePluginList(new URLSearchParams(written.toString()))).toEqual(state)
    }),
  )
})

test('a list as it opens has a bare address', () => {
  expect(writePluginList(DEFAULT_LIST, new URLSearchParams('q=x&page=2')).toString()).toBe('')
})

test('a column sorts up, down, and not at all', () => {
  expect(nextSort('name', 'status')).toBe('status')
  expect(nextSort('status', 'status')).toBe('-status')
  expect(nextSort('-status', 'status')).toBe('name')
  expect(nextSort('name', 'name')).toBe('-name')
  expect(nextSort('-name', 'name')).toBe('name')
})
