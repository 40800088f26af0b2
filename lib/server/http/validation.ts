import type { z } from 'zod'
import type { FieldProblem } from '#lib/contract/problem.ts'
import { RequestError } from './request-error.ts'

/**
 * A request's body, checked.
 * @throws RequestError invalid, with one entry for each wrong field
 */
export function validBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw new RequestError('invalid', 'some fields of the request are wrong', {
    errors: result.error.issues.flatMap(fieldProblems),
  })
}

/**
 * A request's query, checked; parameters that the schema doesn't know are ignored.
 * @throws RequestError bad-request, with one entry for each wrong parameter
 */
export function validQuery<T>(schema: z.ZodType<T>, query: URLSearchParams): T {
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>
  for (const [name, value] of query) (values[name] ??= []).push(value)
  const result = schema.safeParse(values)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap(fieldProblems)
  const names = [...new Set(errors.map(({ path }) => path.split('.', 1)[0]))].join(', ')
  throw new RequestError('bad-request', `wrong query parameter: ${names}`, { errors })
}

const CODES: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  too_small: 'minimum',
  too_big: 'maximum',
  invalid_value: 'enum',
  invalid_format: 'pattern',
  invalid_type: 'type',
}

function fieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: path === '' ? key : `${path}.${key}`,
      code: 'unknown',
      detail: 'no such field',
    }))
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
  return [{ path, code: missing ? 'required' : (CODES[issue.code] ?? 'type'), detail: issue.message }]
}
