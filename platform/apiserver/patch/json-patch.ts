import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { cloneJson, equalJson, isObject, own, ownString, setOwn } from '../json.ts'

/** Why a JSON patch can't be applied to this document. */
export class PatchError extends Error {
  override readonly name = 'PatchError'
}

const MAX_OPERATIONS = 10_000

/**
 * Applies an RFC 6902 patch to a copy of the document.
 * @throws TypeError when the patch itself is malformed
 * @throws PatchError when it doesn't fit the document (missing path, failed test)
 */
export function applyJsonPatch(document: JsonObject, patch: Json): Json {
  if (!Array.isArray(patch)) throw new TypeError('a JSON patch is a list of operations')
  if (patch.length > MAX_OPERATIONS)
    throw new TypeError(
      `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
    )
  const holder: JsonObject = { root: cloneJson(document) }
  for (const operation of patch) applyOperation(holder, operation)
  return holder['root'] as Json
}

function applyOperation(holder: JsonObject, operation: Json): void {
  if (!isObject(operation)) throw new TypeError('an operation of a JSON patch is an object')
  const op = ownString(operation, 'op')
  const path = pointerOf(operation, 'path')
  switch (op) {
    case 'add':
      return add(holder, path, cloneJson(valueOf(operation)))
    case 'remove':
      remove(holder, path)
      return
    case 'replace':
      find(holder, path)
      return replace(holder, path, cloneJson(valueOf(operation)))
    case 'move': {
      const from = pointerOf(operation, 'from')
      if (path.length > from.length && from.every((step, index) => step === path[index]))
        throw new PatchError('an object can not be moved into itself')
      return add(holder, path, remove(holder, from))
    }
    case 'copy':
      return add(holder, path, cloneJson(find(holder, pointerOf(operation, 'from'))))
    case 'test':
      if (!equalJson(find(holder, path, null), valueOf(operation)))
        throw new PatchError(`testing value ${JSON.stringify(operation['path'])} failed`)
      return
    default:
      throw new PatchError(`unknown operation ${JSON.stringify(op ?? null)} in a JSON patch`)
  }
}

/** One without a value has null, as on the real server. */
function valueOf(operation: JsonObject): Json {
  return own(operation, 'value') ?? null
}

function pointerOf(operation: JsonObject, key: string): string[] {
  const text = ownString(operation, key)
  if (text === undefined) throw new PatchError(`the operation needs "${key}"`)
  if (text !== '' && !text.startsWith('/')) throw new PatchError(`"${text}" is no JSON pointer`)
  const steps = text === '' ? [] : text.slice(1).split('/')
  return ['root', ...steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))]
}

function indexOf(list: Json[], step: string, atEnd: boolean): number {
  if (atEnd && step === '-') return list.length
  const index = /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN
  if (!(index < list.length + (atEnd ? 1 : 0)))
    throw new PatchError(`no index "${step}" in a list of ${list.length}`)
  return index
}

function find(holder: JsonObject, path: string[], missing?: null): Json {
  let current: Json = holder
  for (const [position, step] of path.entries()) {
    let next: Json | undefined
    if (Array.isArray(current)) next = current[indexOf(current, step, false)]
    else if (isObject(current)) next = own(current, step)
    if (next === undefined) {
      if (missing === null && position === path.length - 1) return null
      throw new PatchError(`the document has no /${path.slice(1).join('/')}`)
    }
    current = next
  }
  return current
}

function parentOf(holder: JsonObject, path: string[]): { parent: Json; step: string } {
  return { parent: path.length === 1 ? holder : find(holder, path.slice(0, -1)), step: path.at(-1) ?? '' }
}

function add(holder: JsonObject, path: string[], value: Json): void {
  const { parent, step } = parentOf(holder, path)
  if (Array.isArray(parent)) parent.splice(indexOf(parent, step, true), 0, value)
  else if (isObject(parent)) setOwn(parent, step, value)
  else throw new PatchError(`/${path.slice(1).join('/')} is not inside an object or a list`)
}

function replace(holder: JsonObject, path: string[], value: Json): void {
  const { parent, step } = parentOf(holder, path)
  if (Array.isArray(parent)) parent[indexOf(parent, step, false)] = value
  else if (isObject(parent)) setOwn(parent, step, value)
}

function remove(holder: JsonObject, path: string[]): Json {
  const value = find(holder, path)
  const { parent, step } = parentOf(holder, path)
  if (Array.isArray(parent)) parent.splice(indexOf(parent, step, false), 1)
  else if (isObject(parent)) delete parent[step]
  return value
}
