import type { RefusedValue } from '#components/form/form-faults.ts'
import type { Problem } from '#lib/contract/problem.ts'
import { formatPath, parsePath } from '#lib/domain/form/form-path.ts'

/** The values of `config` that a problem speaks of, by their path inside it, and the lines about anything else. */
export function refusedValues(problem: Problem): { values: RefusedValue[]; others: string[] } {
  const values: RefusedValue[] = []
  const others: string[] = []
  for (const { path, detail, reason } of problem.errors ?? []) {
    const steps = parsePath(path)
    if (steps?.[0] === 'config') {
      values.push({ path: formatPath(steps.slice(1)), detail, ...(reason && { reason }) })
    } else others.push(path === '' ? detail : `${path}: ${detail}`)
  }
  return { values, others }
}
