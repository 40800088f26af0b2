import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#lib/kinds/object.ts'
import { compileJsonPath, evaluateJsonPath } from './json-path.ts'

const find = (path: string, value: Json) => evaluateJsonPath(compileJsonPath(path), value)
const escape = (key: string) => key.replaceAll(/[.[\]\\]/g, String.raw`\$&`)

describe('evaluateJsonPath', () => {
  test('finds what stands under any keys, dots and brackets in them escaped', () => {
    const key = fc.string({ minLength: 1 }).filter((text) => text !== '*')
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), fc.jsonValue(), (keys, leaf) => {
        const document = keys.reduceRight<Json>((inner, name) => ({ [name]: inner }), leaf as Json)
        const shown = JSON.parse(JSON.stringify(document)) as Json
        expect(find(keys.map((name) => `.${escape(name)}`).join(''), shown)).toEqual([
          JSON.parse(JSON.stringify(leaf)),
        ])
      }),
    )
  })

  const document = {
    metadata: { labels: { 'cpaas.io/cluster-name': 'global' } },
    status: {
      availableVersions: [{ version: 'v2' }, { version: 'v1' }],
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Other', status: 'False' },
      ],
    },
  }
  test.each<[string, Json[]]>([
    [String.raw`.metadata.labels.cpaas\.io/cluster-name`, ['global']],
    [`.metadata.labels['cpaas.io/cluster-name']`, ['global']],
    ['.status.availableVersions[0].version', ['v2']],
    ['.status.availableVersions[-1].version', ['v1']],
    ['.status.availableVersions[*].version', ['v2', 'v1']],
    ['{.status.availableVersions[1].version}', ['v1']],
    ['.status.conditions[?(@.type=="Ready")].status', ['True']],
    ['.status.conditions[?(@.type=="None")].status', []],
    ['.status.nothing.at.all', []],
    ['.status.availableVersions[9].version', []],
    ['.constructor', []],
    ['.__proto__.toString', []],
  ])('%s', (path, found) => {
    expect(find(path, document)).toEqual(found)
  })
})

describe('compileJsonPath', () => {
  test('any text is a path or a syntax error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          compileJsonPath(text)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
    )
  })
})
