import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { RE2JS } from 're2js'
import { isObject, own, ownString } from '../json.ts'

/** A compiled OpenAPI v3 schema of a resource, ready for pruning, defaulting and validation. */
export interface Schema {
  readonly type: string | undefined
  readonly format: string | undefined
  readonly nullable: boolean
  readonly intOrString: boolean
  /** Fields that the schema does not know are kept at this level. */
  readonly preserve: boolean
  /** A whole Kubernetes object: apiVersion, kind and metadata are kept. */
  readonly embedded: boolean
  /** The object's own apiVersion, kind and metadata are somebody else's business. */
  readonly properties: ReadonlyMap<string, Schema>
  readonly additional: Schema | undefined
  readonly items: Schema | undefined
  readonly required: readonly string[]
  readonly default: Json | undefined
  /** Whether this schema or one below has a default. */
  readonly hasDefaults: boolean
  readonly listType: string | undefined
  readonly listMapKeys: readonly string[]
  readonly limits: Limits
}

/** Rules for values, as written in the schema. */
export interface Limits {
  readonly enum: readonly Json[] | undefined
  readonly pattern: { source: string; matches(text: string): boolean } | undefined
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly exclusiveMinimum: boolean
  readonly exclusiveMaximum: boolean
  readonly multipleOf: number | undefined
  readonly minLength: number | undefined
  readonly maxLength: number | undefined
  readonly minItems: number | undefined
  readonly maxItems: number | undefined
  readonly minProperties: number | undefined
  readonly maxProperties: number | undefined
  readonly uniqueItems: boolean
  readonly allOf: readonly Schema[]
  readonly anyOf: readonly Schema[]
  readonly oneOf: readonly Schema[]
  readonly not: Schema | undefined
}

/**
 * Compiles a schema as a CustomResourceDefinition carries it. Patterns run on a linear engine; one that it can't take is
 * not enforced.
 */
export function compileSchema(raw: JsonObject): Schema {
  const properties = new Map<string, Schema>()
  const rawProperties = own(raw, 'properties')
  if (isObject(rawProperties))
    for (const [name, child] of Object.entries(rawProperties))
      if (isObject(child)) properties.set(name, compileSchema(child))
  const rawAdditional = own(raw, 'additionalProperties')
  const additional = isObject(rawAdditional) ? compileSchema(rawAdditional) : undefined
  const items = compileMember(raw, 'items')
  const fallback = own(raw, 'default')
  const children = [...properties.values(), additional, items]
  return {
    type: ownString(raw, 'type'),
    format: ownString(raw, 'format'),
    nullable: own(raw, 'nullable') === true,
    intOrString: own(raw, 'x-kubernetes-int-or-string') === true,
    preserve: own(raw, 'x-kubernetes-preserve-unknown-fields') === true || rawAdditional === true,
    embedded: own(raw, 'x-kubernetes-embedded-resource') === true,
    properties,
    additional,
    items,
    required: strings(own(raw, 'required')),
    default: fallback,
    hasDefaults: fallback !== undefined || children.some((child) => child?.hasDefaults === true),
    listType: ownString(raw, 'x-kubernetes-list-type'),
    listMapKeys: strings(own(raw, 'x-kubernetes-list-map-keys')),
    limits: compileLimits(raw),
  }
}

function compileLimits(raw: JsonObject): Limits {
  const choices = own(raw, 'enum')
  return {
    enum: Array.isArray(choices) ? choices : undefined,
    pattern: compilePattern(ownString(raw, 'pattern')),
    minimum: number(raw, 'minimum'),
    maximum: number(raw, 'maximum'),
    exclusiveMinimum: own(raw, 'exclusiveMinimum') === true,
    exclusiveMaximum: own(raw, 'exclusiveMaximum') === true,
    multipleOf: number(raw, 'multipleOf'),
    minLength: number(raw, 'minLength'),
    maxLength: number(raw, 'maxLength'),
    minItems: number(raw, 'minItems'),
    maxItems: number(raw, 'maxItems'),
    minProperties: number(raw, 'minProperties'),
    maxProperties: number(raw, 'maxProperties'),
    uniqueItems: own(raw, 'uniqueItems') === true,
    allOf: compileAll(raw, 'allOf'),
    anyOf: compileAll(raw, 'anyOf'),
    oneOf: compileAll(raw, 'oneOf'),
    not: compileMember(raw, 'not'),
  }
}

function compilePattern(source: string | undefined): Limits['pattern'] {
  if (source === undefined) return undefined
  try {
    const compiled = RE2JS.compile(source)
    return { source, matches: (text) => compiled.matcher(text).find() }
  } catch {
    return undefined
  }
}

function compileMember(raw: JsonObject, key: string): Schema | undefined {
  const member = own(raw, key)
  return isObject(member) ? compileSchema(member) : undefined
}

function compileAll(raw: JsonObject, key: string): Schema[] {
  const members = own(raw, key)
  return Array.isArray(members) ? members.filter(isObject).map(compileSchema) : []
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function number(raw: JsonObject, key: string): number | undefined {
  const value = own(raw, key)
  return typeof value === 'number' ? value : undefined
}
