import type { ModuleInfoSpec } from '#lib/kinds/module-info.ts'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { schemaAt } from './form/schema-ref.ts'

const DEEPEST = 32
/** Schemas that are read behind references: those can repeat what they lead to without end. */
const MOST_REPEATED = 5000

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a ModuleConfig's `config` is a JSON Schema rather than values: `type: object` with `properties`. */
export function isConfigSchema(config: JsonObject | undefined): boolean {
  return config?.['type'] === 'object' && isObject(config['properties'])
}

/** Finds the defaults of a JSON Schema, behind its references too. */
class SchemaDefaults {
  readonly #root: JsonObject
  /** What is being followed: a schema that refers to itself would have defaults without end. */
  readonly #open = new Set<Json>()
  #left = MOST_REPEATED

  constructor(root: JsonObject) {
    this.#root = root
  }

  /** Undefined where a schema names none. */
  of(schema: JsonObject, depth = 0): Json | undefined {
    const ref = schema['$ref']
    if (typeof ref !== 'string') return this.#plain(schema, depth)
    const target = schemaAt(this.#root, ref)
    if (!isObject(target) || this.#open.has(target) || this.#left-- <= 0) return schema['default']
    const { $ref: _followed, ...beside } = schema
    this.#open.add(target)
    const found = this.of({ ...target, ...beside }, depth)
    this.#open.delete(target)
    return found
  }

  #plain(schema: JsonObject, depth: number): Json | undefined {
    const own = Object.hasOwn(schema, 'default') ? schema['default'] : undefined
    const properties = schema['properties']
    if (!isObject(properties) || depth > DEEPEST || (own !== undefined && !isObject(own))) return own
    if (this.#open.size > 0) this.#left -= Object.keys(properties).length
    if (this.#left < 0) return own
    const entries = Object.entries(properties).flatMap(([key, property]) => {
      if (own !== undefined && Object.hasOwn(own, key)) return []
      const value = isObject(property) ? this.of(property, depth + 1) : undefined
      return value === undefined ? [] : [[key, value] as const]
    })
    if (own === undefined && entries.length === 0) return undefined
    return Object.fromEntries([...Object.entries(own ?? {}), ...entries])
  }
}

/**
 * The configuration that an installation runs with: its own, whole, when it has one (nothing is merged in, explicit
 * nulls stay), else the version's defaults, taken out of the schema where `config` is one.
 */
export function effectiveConfig(
  defaults: JsonObject | undefined,
  spec: Pick<ModuleInfoSpec, 'config'>,
): JsonObject {
  if (spec.config !== undefined && spec.config !== null) return spec.config
  if (defaults === undefined) return {}
  if (!isConfigSchema(defaults)) return defaults
  const value = new SchemaDefaults(defaults).of(defaults)
  return isObject(value) ? value : {}
}
