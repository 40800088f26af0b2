import { stringify } from 'yaml'
import type { Json } from '#lib/kinds/object.ts'
import { parseYaml } from '../../parse-yaml.ts'
import { fn } from '../template-function.ts'
import type { Call, TemplateFunction } from '../template-function.ts'
import { isMap, kindName } from '../value.ts'

function whole(call: Call): Json {
  const value = call.value(0)
  call.budget.spendValue(value, call.line)
  return value
}

function toYaml(call: Call): string {
  return stringify(whole(call), { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true }).replace(
    /\n$/,
    '',
  )
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isMap(value)) return value
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]))
}

/** A text read as YAML or JSON. Aliases are few, so that no text unfolds into a giant. */
function fromText(call: Call, read: (text: string) => unknown): Json {
  const text = call.text(0)
  call.budget.spend(text.length, call.line)
  let value: Json
  try {
    value = (read(text) ?? null) as Json
  } catch {
    return call.fail('the text cannot be read')
  }
  call.budget.spendValue(value, call.line)
  return value
}

export const CONVERSION: Readonly<Record<string, TemplateFunction>> = {
  toYaml: fn(1, 1, toYaml),
  toJson: fn(1, 1, (call) => JSON.stringify(sortKeys(whole(call)))),
  toPrettyJson: fn(1, 1, (call) => JSON.stringify(sortKeys(whole(call)), null, 2)),
  fromYaml: fn(1, 1, (call) => fromText(call, (text) => parseYaml(text, 20))),
  fromJson: fn(1, 1, (call) => fromText(call, JSON.parse)),
  kindOf: fn(1, 1, (call) => kindName(call.value(0))),
  typeOf: fn(1, 1, (call) => kindName(call.value(0))),
  kindIs: fn(2, 2, (call) => kindName(call.value(1)) === call.text(0)),
}
