import type { Json } from '#lib/kinds/object.ts'

/** What is wrong with one field; `detail` is the text without the field's path. */
export interface FieldError {
  readonly reason: string
  readonly field: string
  readonly detail: string
}

/** The error as it stands in a Status message. */
export function messageOf(error: FieldError): string {
  return `${error.field}: ${error.detail}`
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null'
  return JSON.stringify(value)
}

function withDetail(head: string, detail: string): string {
  return detail === '' ? head : `${head}: ${detail}`
}

export const required = (field: string, detail = ''): FieldError => ({
  reason: 'FieldValueRequired',
  field,
  detail: withDetail('Required value', detail),
})

export const invalidValue = (field: string, value: Json | undefined, detail: string): FieldError => ({
  reason: 'FieldValueInvalid',
  field,
  detail: withDetail(`Invalid value: ${shown(value)}`, detail),
})

export const wrongType = (field: string, value: Json, detail: string): FieldError => ({
  reason: 'FieldValueTypeInvalid',
  field,
  detail: withDetail(`Invalid value: ${shown(value)}`, detail),
})

export const notSupported = (field: string, value: Json, supported: readonly Json[]): FieldError => ({
  reason: 'FieldValueNotSupported',
  field,
  detail: `Unsupported value: ${shown(value)}: supported values: ${supported.map((item) => JSON.stringify(typeof item === 'string' ? item : JSON.stringify(item))).join(', ')}`,
})

export const tooLong = (field: string, limit: number): FieldError => ({
  reason: 'FieldValueTooLong',
  field,
  detail: `Too long: may not be more than ${limit} bytes`,
})

export const tooMany = (field: string, count: number, limit: number): FieldError => ({
  reason: 'FieldValueTooMany',
  field,
  detail: `Too many: ${count}: must have at most ${limit} items`,
})

export const duplicate = (field: string, value: Json): FieldError => ({
  reason: 'FieldValueDuplicate',
  field,
  detail: `Duplicate value: ${shown(value)}`,
})

export const forbiddenField = (field: string, detail: string): FieldError => ({
  reason: 'FieldValueForbidden',
  field,
  detail: withDetail('Forbidden', detail),
})
