import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseArtifactList, parseArtifactReference } from './artifact-list.ts'
import { PackageError } from './package-error.ts'

test('comments, blank lines, line ends and repetitions', () => {
  const text =
    '\uFEFF# images\r\nait/chart-a:v1.0.0\r\n\r\n  ait/b:1.0-x_y  # note\n#c:d\nait/chart-a:v1.0.0\n'
  expect(parseArtifactList(text, 10)).toEqual([
    { repository: 'ait/chart-a', tag: 'v1.0.0' },
    { repository: 'ait/b', tag: '1.0-x_y' },
  ])
  expect(parseArtifactList('', 10)).toEqual([])
})

test.each([
  'ait/a',
  ':v1',
  'a:',
  'Ait/a:v1',
  'a b:v1',
  '../a:v1',
  'a//b:v1',
  'host:5000/a:v1',
  'a:v1@sha256:0',
  `${'a'.repeat(256)}:v1`,
])('%s is no reference', (line) => {
  expect(parseArtifactReference(line)).toBeUndefined()
  expect(() => parseArtifactList(`ok/a:v1\n${line}`, 10)).toThrow('Line 2 of res/artifacts.txt')
})

test('the number of artifacts is limited', () => {
  expect(() => parseArtifactList('a:1\nb:1\nc:1', 2)).toThrow('more than 2')
})

test('what is parsed can be written and parsed again; nothing else than PackageError is thrown', () => {
  const line = fc.oneof(
    fc.stringMatching(/^[a-z]{1,3}(\/[a-z0-9]{1,3}){0,2}:[A-Za-z0-9_][A-Za-z0-9._-]{0,5}$/),
    fc.constantFrom('', '# x', ' '),
    fc.string({ maxLength: 20 }),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      try {
        const list = parseArtifactList(lines.join('\n'), 100)
        const text = list.map(({ repository, tag }) => `${repository}:${tag}`).join('\n')
        expect(parseArtifactList(text, 100)).toEqual(list)
      } catch (error) {
        expect(error).toBeInstanceOf(PackageError)
      }
    }),
  )
})

test('a hostile line takes linear time', () => {
  for (const text of [
    `${'a-'.repeat(500_000)}!`,
    ' '.repeat(1_000_000),
    'a_'.repeat(500_000),
    `x${' #'.repeat(400_000)}`,
  ])
    expect(() => parseArtifactList(`${text}:`, 10)).toThrow(PackageError)
})
