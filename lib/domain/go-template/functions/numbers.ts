import { fn } from '../template-function.ts'
import type { Call, TemplateFunction } from '../template-function.ts'

/** A number from whatever has one in it: a number, a text of digits, true; 0 from anything else. */
function toNumber(call: Call, index: number): number {
  const value = call.value(index)
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : 0
  return Number.isFinite(number) ? number : 0
}

function toWhole(call: Call, index: number): number {
  return Math.trunc(toNumber(call, index)) + 0
}

function checked(call: Call, value: number): number {
  return Number.isFinite(value) ? value : call.fail('the result is not a number')
}

/** Combines all arguments from left to right. */
function fold(
  convert: (call: Call, index: number) => number,
  combine: (left: number, right: number) => number,
): TemplateFunction {
  return fn(1, 100, (call) =>
    checked(call, call.args.map((_, index) => convert(call, index)).reduce(combine)),
  )
}

function dividing(combine: (left: number, right: number) => number): TemplateFunction {
  return fn(2, 2, (call) => {
    const right = toWhole(call, 1)
    if (right === 0) return call.fail('division by zero')
    return Math.trunc(combine(toWhole(call, 0), right)) + 0
  })
}

export const NUMBERS: Readonly<Record<string, TemplateFunction>> = {
  int: fn(1, 1, (call) => toWhole(call, 0)),
  int64: fn(1, 1, (call) => toWhole(call, 0)),
  float64: fn(1, 1, (call) => toNumber(call, 0)),
  atoi: fn(1, 1, (call) => toWhole(call, 0)),
  add: fold(toWhole, (left, right) => left + right),
  sub: fold(toWhole, (left, right) => left - right),
  mul: fold(toWhole, (left, right) => left * right),
  addf: fold(toNumber, (left, right) => left + right),
  subf: fold(toNumber, (left, right) => left - right),
  mulf: fold(toNumber, (left, right) => left * right),
  add1: fn(1, 1, (call) => toWhole(call, 0) + 1),
  div: dividing((left, right) => left / right),
  mod: dividing((left, right) => left % right),
  max: fold(toWhole, (left, right) => Math.max(left, right)),
  min: fold(toWhole, (left, right) => Math.min(left, right)),
  ceil: fn(1, 1, (call) => Math.ceil(toNumber(call, 0)) + 0),
  floor: fn(1, 1, (call) => Math.floor(toNumber(call, 0)) + 0),
  round: fn(1, 2, (call) => {
    const digits = call.args.length > 1 ? call.count(1, 0, 15) : 0
    return Number(toNumber(call, 0).toFixed(digits)) + 0
  }),
}
