import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ApiError } from '../api-error.ts'
import { decodeContinue, encodeContinue } from './continue-token.ts'

const part = fc.stringMatching(/^[a-z0-9][-.a-z0-9:]{0,20}$/)
const continuation = fc.record({
  revision: fc.nat(),
  namespace: part,
  name: part,
  left: fc.option(fc.nat(), { nil: undefined }),
})

test('a token says where to go on, in all namespaces and in one', () => {
  fc.assert(
    fc.property(continuation, (from) => {
      expect(decodeContinue(encodeContinue(from, ''), '', true)).toEqual(from)
      expect(decodeContinue(encodeContinue(from, from.namespace), from.namespace, true)).toEqual(from)
    }),
  )
})

test('a token of a cluster-scoped kind has no namespace', () => {
  fc.assert(
    fc.property(continuation, (from) => {
      const flat = { ...from, namespace: '' }
      expect(decodeContinue(encodeContinue(flat, ''), '', false)).toEqual(flat)
      expect(() => decodeContinue(encodeContinue(from, ''), '', false)).toThrow('another list')
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
          decodeContinue(token, '', true)
        } catch (error) {
          expect((error as ApiError).code).toBe(400)
        }
      },
    ),
  )
})
