import type { Json, JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import {
  duplicate,
  invalidValue,
  notSupported,
  required,
  tooLong,
  tooMany,
  wrongType,
} from '../field-error.ts'
import { equalJson, isObject, own } from '../json.ts'
import { fitsFormat, fitsIntegerFormat } from './formats.ts'
import type { Schema } from './structural.ts'

/**
 * Checks a value against a schema, with the texts of the Kubernetes API server.
 * @param path where the value is, like `spec.items[0]`; empty for a whole object
 * @returns the errors, in order of the schema
 */
export function validate(value: Json, schema: Schema, path = ''): FieldError[] {
  const errors: FieldError[] = []
  check(value, schema, path, errors)
  return errors
}

const body = (path: string, text: string) => `${path === '' ? '""' : path} in body ${text}`

function check(value: Json, schema: Schema, path: string, errors: FieldError[]): void {
  if (value === null && schema.nullable) return
  if (!hasType(value, schema)) {
    const found = typeName(value)
    const wanted = schema.intOrString ? 'integer,string' : (schema.type ?? '')
    errors.push(wrongType(path, found, body(path, `must be of type ${wanted}: "${found}"`)))
    return
  }
  if (typeof value === 'string') checkString(value, schema, path, errors)
  else if (typeof value === 'number') checkNumber(value, schema, path, errors)
  else if (Array.isArray(value)) checkArray(value, schema, path, errors)
  else if (isObject(value)) checkObject(value, schema, path, errors)
  const { limits } = schema
  if (limits.enum !== undefined && !limits.enum.some((choice) => equalJson(choice, value)))
    errors.push(notSupported(path, value, limits.enum))
  checkCombinations(value, schema, path, errors)
}

/** Larger ones than Go's int64 are numbers to a real server. */
function isInteger(value: Json): boolean {
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** 63
}

function hasType(value: Json, schema: Schema): boolean {
  if (schema.intOrString) return typeof value === 'string' || Number.isInteger(value)
  switch (schema.type) {
    case undefined:
    case '':
      return true
    case 'integer':
      return isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    default:
      return typeof value === schema.type
  }
}

function typeName(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return isInteger(value) ? 'integer' : typeof value
}

function checkString(value: string, schema: Schema, path: string, errors: FieldError[]): void {
  const { minLength, maxLength, pattern } = schema.limits
  const length = minLength === undefined && maxLength === undefined ? 0 : Array.from(value).length
  if (maxLength !== undefined && length > maxLength) errors.push(tooLong(path, maxLength))
  if (minLength !== undefined && length < minLength)
    errors.push(invalidValue(path, value, body(path, `should be at least ${minLength} chars long`)))
  if (pattern !== undefined && !pattern.matches(value))
    errors.push(invalidValue(path, value, body(path, `should match '${pattern.source}'`)))
  if (schema.format !== undefined && schema.type === 'string' && !fitsFormat(schema.format, value))
    errors.push(
      wrongType(path, value, body(path, `must be of type ${schema.format}: ${JSON.stringify(value)}`)),
    )
}

function checkNumber(value: number, schema: Schema, path: string, errors: FieldError[]): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema.limits
  const fail = (text: string) => errors.push(invalidValue(path, value, body(path, text)))
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum))
    fail(`should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`)
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum))
    fail(`should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`)
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
    fail(`should be a multiple of ${multipleOf}`)
  if (schema.type === 'integer' && !fitsIntegerFormat(schema.format, value))
    fail(`must be of type ${schema.format ?? ''}`)
}

function checkArray(value: Json[], schema: Schema, path: string, errors: FieldError[]): void {
  const { minItems, maxItems, uniqueItems } = schema.limits
  if (maxItems !== undefined && value.length > maxItems) errors.push(tooMany(path, value.length, maxItems))
  if (minItems !== undefined && value.length < minItems)
    errors.push(invalidValue(path, value.length, body(path, `should have at least ${minItems} items`)))
  if (uniqueItems && hasDuplicate(value))
    errors.push(invalidValue(path, value, body(path, "shouldn't contain duplicates")))
  const { items } = schema
  if (items !== undefined) value.forEach((item, index) => check(item, items, `${path}[${index}]`, errors))
  if (schema.listType === 'set' || schema.listType === 'map') checkKeys(value, schema, path, errors)
}

/** In a set no value, in a map no combination of keys may occur twice. */
function checkKeys(value: Json[], schema: Schema, path: string, errors: FieldError[]): void {
  const seen = new Set<string>()
  value.forEach((item, index) => {
    const key =
      schema.listType === 'set' || !isObject(item)
        ? item
        : Object.fromEntries(schema.listMapKeys.map((name) => [name, own(item, name) ?? null]))
    const id = JSON.stringify(key)
    if (seen.has(id)) errors.push(duplicate(`${path}[${index}]`, key))
    seen.add(id)
  })
}

function hasDuplicate(value: Json[]): boolean {
  return new Set(value.map((item) => JSON.stringify(item))).size < value.length
}

function checkObject(value: JsonObject, schema: Schema, path: string, errors: FieldError[]): void {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  for (const name of schema.required) if (!Object.hasOwn(value, name)) errors.push(required(at(name)))
  const { minProperties, maxProperties } = schema.limits
  const keys = Object.keys(value)
  if (maxProperties !== undefined && keys.length > maxProperties)
    errors.push(tooMany(path, keys.length, maxProperties))
  if (minProperties !== undefined && keys.length < minProperties)
    errors.push(invalidValue(path, value, body(path, `should have at least ${minProperties} properties`)))
  for (const name of keys) {
    const child = schema.properties.get(name) ?? schema.additional
    if (child !== undefined) check(value[name] as Json, child, at(name), errors)
  }
}

function checkCombinations(value: Json, schema: Schema, path: string, errors: FieldError[]): void {
  const { allOf, anyOf, oneOf, not } = schema.limits
  const fits = (candidate: Schema) => validate(value, candidate, path).length === 0
  const fail = (text: string) =>
    errors.push(invalidValue(path, value, body(path, text).replace(' in body', '')))
  if (allOf.length > 0) for (const part of allOf) errors.push(...validate(value, part, path))
  if (anyOf.length > 0 && !schema.intOrString && !anyOf.some(fits))
    fail('must validate at least one schema (anyOf)')
  if (oneOf.length > 0) {
    const count = oneOf.filter(fits).length
    if (count !== 1)
      fail(
        `must validate one and only one schema (oneOf). Found ${count === 0 ? 'none' : count} valid${count === 0 ? '' : ' alternatives'}`,
      )
  }
  if (not !== undefined && fits(not)) fail('must not validate the schema (not)')
}
