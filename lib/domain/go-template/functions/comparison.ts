import type { Json } from '#lib/kinds/object.ts'
import { fn } from '../template-function.ts'
import type { Call, TemplateFunction } from '../template-function.ts'
import { isTrue } from '../value.ts'

function basic(call: Call, index: number): Json {
  const value = call.value(index)
  if (typeof value === 'object' && value !== null) call.fail('maps and lists cannot be compared')
  return value
}

/** Negative, zero or positive: numbers by size, texts by their characters. */
function order(call: Call): number {
  const [left, right] = [basic(call, 0), basic(call, 1)]
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right)
  return call.fail('only two numbers or two texts have an order')
}

export const COMPARISON: Readonly<Record<string, TemplateFunction>> = {
  eq: fn(2, 100, (call) => {
    const left = basic(call, 0)
    return call.args.slice(1).some((_, index) => basic(call, index + 1) === left)
  }),
  ne: fn(2, 2, (call) => basic(call, 0) !== basic(call, 1)),
  lt: fn(2, 2, (call) => order(call) < 0),
  le: fn(2, 2, (call) => order(call) <= 0),
  gt: fn(2, 2, (call) => order(call) > 0),
  ge: fn(2, 2, (call) => order(call) >= 0),
  not: fn(1, 1, (call) => !isTrue(call.value(0))),
  default: fn(1, 2, (call) => (isTrue(call.value(1)) ? call.value(1) : call.value(0))),
  empty: fn(1, 1, (call) => !isTrue(call.value(0))),
  coalesce: fn(0, 100, (call) => call.args.find(isTrue) ?? null),
  ternary: fn(3, 3, (call) => (isTrue(call.value(2)) ? call.value(0) : call.value(1))),
  all: fn(0, 100, (call) => call.args.every(isTrue)),
  any: fn(0, 100, (call) => call.args.some(isTrue)),
  required: fn(2, 2, (call) =>
    call.value(1) === null || call.value(1) === '' ? call.fail(call.text(0)) : call.value(1),
  ),
  fail: fn(1, 1, (call) => call.fail(call.text(0))),
}
