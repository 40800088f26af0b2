import { expect, test } from 'vitest'
import { DATA_POLICY, newNonce, pagePolicy, STATIC_POLICY } from './security-headers.ts'

function directivesOf(policy: string): Map<string, string[]> {
  return new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources]
    }),
  )
}

test('scripts of a page run by nonce alone', () => {
  const directives = directivesOf(pagePolicy('abc='))
  expect(directives.get('script-src')).toEqual(["'self'", "'nonce-abc='", "'strict-dynamic'"])
  expect(directives.get('style-src')).toEqual(["'self'", "'nonce-abc='"])
  for (const name of ['object-src', 'base-uri', 'frame-ancestors'])
    expect(directives.get(name)).toEqual(["'none'"])
})

test('no policy of a finished build allows inline scripts, eval or strangers', () => {
  for (const policy of [pagePolicy(newNonce()), STATIC_POLICY, DATA_POLICY]) {
    const withoutAttributes = policy.replace("style-src-attr 'unsafe-inline'", '')
    expect(withoutAttributes).not.toMatch(/unsafe-|\*|https?:/)
    expect(directivesOf(policy).has('default-src')).toBe(true)
  }
})

test('nonces are fresh, 128 bits, and fit for the header', () => {
  const nonces = new Set(Array.from({ length: 100 }, newNonce))
  expect(nonces.size).toBe(100)
  for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
})
