import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { matchesLabels, parseLabelSelector } from './label-selector.ts'

const key = fc.constantFrom('a', 'b', 'example.com/c', 'constructor')
const value: fc.Arbitrary<string> = fc.constantFrom('x', 'y', '1', '20', '')
const labels = fc.dictionary(key, value)
type Labels = Record<string, string>

const has = (all: Labels, name: string) => Object.hasOwn(all, name)
const space = fc.constantFrom('', ' ')

/** A requirement as text, and what it means. */
const requirement: fc.Arbitrary<{ text: string; holds: (all: Labels) => boolean }> = fc.oneof(
  fc.tuple(key, space, fc.constantFrom('=', '=='), space, value).map(([k, s, sign, t, v]) => ({
    text: `${k}${s}${sign}${t}${v}`,
    holds: (all: Labels) => has(all, k) && all[k] === v,
  })),
  fc.tuple(key, value).map(([k, v]) => ({
    text: `${k}!=${v}`,
    holds: (all: Labels) => !has(all, k) || all[k] !== v,
  })),
  fc.tuple(key, fc.array(value, { minLength: 1 }), space).map(([k, vs, s]) => ({
    text: `${k} in (${vs.join(`,${s}`)})`,
    holds: (all: Labels) => has(all, k) && vs.includes(all[k] ?? ''),
  })),
  fc.tuple(key, fc.array(value, { minLength: 1 })).map(([k, vs]) => ({
    text: `${k} notin (${vs.join(',')})`,
    holds: (all: Labels) => !has(all, k) || !vs.includes(all[k] ?? ''),
  })),
  key.map((k) => ({ text: k, holds: (all: Labels) => has(all, k) })),
  key.map((k) => ({ text: `!${k}`, holds: (all: Labels) => !has(all, k) })),
  fc.tuple(key, fc.integer({ min: -5, max: 30 })).map(([k, bound]) => ({
    text: `${k}>${bound}`,
    holds: (all: Labels) => /^-?\d+$/.test(all[k] ?? '') && has(all, k) && Number(all[k]) > bound,
  })),
)

test('a selector means what each of its parts means', () => {
  fc.assert(
    fc.property(fc.array(requirement, { maxLength: 4 }), labels, (parts, all) => {
      const selector = parseLabelSelector(parts.map(({ text }) => text).join(','))
      expect(matchesLabels(selector, all)).toBe(parts.every(({ holds }) => holds(all)))
    }),
  )
})

test('any text is a selector or a bad request', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseLabelSelector(text)
      } catch (error) {
        expect(error).toBeInstanceOf(ApiError)
        expect((error as ApiError).code).toBe(400)
      }
    }),
  )
})
