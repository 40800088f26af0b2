import { expect, test } from 'vitest'
import type { PackageView } from '#lib/contract/package.ts'
import { matchingPackages, parsePackageList, writePackageList } from './package-search.ts'

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
  expect(matchingPackages(ITEMS, { q, show: 'all' }).map((one) => one.plugin)).toEqual(expected)
})

test('absent ones and uploaded ones', () => {
  expect(matchingPackages(ITEMS, { q: '', show: 'absent' }).map((one) => one.plugin)).toEqual(['far'])
  expect(matchingPackages(ITEMS, { q: '', show: 'uploaded' })).toHaveLength(2)
})

test('the address carries the list and nothing that goes without saying', () => {
  const state = { q: 'a b', show: 'absent', page: 3 } as const
  expect(parsePackageList(new URLSearchParams(writePackageList(state)))).toEqual(state)
  expect(writePackageList({ q: '', show: 'all', page: 1 })).toBe('')
  expect(parsePackageList(new URLSearchParams('show=__proto__&page=-2'))).toEqual({
    q: '',
    show: 'all',
    page: 1,
  })
})
