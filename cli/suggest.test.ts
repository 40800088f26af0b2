import { expect, test } from 'vitest'
import { suggest } from './suggest.ts'

const COMMANDS = ['create', 'package', 'show', 'verify', 'push', 'list', 'gc', 'completion']

test.each([
  ['shwo', 'show'],
  ['psuh', 'push'],
  ['verfy', 'verify'],
  ['comp', 'completion'],
  ['lists', 'list'],
  ['xyzzy', undefined],
  ['delete', undefined],
  ['', undefined],
  ['p'.repeat(10_000), undefined],
])('%.20s means %s', (word, meant) => expect(suggest(word, COMMANDS)).toBe(meant))
