import { expect, test } from 'vitest'
import { checkLogo } from './check-logo.ts'
import { PackageError } from './package-error.ts'

const LIMIT = 10_000
const base64 = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`

test('pictures pass', () => {
  expect(checkLogo(base64(svg('<rect width="4" height="4"/>')), LIMIT)).toEqual([])
  expect(checkLogo(`data:image/svg+xml,${encodeURIComponent(svg('<circle r="2"/>'))}`, LIMIT)).toEqual([])
  expect(checkLogo(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(''))}`, LIMIT)).toEqual([])
  expect(checkLogo('data:image/png;base64,iVBORw0KGgo=', LIMIT)).toEqual([])
})

test('what is not shown is said', () => {
  expect(checkLogo('', LIMIT)).toHaveLength(1)
  expect(checkLogo('https://example.com/logo.svg', LIMIT)).toHaveLength(1)
  expect(checkLogo(base64(svg('<image href="https://example.com/x.png"/>')), LIMIT)).toHaveLength(1)
})

test.each([
  ['a script', base64(svg('<script>alert(1)</script>'))],
  ['a prefixed script', base64(svg('<s:script xmlns:s="http://www.w3.org/2000/svg">x</s:script>'))],
  ['a script, percent-encoded', `data:image/svg+xml,${encodeURIComponent(svg('<SCRIPT>x</SCRIPT>'))}`],
  ['a handler', base64(svg('<rect onload="x()"/>'))],
  ['a handler on the root', base64('<svg/onload=alert(1)>')],
  ['a handler on a new line', base64(svg('<rect\nonclick = "x()"/>'))],
  ['a script link', base64(svg('<a href="javascript:x()">y</a>'))],
  ['a hidden script link', base64(svg('<a href="&#106;ava&#x73;cript:x()">y</a>'))],
  ['an animated handler', base64(svg('<set attributeName="onmouseover" to="x()"/>'))],
  ['foreign content', base64(svg('<foreignObject><body/></foreignObject>'))],
  ['entities', base64(`<!DOCTYPE svg [<!ENTITY x "y">]>${svg('&x;')}`)],
  ['a style sheet', base64(`<?xml-stylesheet href="x"?>${svg('')}`)],
  ['no SVG', base64('<html></html>')],
  ['bytes that are no text', 'data:image/svg+xml;base64,/////w=='],
  ['bad base64', 'data:image/svg+xml;base64,§'],
  ['bad escapes', 'data:image/svg+xml,%E0%A4%A'],
  ['too much', base64(svg('x'.repeat(LIMIT)))],
])('%s is refused', (_name, logo) => {
  expect(() => checkLogo(logo, LIMIT)).toThrow(PackageError)
  expect(() => checkLogo(logo, LIMIT)).toThrow(/logo/i)
})

test.each([
  ['base64 of spaces', `data:image/svg+xml;base64,${' '.repeat(300_000)}!`],
  ['an attribute with spaces', base64(svg(`<set attributeName=${' '.repeat(300_000)}x/>`))],
  ['a link with spaces', base64(svg(`<a href=${' '.repeat(300_000)}x/>`))],
])('%s is judged in linear time, not minutes', { timeout: 10_000 }, (_name, logo) => {
  const judge = () => checkLogo(logo, 1_000_000)
  if (logo.endsWith('!')) expect(judge).toThrow(PackageError)
  else expect(judge()).toEqual([])
})
