import { expect, test } from 'vitest'
import { allowedHosts } from './allowed-hosts.ts'

test.each([
  ['127.0.0.1:3000', true],
  ['localhost:3000', true],
  ['LOCALHOST:3000', true],
  ['[::1]:3000', true],
  ['localhost', false],
  ['localhost:3001', false],
  ['evil.example:3000', false],
  ['127.0.0.1.evil.example:3000', false],
  ['localhost:3000.evil.example', false],
  ['localhost:3000@evil.example', false],
  ['', false],
  [undefined, false],
])('without configuration, %s is %s', (host, expected) => {
  expect(allowedHosts(3000, [])(host)).toBe(expected)
})

test('configured names hold with any port, or with the one that is given', () => {
  const isAllowed = allowedHosts(3000, ['console.example', 'Other.example:8443'])
  expect(isAllowed('console.example')).toBe(true)
  expect(isAllowed('console.example:8080')).toBe(true)
  expect(isAllowed('other.example:8443')).toBe(true)
  expect(isAllowed('other.example')).toBe(false)
  expect(isAllowed('sub.console.example')).toBe(false)
})

test('on a default port the name alone is enough', () => {
  expect(allowedHosts(80, [])('localhost')).toBe(true)
})
