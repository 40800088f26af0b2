import { apiVersionOf } from '#lib/kinds/object.ts'
import type { Resource } from '#lib/kinds/object.ts'
import type { TablePage, TableRow } from './kube-client.ts'
import { UnavailableError } from './kube-error.ts'
import { isNamed, isRecord } from './parse-object.ts'

const MAX_COLUMNS = 40
const MAX_CELL = 200

/**
 * An answer that should be a table of a kind's objects. A server that knows no tables for the kind answers with a list:
 * its objects become rows without columns. Of the metadata only name, namespace, labels and age are kept: annotations
 * may repeat the whole object, a Secret's data included.
 * @throws UnavailableError when it is neither
 */
export function parseTable(answer: unknown, resource: Resource): TablePage {
  if (!isRecord(answer) || !isRecord(answer['metadata'])) throw notKubernetes(resource)
  const next = answer['metadata']['continue']
  const more = typeof next === 'string' && next !== '' ? { continue: next } : {}
  if (answer['kind'] !== 'Table') {
    if (!Array.isArray(answer['items'])) throw notKubernetes(resource)
    return { columns: [], rows: rowsOf(answer['items'], () => []), ...more }
  }
  const definitions = listOf(answer['columnDefinitions']).slice(0, MAX_COLUMNS)
  const columns = definitions.map((column) => ({
    name: isRecord(column) ? textOf(column['name']) : '',
    priority: isRecord(column) && typeof column['priority'] === 'number' ? column['priority'] : 0,
  }))
  const cellsOf = (row: unknown): string[] => {
    const cells = isRecord(row) ? listOf(row['cells']) : []
    return columns.map((_, index) => textOf(cells[index]))
  }
  return { columns, rows: rowsOf(listOf(answer['rows']), cellsOf), ...more }
}

function rowsOf(entries: readonly unknown[], cellsOf: (entry: unknown) => string[]): TableRow[] {
  return entries.flatMap((entry) => {
    const object = isRecord(entry) && 'object' in entry ? entry['object'] : entry
    if (!isNamed(object)) return []
    const { name, namespace, labels, creationTimestamp } = object['metadata'] as Record<string, unknown>
    return {
      name: String(name),
      namespace: textOf(namespace),
      labels: isRecord(labels) ? labels : {},
      createdAt: textOf(creationTimestamp),
      cells: cellsOf(entry),
    }
  })
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, MAX_CELL)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function notKubernetes(resource: Resource): UnavailableError {
  return new UnavailableError(`the answer is no table of ${apiVersionOf(resource)} ${resource.plural}`, {
    code: 503,
    reason: 'BadAnswer',
  })
}
