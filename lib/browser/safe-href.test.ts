import { expect, test } from 'vitest'
import { safeHref } from './safe-href.ts'

test.each([
  ['https://grafana.example/d/1', 'https://grafana.example/d/1'],
  [' http://10.0.0.1:3000 ', 'http://10.0.0.1:3000'],
  ['/clusters/business/grafana', '/clusters/business/grafana'],
  ['//evil.example', null],
  ['/\\evil.example', null],
  ['javascript:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['data:text/html,x', null],
  ['https://', null],
  ['', null],
  [null, null],
])('%s → %s', (href, safe) => {
  expect(safeHref(href)).toBe(safe)
})
