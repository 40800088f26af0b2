import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ApiError } from '../api-error.ts'
import { decodeContinue, encodeContinue } from './continue-token.ts'

test('a token says where to go on', () => {
  const continuation = fc.record({
    revision: fc.nat(),
    namespace: fc.string(),
    name: fc.string(),
    left: fc.option(fc.nat(), { nil: undefined }),
  })
  fc.assert(
    fc.property(continuation, (from) => {
      expect(decodeContinue(encodeContinue(from))).toEqual(from)
    }),
  )
})

test('a forged one is a bad request', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
      ),
      (token) => {
        try {
          decodeContinue(token)
        } catch (error) {
          expect((error as ApiError).code).toBe(400)
        }
      },
    ),
  )
})
