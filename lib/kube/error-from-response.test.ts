import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorFromResponse, errorFromStatus, parseRetryAfter } from './error-from-response.ts'
import { KubeError } from './kube-error.ts'

describe('errorFromResponse', () => {
  test.each([
    [400, 'BadRequest', 'BadRequestError'],
    [401, 'Unauthorized', 'UnauthorizedError'],
    [403, 'Forbidden', 'ForbiddenError'],
    [404, 'NotFound', 'NotFoundError'],
    [405, 'MethodNotAllowed', 'BadRequestError'],
    [409, 'AlreadyExists', 'AlreadyExistsError'],
    [409, 'Conflict', 'ConflictError'],
    [410, 'Expired', 'ExpiredError'],
    [410, 'Gone', 'ExpiredError'],
    [413, 'RequestEntityTooLarge', 'TooLargeError'],
    [415, 'UnsupportedMediaType', 'BadRequestError'],
    [422, 'Invalid', 'InvalidError'],
    [429, 'TooManyRequests', 'TooManyRequestsError'],
    [500, 'InternalError', 'UnavailableError'],
    [503, 'ServiceUnavailable', 'UnavailableError'],
    [504, 'Timeout', 'UnavailableError'],
    [302, 'Found', 'UnavailableError'],
    [418, 'Teapot', 'KubeError'],
  ])('%i %s is a %s', (code, reason, name) => {
    const error = errorFromResponse(code, { kind: 'Status', reason, message: 'why' })
    expect(error).toMatchObject({ name, code, reason, message: 'why' })
  })

  test('takes over the causes with their fields', () => {
    const causes = [
      { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.version' },
      { message: 'no field' },
      'garbage',
    ]
    const error = errorFromResponse(422, { kind: 'Status', reason: 'Invalid', details: { causes } })
    expect(error.causes).toEqual([
      { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.version' },
      { reason: '', message: 'no field', field: '' },
    ])
  })

  test('knows how long to stay away from the header or from the body', () => {
    const body = { kind: 'Status', details: { retryAfterSeconds: 7 } }
    expect(errorFromResponse(429, body).retryAfterMs).toBe(7000)
    expect(errorFromResponse(429, body, '2').retryAfterMs).toBe(2000)
    expect(errorFromResponse(429, {}).retryAfterMs).toBeUndefined()
  })

  test('cuts out what looks like a credential', () => {
    const message = 'upstream got "Authorization: Bearer eyJhbGciOi.JIUzI1NiJ9.abc_-=" and refused'
    const causes = [{ message }]
    const error = errorFromResponse(400, { kind: 'Status', message, details: { causes } })
    expect(JSON.stringify([error.message, error.causes])).not.toContain('eyJ')
    expect(error.message).toBe('upstream got "Authorization: Bearer ***" and refused')
  })

  test('makes an error of any answer whatever', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), (code, body) => {
        const error = errorFromResponse(code, body)
        expect(error instanceof KubeError).toBe(true)
        expect(error.message).not.toBe('')
        expect(error.code).toBe(code)
      }),
    )
  })

  test('a Status in a stream brings its own code', () => {
    expect(errorFromStatus({ kind: 'Status', code: 410, reason: 'Expired' }).name).toBe('ExpiredError')
    expect(errorFromStatus(null).name).toBe('UnavailableError')
  })
})

test('Retry-After in seconds, as a date, or nonsense', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(parseRetryAfter('120', now)).toBe(120_000)
  expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000)
  expect(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0)
  expect(parseRetryAfter('soon', now)).toBeUndefined()
  expect(parseRetryAfter('', now)).toBeUndefined()
  expect(parseRetryAfter(undefined, now)).toBeUndefined()
})
