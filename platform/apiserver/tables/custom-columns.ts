import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject, own, ownString } from '../json.ts'
import type { Column } from '../kinds/resource-info.ts'
import { AGE, NAME, ageOf } from './column-kit.ts'
import { compileJsonPath, evaluateJsonPath } from './json-path.ts'

const TYPES = new Set(['string', 'integer', 'number', 'boolean', 'date'])

/** The columns of a custom kind: its name, then its `additionalPrinterColumns`, or the age when it has none. */
export function customColumns(definitions: Json | undefined): readonly Column[] {
  const columns = Array.isArray(definitions) ? definitions.filter(isObject) : []
  return [NAME, ...(columns.length === 0 ? [AGE] : columns.map(customColumn))]
}

function customColumn(definition: JsonObject): Column {
  const type = ownString(definition, 'type') ?? 'string'
  const path = compileJsonPath(ownString(definition, 'jsonPath') ?? '')
  const columnType = (TYPES.has(type) ? type : 'string') as Column['type']
  return {
    name: ownString(definition, 'name') ?? '',
    type: columnType,
    format: ownString(definition, 'format') ?? '',
    description: ownString(definition, 'description') ?? '',
    priority: Number(own(definition, 'priority') ?? 0),
    cell: (object, now) => cellOf(columnType, evaluateJsonPath(path, object), now),
  }
}

/** The value as a table carries it: null where it is missing or has another type. */
function cellOf(type: Column['type'], found: Json[], now: number): string | number | boolean | null {
  const [value] = found
  if (value === undefined || value === null) return null
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null
    case 'number':
      return typeof value === 'number' ? value : null
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'date':
      return typeof value === 'string' ? ageOf(value, now) : null
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}
