import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { entrypointOf, safeLink } from './entrypoint.ts'

const facts = { ClusterName: 'business', ModuleName: 'web-cli', Version: 'v4.0.4', IsGlobal: false }

test.each([
  ['https://example.com/x?y=1', 'https://example.com/x?y=1'],
  ['HTTP://example.com', 'http://example.com/'],
  ['/console/web-cli', '/console/web-cli'],
  [' /trimmed ', '/trimmed'],
  ['//evil.example', null],
  ['/\\evil.example', null],
  ['javascript:alert(1)', null],
  ['JaVaScRiPt:alert(1)', null],
  ['data:text/html,x', null],
  ['java\nscript:alert(1)', null],
  ['https://user:pass@example.com', null],
  ['https://', null],
  ['relative/path', null],
  ['', null],
  [undefined, null],
])('%j leads to %j', (text, expected) => {
  expect(safeLink(text)).toBe(expected)
})

test('a template is filled with what is known, and no link when it asks for more', () => {
  expect(entrypointOf('/own', '/template', facts)).toBe('/own')
  expect(entrypointOf('javascript:x', '/t', facts)).toBe('/t')
  expect(entrypointOf(undefined, '/c/<< .ClusterName >>/{{.ModuleName}}', facts)).toBe('/c/business/web-cli')
  expect(entrypointOf(undefined, '/c/<< .Secret >>', facts)).toBeNull()
  expect(entrypointOf(undefined, '<< .ClusterName >>:x', { ...facts, ClusterName: 'javascript' })).toBeNull()
  expect(entrypointOf(undefined, undefined, facts)).toBeNull()
})

test('a link that comes out is http(s) or stays on this host', () => {
  const hostile = fc.string({
    maxLength: 30,
    unit: fc.constantFrom('/', '\\', ':', 'j', 'http', 's', '@', '\t', 'x.y', ' '),
  })
  fc.assert(
    fc.property(hostile, (text) => {
      const link = safeLink(text)
      if (link === null) return
      const url = new URL(link, 'https://console.example')
      expect(['http:', 'https:']).toContain(url.protocol)
      if (link.startsWith('/')) expect(url.host).toBe('console.example')
    }),
    { numRuns: 1000 },
  )
})
