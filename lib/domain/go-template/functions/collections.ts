import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { fn } from '../template-function.ts'
import type { Call, TemplateFunction } from '../template-function.ts'
import { isMap, kindName, ownValue, setOwn } from '../value.ts'

const MANY = 1000

function lookUp(call: Call, from: Json, key: Json): Json {
  if (from === null) return null
  if (isMap(from)) {
    if (typeof key !== 'string') return call.fail(`a map is indexed by text, not ${kindName(key)}`)
    return ownValue(from, key)
  }
  if (!Array.isArray(from) && typeof from !== 'string') return call.fail(`cannot index ${kindName(from)}`)
  if (typeof key !== 'number' || !Number.isInteger(key))
    return call.fail('a list is indexed by whole numbers')
  if (key < 0 || key >= from.length) return call.fail(`index ${key} is out of range (${from.length})`)
  return typeof from === 'string' ? from.codePointAt(key)! : (from[key] ?? null)
}

function makeMap(call: Call): JsonObject {
  if (call.args.length % 2 !== 0) call.fail('every key needs a value')
  const map: JsonObject = {}
  for (let index = 0; index < call.args.length; index += 2)
    setOwn(map, call.print(call.value(index)), call.value(index + 1))
  return map
}

function keep(call: Call, wanted: boolean): JsonObject {
  const keys = new Set(call.args.slice(1))
  const map: JsonObject = {}
  for (const [key, value] of Object.entries(call.map(0)))
    if (keys.has(key) === wanted) setOwn(map, key, value)
  call.budget.spend(Object.keys(map).length, call.line)
  return map
}

/** Merges into the first map what the others have and it has not (`wins` false), or the other way round. */
function merge(
  call: Call,
  base: Readonly<JsonObject>,
  other: Readonly<JsonObject>,
  wins: boolean,
): JsonObject {
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(base)) setOwn(result, key, value)
  for (const [key, value] of Object.entries(other)) {
    call.budget.spend(1, call.line)
    const mine = Object.hasOwn(result, key) ? result[key] : undefined
    if (isMap(mine) && isMap(value)) setOwn(result, key, merge(call, mine, value, wins))
    else if (mine === undefined || wins) setOwn(result, key, value)
  }
  return result
}

function mergeAll(call: Call, wins: boolean): JsonObject {
  for (const value of call.args) call.budget.spendValue(value, call.line)
  return call.args
    .slice(1)
    .reduce<JsonObject>((sum, _, index) => merge(call, sum, call.map(index + 1), wins), { ...call.map(0) })
}

function sliceOf(call: Call): Json {
  const value = call.value(0)
  const length = typeof value === 'string' || Array.isArray(value) ? value.length : 0
  const from = call.args.length > 1 ? call.count(1, 0, length) : 0
  const to = call.args.length > 2 ? call.count(2, from, length) : length
  if (typeof value === 'string') return value.slice(from, to)
  return call.list(0).slice(from, to)
}

function sameText(left: Json, right: Json): boolean {
  return typeof left !== 'object' && left === right
}

export const COLLECTIONS: Readonly<Record<string, TemplateFunction>> = {
  len: fn(1, 1, (call) => {
    const value = call.value(0)
    if (value === null) return 0
    if (typeof value === 'string') return new TextEncoder().encode(call.text(0)).length
    if (typeof value !== 'object') return call.fail(`${kindName(value)} has no length`)
    return Array.isArray(value) ? value.length : Object.keys(value).length
  }),
  index: fn(1, MANY, (call) =>
    call.args.slice(1).reduce((from, key) => lookUp(call, from, key), call.value(0)),
  ),
  slice: fn(1, 3, sliceOf),
  list: fn(0, MANY, (call) => [...call.args]),
  dict: fn(0, MANY, makeMap),
  get: fn(2, 2, (call) => ownValue(call.map(0), call.text(1))),
  hasKey: fn(2, 2, (call) => Object.hasOwn(call.map(0), call.text(1))),
  keys: fn(1, 1, (call) => Object.keys(call.map(0)).sort()),
  values: fn(1, 1, (call) => {
    const map = call.map(0)
    return Object.keys(map)
      .sort()
      .map((key) => ownValue(map, key))
  }),
  pick: fn(1, MANY, (call) => keep(call, true)),
  omit: fn(1, MANY, (call) => keep(call, false)),
  merge: fn(1, 20, (call) => mergeAll(call, false)),
  mergeOverwrite: fn(1, 20, (call) => mergeAll(call, true)),
  has: fn(2, 2, (call) => call.list(1).some((item) => sameText(item, call.value(0)))),
  without: fn(1, MANY, (call) => {
    const gone = call.args.slice(1)
    call.budget.spend(call.list(0).length * gone.length, call.line)
    return call.list(0).filter((item) => !gone.some((other) => sameText(item, other)))
  }),
  first: fn(1, 1, (call) => call.list(0)[0] ?? null),
  last: fn(1, 1, (call) => call.list(0).at(-1) ?? null),
  rest: fn(1, 1, (call) => call.list(0).slice(1)),
  append: fn(2, 2, (call) => [...call.list(0), call.value(1)]),
  concat: fn(0, MANY, (call) => call.args.flatMap((_, index) => call.list(index))),
  uniq: fn(1, 1, (call) => [...new Set(call.list(0))]),
  compact: fn(1, 1, (call) => call.list(0).filter((item) => item !== null && item !== '')),
  sortAlpha: fn(1, 1, (call) => {
    const texts = call.list(0).map((item) => call.print(item))
    call.budget.spend(texts.length * 10, call.line)
    return texts.sort()
  }),
  join: fn(2, 2, (call) => {
    const value = call.value(1)
    const texts = Array.isArray(value) ? call.list(1).map((item) => call.print(item)) : [call.print(value)]
    const length = texts.reduce((sum, text) => sum + text.length + call.text(0).length, 0)
    call.budget.spendText(length, call.line)
    return texts.join(call.text(0))
  }),
  until: fn(1, 1, (call) => {
    const count = call.count(0, 0, 100_000)
    call.budget.spend(count, call.line)
    return Array.from({ length: count }, (_, index) => index)
  }),
}
