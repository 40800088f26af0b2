import { expect, test } from 'vitest'
import { parsePackageList, writePackageList } from './package-list-state.ts'

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
