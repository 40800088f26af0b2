import type { ModuleInfoSpec } from '#lib/kinds/module-info.ts'
import type { Json, JsonObject } from '#lib/kinds/object.ts'

const DEEPEST = 32

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a ModuleConfig's `config` is a JSON Schema rather than values: `type: object` with `properties`. */
export function isConfigSchema(config: JsonObject | undefined): boolean {
  return config?.['type'] === 'object' && isObject(config['properties'])
}

/** The defaults of a JSON Schema; undefined where it names none. */
function schemaDefault(schema: JsonObject, depth: number): Json | undefined {
  const own = Object.hasOwn(schema, 'default') ? schema['default'] : undefined
  const properties = schema['properties']
  if (!isObject(properties) || depth > DEEPEST || (own !== undefined && !isObject(own))) return own
  const entries = Object.entries(properties).flatMap(([key, property]) => {
    if (own !== undefined && Object.hasOwn(own, key)) return []
    const value = isObject(property) ? schemaDefault(property, depth + 1) : undefined
    return value === undefined ? [] : [[key, value] as const]
  })
  if (own === undefined && entries.length === 0) return undefined
  return Object.fromEntries([...Object.entries(own ?? {}), ...entries])
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
  const value = schemaDefault(defaults, 0)
  return isObject(value) ? value : {}
}
