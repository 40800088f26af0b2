import type { z } from 'zod'
import type { FieldProblem } from '#lib/contract/problem.ts'
import { RequestError } from './request-error.ts'

/**
 * A request's body, checked; nothing without a schema.
 * @throws RequestError invalid, with one entry for each wrong field
 */
export function validBody<T>(schema: z.ZodType<T> | undefined, body: unknown): T {
  const result = schema?.safeParse(body)
  if (result === undefined) return undefined as T
  if (result.success) return result.data
  throw new RequestError('invalid', 'some fields of the request are wrong', {
    errors: result.error.issues.flatMap(fieldProblems),
  })
}

/**
 * A request's query, checked: each parameter is a list of texts. Those that the schema doesn't know are ignored.
 * @throws RequestError bad-request, with one entry for each wrong parameter
 */
export function validQuery<T>(schema: z.ZodType<T> | undefined, query: URLSearchParams): T {
  const result = schema?.safeParse(listsOf(query))
  if (result === undefined) return undefined as T
  if (result.success) return result.data
  const errors = result.error.issues.flatMap(fieldProblems)
  const names = [...new Set(errors.map(({ path }) => path.split('.', 1)[0]))].join(', ')
  throw new RequestError('bad-request', `wrong query parameter: ${names}`, { errors })
}

/**
 * The parameters of a path, checked.
 * @throws RequestError not-found: no object can have such a name
 */
export function validParams<T>(schema: z.ZodType<T> | undefined, params: unknown): T {
  const result = schema?.safeParse(params)
  if (result === undefined) return undefined as T
  if (result.success) return result.data
  throw new RequestError('not-found', 'no such path')
}

function listsOf(query: URLSearchParams): Record<string, string[]> {
  const lists = Object.create(null) as Record<string, string[]>
  for (const [name, value] of query) (lists[name] ??= []).push(value)
  return lists
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
