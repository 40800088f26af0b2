import type { Json } from '#lib/kinds/object.ts'
import { formatText } from '../format-text.ts'
import { fn } from '../template-function.ts'
import type { Call, TemplateFunction } from '../template-function.ts'

/** Every argument but nil, quoted and set apart by spaces. */
function quoteAll(call: Call, quote: (text: string) => string): string {
  return call.args
    .map((value) => (value === null ? null : quote(call.print(value))))
    .filter((text) => text !== null)
    .join(' ')
}

function indent(call: Call): string {
  const pad = ' '.repeat(call.count(0, 0, 1000))
  const lines = call.text(1).split('\n')
  call.budget.spendText(lines.length * pad.length, call.line)
  return lines.map((line) => pad + line).join('\n')
}

function fromBase64(call: Call): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(call.text(0)), (c) => c.codePointAt(0) ?? 0))
  } catch {
    return call.fail('not base64')
  }
}

function toBase64(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCodePoint(byte)
  return btoa(binary)
}

/** `text` without the characters of `set` at both ends. */
function trimSet(text: string, set: string): string {
  const characters = new Set(set)
  const all = Array.from(text)
  const start = all.findIndex((character) => !characters.has(character))
  const end = all.findLastIndex((character) => !characters.has(character))
  return start === -1 ? '' : all.slice(start, end + 1).join('')
}

function splitAll(call: Call): Json[] {
  const parts = call.text(1).split(call.text(0))
  call.budget.spend(parts.length, call.line)
  return parts
}

export const TEXT: Readonly<Record<string, TemplateFunction>> = {
  print: fn(0, 100, (call) => call.args.map((value) => call.print(value)).join('')),
  println: fn(0, 100, (call) => `${call.args.map((value) => call.print(value)).join(' ')}\n`),
  printf: fn(1, 100, (call) => formatText(call)),
  toString: fn(1, 1, (call) => call.print(call.value(0))),
  quote: fn(0, 100, (call) => quoteAll(call, (text) => JSON.stringify(text))),
  squote: fn(0, 100, (call) => quoteAll(call, (text) => `'${text}'`)),
  indent: fn(2, 2, (call) => indent(call)),
  nindent: fn(2, 2, (call) => `\n${indent(call)}`),
  trim: fn(1, 1, (call) => call.text(0).trim()),
  trimAll: fn(2, 2, (call) => trimSet(call.text(1), call.text(0))),
  trimPrefix: fn(2, 2, (call) => {
    const [prefix, text] = [call.text(0), call.text(1)]
    return text.startsWith(prefix) ? text.slice(prefix.length) : text
  }),
  trimSuffix: fn(2, 2, (call) => {
    const [suffix, text] = [call.text(0), call.text(1)]
    return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
  }),
  upper: fn(1, 1, (call) => call.text(0).toUpperCase()),
  lower: fn(1, 1, (call) => call.text(0).toLowerCase()),
  title: fn(1, 1, (call) => call.text(0).replaceAll(/(?<![\p{L}\p{Nd}_])\p{L}/gu, (c) => c.toUpperCase())),
  replace: fn(3, 3, (call) => {
    const [from, to, text] = [call.text(0), call.text(1), call.text(2)]
    const count = from === '' ? text.length + 1 : text.split(from).length - 1
    call.budget.spendText(text.length + count * to.length, call.line)
    return text.replaceAll(from, () => to)
  }),
  contains: fn(2, 2, (call) => call.text(1).includes(call.text(0))),
  hasPrefix: fn(2, 2, (call) => call.text(1).startsWith(call.text(0))),
  hasSuffix: fn(2, 2, (call) => call.text(1).endsWith(call.text(0))),
  repeat: fn(2, 2, (call) => {
    const [count, text] = [call.count(0, 0, 1_000_000), call.text(1)]
    call.budget.spendText(count * text.length, call.line)
    return text.repeat(count)
  }),
  trunc: fn(2, 2, (call) => {
    const length = call.number(0)
    return length < 0 ? call.text(1).slice(length) : call.text(1).slice(0, length)
  }),
  splitList: fn(2, 2, splitAll),
  b64enc: fn(1, 1, (call) => toBase64(call.text(0))),
  b64dec: fn(1, 1, (call) => fromBase64(call)),
}
