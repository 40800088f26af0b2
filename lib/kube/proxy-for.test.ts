import { expect, test } from 'vitest'
import { proxyFor, ProxyVariableError } from './proxy-for.ts'

const PROXY = { HTTPS_PROXY: 'http://proxy.example:3128', HTTP_PROXY: 'proxy.example:8080' }
const through = (url: string, environment: Record<string, string> = {}) =>
  proxyFor(new URL(url), { ...PROXY, ...environment })

test('the address decides which proxy', () => {
  expect(through('https://registry.example')).toBe('http://proxy.example:3128/')
  expect(through('http://registry.example')).toBe('http://proxy.example:8080/')
  expect(proxyFor(new URL('https://registry.example'), {})).toBeUndefined()
  expect(proxyFor(new URL('https://registry.example'), { https_proxy: 'https://ann:p%40ss@p:1' })).toBe(
    'https://ann:p%40ss@p:1/',
  )
  // What only one protocol has is not for the other.
  expect(proxyFor(new URL('https://registry.example'), { HTTP_PROXY: 'http://p' })).toBeUndefined()
})

test.each(['https://localhost:5000', 'http://127.0.0.1:5000', 'https://127.9.9.9', 'https://[::1]:6443'])(
  '%s is never reached through a proxy',
  (url) => expect(through(url)).toBeUndefined(),
)

test.each<[string, string, boolean]>([
  ['registry.example', 'https://registry.example', true],
  ['registry.example', 'https://a.registry.example', true],
  ['registry.example', 'https://myregistry.example', false],
  ['REGISTRY.example', 'https://registry.EXAMPLE.', true],
  ['.example', 'https://registry.example', true],
  ['.registry.example', 'https://registry.example', false],
  ['*.example', 'https://registry.example', true],
  ['a.b, registry.example', 'https://registry.example', true],
  ['a.b registry.example', 'https://registry.example', true],
  ['registry.example:5000', 'https://registry.example:5000', true],
  ['registry.example:5000', 'https://registry.example', false],
  ['registry.example:443', 'https://registry.example', true],
  ['*', 'https://registry.example', true],
  ['10.0.0.0/8', 'https://10.1.2.3:6443', true],
  ['10.0.0.0/8', 'https://11.1.2.3', false],
  ['10.0.0.0/8', 'https://10.example', false],
  ['10.0.0.0/99', 'https://10.1.2.3', false],
  ['10.1.2.3', 'https://10.1.2.3', true],
  ['10.1.2.3:6443', 'https://10.1.2.3:6443', true],
  ['10.1.2.3:6443', 'https://10.1.2.3', false],
  ['fd00::/8', 'https://[fd00::1]', true],
  ['fd00::1', 'https://[fd00:0::1]', true],
  ['[fd00::1]:443', 'https://[fd00::1]', true],
  [',, ,', 'https://registry.example', false],
])('NO_PROXY=%s leaves out %s: %s', (exceptions, url, isLeftOut) => {
  expect(through(url, { NO_PROXY: exceptions }) === undefined).toBe(isLeftOut)
  expect(through(url, { no_proxy: exceptions }) === undefined).toBe(isLeftOut)
})

test('what is no proxy is said, without what stands there', () => {
  for (const value of ['ftp://x:s3cret@y', 'socks5://s3cret', 'http://', 'http://s3cret:x y']) {
    const ask = () => through('https://registry.example', { HTTPS_PROXY: value })
    expect(ask).toThrow(ProxyVariableError)
    expect(ask).toThrow(/^HTTPS_PROXY is not the http\(s\) address of a proxy$/)
  }
})
