import { expect, test } from 'vitest'
import type { PackageView } from '#lib/contract/package.ts'
import { filterPackages } from './filter-packages.ts'

function item(plugin: string, version: string | null, displayName = {}): PackageView {
  const versions = version === null ? [] : [{ version, source: `${plugin}-amd64.tgz` }]
  return { plugin, displayName, versions, absent: version === null } as PackageView
}

const ITEMS = [
  item('web-cli', 'v4.0.4', { en: 'Web Terminal', zh: '网页终端' }),
  item('gpu', 'v4.0.15'),
  item('far', null),
]

test.each([
  ['', ['web-cli', 'gpu', 'far']],
  ['终端', ['web-cli']],
  ['TERMINAL v4', ['web-cli']],
  ['amd64', ['web-cli', 'gpu']],
  ['v4.0.1', ['gpu']],
  ['nothing', []],
])('search for %j', (q, expected) => {
  expect(filterPackages(ITEMS, { q }).items.map((one) => one.plugin)).toEqual(expected)
})

test('absent ones and uploaded ones', () => {
  expect(filterPackages(ITEMS, { show: 'absent' }).items.map((one) => one.plugin)).toEqual(['far'])
  expect(filterPackages(ITEMS, { show: 'uploaded' }).items).toHaveLength(2)
})

test('a page at a time; behind the last one is the last', () => {
  const many = Array.from({ length: 120 }, (_, at) => item(`p${at}`, 'v1.0.0'))
  const first = filterPackages(many, {})
  expect([first.items.length, first.total, first.totalUnfiltered]).toEqual([50, 120, 120])
  const last = filterPackages(many, { page: 9 })
  expect([last.page, last.items.length]).toEqual([3, 20])
})
