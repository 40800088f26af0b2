import { expect, test } from 'vitest'
import { crossOriginProblem } from './same-origin.ts'

function check(headers: Record<string, string>): string | undefined {
  return crossOriginProblem((name) => ({ host: '127.0.0.1:3000', ...headers })[name])
}

test.each([
  [{ origin: 'http://127.0.0.1:3000' }],
  [{ origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin', cookie: 'a=b' }],
  [{ 'sec-fetch-site': 'same-origin' }],
  [{ origin: 'https://console.example', host: 'console.example' }],
  [{ origin: 'https://console.example', host: 'console.example:443', 'sec-fetch-site': 'same-origin' }],
  [{}],
])('passes %o', (headers) => {
  expect(check(headers as Record<string, string>)).toBeUndefined()
})

test.each([
  [{ origin: 'http://evil.example' }],
  [{ origin: 'http://127.0.0.1:3001' }],
  [{ origin: 'http://localhost:3000' }],
  [{ origin: 'null' }],
  [{ origin: 'file://127.0.0.1:3000' }],
  [{ origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'cross-site' }],
  [{ origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ 'sec-fetch-site': 'none' }],
  [{ cookie: 'session=1' }],
])('refuses %o', (headers) => {
  expect(check(headers as Record<string, string>)).toBeDefined()
})
