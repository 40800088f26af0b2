import type { JsonObject } from '#lib/kinds/object.ts'
import { isScalar, parseAllDocuments, visit, type Document } from 'yaml'
import { PackageError } from './package-error.ts'

/** Aliases may repeat what they name, within reason: nodes and text of the expanded documents. */
const MAX_ALIASES = 100
const MAX_NODES = 200_000
const MAX_TEXT = 16 * 1024 * 1024
const MAX_DEPTH = 64
const MAX_DOCUMENTS = 500

const FORBIDDEN_KEYS = new Set(['__proto__', 'prototype', 'constructor'])

/**
 * The objects of a stranger's multi-document YAML file as plain JSON; empty documents are left out.
 * Takes YAML 1.2 without merge keys, custom tags, prototype keys and values that JSON can't hold.
 * @param entry path of the file, for messages
 * @throws PackageError one of the `yaml-…` codes
 */
export function loadYamlObjects(text: string, entry: string): JsonObject[] {
  const separators = text.match(/^---/gm)?.length ?? 0
  if (separators > MAX_DOCUMENTS) throw tooManyDocuments(entry)
  try {
    // Uniqueness is checked below: the library's own check is quadratic.
    const documents = parseAllDocuments(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: true,
      logLevel: 'silent',
    })
    if (!Array.isArray(documents)) return []
    if (documents.length > MAX_DOCUMENTS) throw tooManyDocuments(entry)
    const budget = { nodes: MAX_NODES, text: MAX_TEXT }
    return documents.flatMap((document) => {
      checkDocument(document, entry)
      const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
      if (value === null || value === undefined) return []
      if (typeof value !== 'object' || Array.isArray(value))
        throw new PackageError('yaml-invalid', `${entry} holds a document that is not an object`, { entry })
      checkValue(value, entry, budget, 0)
      return [value as JsonObject]
    })
  } catch (error) {
    if (error instanceof PackageError) throw error
    if (error instanceof RangeError)
      throw new PackageError('yaml-too-deep', `${entry} is nested too deeply`, { entry, cause: error })
    if (error instanceof ReferenceError && error.message.startsWith('Excessive'))
      throw new PackageError('yaml-expansion', `${entry} repeats itself too often through aliases`, {
        entry,
        cause: error,
      })
    if (error instanceof ReferenceError)
      throw new PackageError('yaml-invalid', `${entry} is not valid YAML: ${firstLine(error.message)}`, {
        entry,
      })
    throw error
  }
}

function tooManyDocuments(entry: string): PackageError {
  const message = `${entry} has more than ${MAX_DOCUMENTS} documents`
  return new PackageError('yaml-expansion', message, { entry, limit: MAX_DOCUMENTS })
}

function checkDocument(document: Document, entry: string): void {
  const [error] = document.errors
  if (error !== undefined)
    throw new PackageError('yaml-invalid', `${entry} is not valid YAML: ${firstLine(error.message)}`, {
      entry,
    })
  // An unknown tag on a list or an object is dropped with a warning, and the value taken for a plain one.
  const dropped = document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED')
  if (dropped !== undefined)
    throw new PackageError(
      'yaml-tag',
      `${entry} uses a tag that is not allowed: ${firstLine(dropped.message)}`,
      { entry },
    )
  visit(document, {
    Map(_key, map) {
      const keys = new Set<string>()
      for (const pair of map.items) {
        if (!isScalar(pair.key))
          throw new PackageError('yaml-key', `${entry} has a key that is not plain text`, { entry })
        const key = String(pair.key.value)
        if (FORBIDDEN_KEYS.has(key) || key === '<<')
          throw new PackageError('yaml-key', `${entry} uses the key '${key}', which is not allowed`, {
            entry,
          })
        if (keys.has(key))
          throw new PackageError(
            'yaml-key',
            `${entry} has the key '${key.slice(0, 80)}' twice in one object`,
            { entry },
          )
        keys.add(key)
      }
    },
  })
}

/** Walks the expanded value: shared parts count as often as they occur, so an explosion runs out of budget. */
function checkValue(
  value: unknown,
  entry: string,
  budget: { nodes: number; text: number },
  depth: number,
): void {
  budget.nodes -= 1
  if (depth > MAX_DEPTH)
    throw new PackageError('yaml-too-deep', `${entry} is nested more than ${MAX_DEPTH} deep`, {
      entry,
      limit: MAX_DEPTH,
    })
  if (typeof value === 'string') budget.text -= value.length
  if (budget.nodes < 0 || budget.text < 0)
    throw new PackageError('yaml-expansion', `${entry} holds too much`, { entry, limit: MAX_NODES })
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new PackageError('yaml-value', `${entry} holds a number that JSON does not have`, { entry })
  if (Array.isArray(value)) for (const item of value) checkValue(item, entry, budget, depth + 1)
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      budget.text -= key.length
      checkValue(item, entry, budget, depth + 1)
    }
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/:$/, '').slice(0, 300)
}
