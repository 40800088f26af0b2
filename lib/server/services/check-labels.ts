import type { FieldProblem } from '#lib/contract/problem.ts'
import { LABEL } from '#lib/kinds/labels.ts'

const KEY = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/
const VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/

/** Labels that mean something to the platform and follow from the rest of the request. */
const RESERVED: readonly string[] = [
  LABEL.clusterName,
  LABEL.moduleName,
  LABEL.moduleType,
  LABEL.createdBy,
  LABEL.updatedBy,
  LABEL.deletedBy,
]

/** What is wrong with additional labels: their form, or that they are not the caller's to set. */
export function labelProblems(labels: Readonly<Record<string, string>> | undefined): FieldProblem[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]): FieldProblem[] => {
    const path = `labels.${key}`
    if (RESERVED.includes(key)) return [{ path, code: 'reserved', detail: 'The platform sets this label' }]
    if (!KEY.test(key)) return [{ path, code: 'pattern', detail: 'Not a valid label' }]
    return VALUE.test(value) ? [] : [{ path, code: 'pattern', detail: 'Not a valid label value' }]
  })
}
