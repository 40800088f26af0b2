import type { Json, JsonObject } from '#lib/kinds/object.ts'

/** How a control is used: what it looks like to a person, not what the form calls it. */
export type ControlLook =
  | 'switch'
  | 'text'
  | 'password'
  | 'number'
  | 'select'
  | 'radio'
  | 'checks'
  | 'list'
  | 'picker'
  | 'pickers'
  | 'pairs'
  | 'nodeSelector'
  | 'tolerations'
  | 'resources'
  | 'rows'
  | 'yaml'

/** One thing that a person fills in, found by the words that stand there. */
export interface Answer {
  label: string
  /** Label of a group around it, where labels repeat. */
  group?: string
  as: ControlLook
  /** Choices by their label (`select`, `radio`, `checks`), all else as the configuration has it. */
  value: Json
  /** `rows` only: label and look of each field of a row, by its key; a text stands for a text field's label. */
  fields?: Record<string, string | Omit<Answer, 'value'>>
}

/** A value as it is typed. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function asObjects(value: Json): JsonObject[] {
  return value as JsonObject[]
}

/** Keys with their values, of an object or of a list of `{key, value}`. */
export function pairsOf(value: Json): [string, Json][] {
  return Array.isArray(value)
    ? asObjects(value).map(({ key, value: text }) => [asText(key), text ?? ''])
    : Object.entries(value as JsonObject)
}

/** Amounts by side and resource: `[side, resource, amount]`. */
export function amountsOf(value: Json): [string, string, string][] {
  return Object.entries(value as Record<string, Record<string, string>>).flatMap(([side, amounts]) =>
    Object.entries(amounts).map(([resource, amount]): [string, string, string] => [side, resource, amount]),
  )
}

/** What is to be filled in for one key of a row. */
export function fieldAnswer(key: string, value: Json, fields: Answer['fields']): Answer {
  const told = fields?.[key] ?? key
  return typeof told === 'string' ? { label: told, as: 'text', value } : { ...told, value }
}
