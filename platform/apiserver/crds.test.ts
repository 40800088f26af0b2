import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import type { JsonObject } from '#lib/kinds/object.ts'
import { isObject, own, ownObject } from './json.ts'
import { kindsOf } from './kinds/custom-kinds.ts'
import { structuralErrors } from './schema/structural-errors.ts'

// Other work on the machine only makes it slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const FOLDER = fileURLToPath(new URL('../../crds/', import.meta.url))
const definitions = readdirSync(FOLDER).map((file) => ({
  file,
  definition: parse(readFileSync(FOLDER + file, 'utf8')) as JsonObject,
}))

/** Fields that administrators read or write, and that no text explains. */
function undescribed(schema: JsonObject, path: string): string[] {
  const properties = ownObject(schema, 'properties') ?? {}
  return Object.entries(properties).flatMap(([name, child]) =>
    isObject(child) && own(child, 'description') === undefined && name !== 'metadata'
      ? [`${path}.${name}`]
      : [],
  )
}

describe.each(definitions)('$file', ({ file, definition }) => {
  const kinds = kindsOf(definition)

  test('is named after its kind, and its schema is structural', () => {
    expect(kinds.length).toBe(1)
    for (const { plural, group, rawSchema } of kinds) {
      expect(file).toBe(`${plural}.${group}.yaml`)
      expect(ownObject(definition, 'metadata')?.['name']).toBe(`${plural}.${group}`)
      expect(structuralErrors(rawSchema, 'schema')).toEqual([])
    }
  })

  test('has a status subresource, and explains its first two levels', () => {
    for (const { hasStatus, rawSchema, plural } of kinds) {
      expect(hasStatus).toBe(true)
      expect(undescribed(rawSchema, '')).toEqual([])
      // A Cluster has dozens of fields that only whoever installs machines needs.
      const properties = ownObject(rawSchema, 'properties')
      if (plural !== 'clusters') expect(undescribed(ownObject(properties, 'spec') ?? {}, 'spec')).toEqual([])
    }
  })
})

test('an installation prints its own columns', () => {
  const found = definitions
    .flatMap(({ definition }) => kindsOf(definition))
    .find(({ kind }) => kind === 'ModuleInfo')
  const object: JsonObject = {
    metadata: {
      name: 'global-1',
      labels: { 'cpaas.io/cluster-name': 'global', 'cpaas.io/module-name': 'web-cli' },
      annotations: { 'cpaas.io/display-name': 'Web Terminal' },
    },
    spec: { version: 'v4.0.3' },
    status: {
      phase: 'Running',
      version: 'v4.0.3',
      availableVersions: [{ version: 'v4.0.4' }, { version: 'v4.0.3' }],
    },
  }
  expect(found?.columns.map(({ name, cell }) => [name, cell(object, 0)])).toEqual([
    ['Name', 'global-1'],
    ['Cluster', 'global'],
    ['Module', 'web-cli'],
    ['Display_Name', 'Web Terminal'],
    ['Status', 'Running'],
    ['Target_Version', 'v4.0.3'],
    ['Current_Version', 'v4.0.3'],
    ['New_Version', 'v4.0.4'],
  ])
})
