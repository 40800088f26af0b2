import type { Json } from '#lib/kinds/object.ts'
import { isObject } from '../json.ts'
import { ItemError, itemStep } from './list-items.ts'
import type { ListType, MapType, MergeType } from './merge-type.ts'
import { memberType, shapeOf } from './merge-type.ts'
import { showStep } from './path-step.ts'

/** A value that its type doesn't allow; the text is that of the Kubernetes API server. */
export class MergeTypeError extends Error {
  override readonly name = 'MergeTypeError'
}

/**
 * Checks that a value can be merged as this type.
 * @param allowDuplicates whether items of a list may be there twice, as they may in what is stored
 * @throws MergeTypeError naming everything that is wrong
 */
export function checkType(value: Json, type: MergeType, allowDuplicates: boolean): void {
  const errors: string[] = []
  check(value, type, '', { allowDuplicates, errors })
  if (errors.length === 0) return
  const [first = ''] = errors
  throw new MergeTypeError(
    errors.length === 1 ? first : ['errors:', ...errors.map((text) => `  ${text}`)].join('\n'),
  )
}

interface Walk {
  readonly allowDuplicates: boolean
  readonly errors: string[]
}

function check(value: Json, type: MergeType, path: string, walk: Walk): void {
  const { map, scalar, list } = shapeOf(type, value)
  if (map !== undefined) checkMap(value, map, path, walk)
  else if (scalar !== undefined) checkScalar(value, scalar, path, walk)
  else if (list !== undefined) checkList(value, list, path, walk)
}

function fail(walk: Walk, path: string, text: string): void {
  walk.errors.push(path === '' ? text : `${path}: ${text}`)
}

function checkMap(value: Json, map: MapType, path: string, walk: Walk): void {
  if (value === null) return
  if (!isObject(value)) {
    fail(walk, path, `expected map, got &{${goText(value)}}`)
    return
  }
  for (const [name, member] of Object.entries(value)) {
    const type = memberType(map, name)
    if (type === undefined) {
      fail(walk, `${path}.${name}`, 'field not declared in schema')
      return
    }
    check(member, type, `${path}.${name}`, walk)
  }
}

function checkScalar(value: Json, scalar: MergeType['scalar'], path: string, walk: Walk): void {
  if (value === null) return
  if (scalar === 'number' && typeof value !== 'number')
    fail(walk, path, `expected numeric (int or float), got ${goType(value)}`)
  if (scalar === 'string' && typeof value !== 'string')
    fail(walk, path, `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`)
  if (scalar === 'boolean' && typeof value !== 'boolean')
    fail(walk, path, `expected boolean, got &{${goText(value)}}`)
  if (scalar === 'any' && typeof value === 'object')
    fail(walk, path, `expected any scalar, got &{${goText(value)}}`)
}

function checkList(value: Json, list: ListType, path: string, walk: Walk): void {
  if (value === null) return
  if (!Array.isArray(value)) {
    fail(walk, path, `expected list, got &{${goText(value)}}`)
    return
  }
  const seen = new Set<string>()
  for (const [index, item] of value.entries()) {
    let shown = `[${index}]`
    if (!list.isAtomic)
      try {
        const step = itemStep(list, item)
        shown = showStep(step)
        if (seen.has(step) && !walk.allowDuplicates) fail(walk, path, `duplicate entries for key ${shown}`)
        seen.add(step)
      } catch (error) {
        if (!(error instanceof ItemError)) throw error
        fail(walk, path, `element ${index}: ${error.message}`)
        return
      }
    check(item, list.items, path + shown, walk)
  }
}

/** A value as Go prints it with `%v`. */
function goText(value: Json): string {
  if (value === null) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`
  if (isObject(value))
    return `map[${Object.keys(value)
      .sort()
      .map((key) => `${key}:${goText(value[key] ?? null)}`)
      .join(' ')}]`
  return String(value)
}

/** A value as Go prints it with `%#v`. */
function goSyntax(value: Json): string {
  if (value === null) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  if (isObject(value))
    return `map[string]interface {}{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${goSyntax(value[key] ?? null)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}

function goType(value: Json): string {
  if (Array.isArray(value)) return '[]interface {}'
  if (isObject(value)) return 'map[string]interface {}'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
