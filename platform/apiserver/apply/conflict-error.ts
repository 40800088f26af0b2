import { ApiError } from '../api-error.ts'
import { showPath } from './field-set.ts'
import type { Manager } from './managers.ts'
import { identityOf } from './managers.ts'
import type { FieldConflict } from './ownership.ts'

/** The answer to a configuration that sets fields of other managers. */
export function applyConflict(conflicts: readonly FieldConflict[]): ApiError {
  const causes = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${shown(manager)}`,
    field: showPath(path),
  }))
  return new ApiError(409, 'Conflict', messageOf(conflicts), { causes })
}

function messageOf(conflicts: readonly FieldConflict[]): string {
  const [first] = conflicts
  if (first !== undefined && conflicts.length === 1)
    return `Apply failed with 1 conflict: conflict with ${shown(first.manager)}: ${showPath(first.path)}`
  const byManager = Map.groupBy(conflicts, ({ manager }) => identityOf(manager))
  const lines = [...byManager]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => [
      ...own.slice(0, 1).map(({ manager }) => `conflicts with ${shown(manager)}:`),
      ...own.map(({ path }) => `- ${showPath(path)}`),
    ])
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`
}

function shown({ name, subresource, operation, apiVersion }: Manager): string {
  const head = JSON.stringify(name)
  const part = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`
  return `${head}${part}${operation === 'Update' ? ` using ${apiVersion}` : ''}`
}
