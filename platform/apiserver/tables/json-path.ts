import type { Json } from '#lib/kinds/object.ts'
import { isObject, own } from '../json.ts'

type Step = { key: string } | { index: number } | { all: true } | { filter: { path: Step[]; value: string } }

/** A compiled path of a printer column. */
export type JsonPath = readonly Step[]

/**
 * Compiles the simple JSONPath that printer columns use: `.a.b`, `.a\.b`, `['a.b']`, `[0]`, `[-1]`, `[*]` and
 * `[?(@.type=="Ready")]`.
 * @throws SyntaxError when the text is none of these
 */
export function compileJsonPath(text: string): JsonPath {
  return compileSteps(text.replace(/^\{(.*)\}$/s, '$1').replace(/^\$/, ''), text)
}

function compileSteps(source: string, whole: string): Step[] {
  const steps: Step[] = []
  let rest = source
  while (rest !== '') {
    const [length, step] = nextStep(rest, whole)
    steps.push(step)
    rest = rest.slice(length)
  }
  return steps
}

function nextStep(rest: string, whole: string): [number, Step] {
  const filter = /^\[\?\(@((?:[^=!<>()\]\\]|\\.)+?)\s*==\s*(?:"([^"]*)"|'([^']*)')\s*\)\]/.exec(rest)
  if (filter !== null) {
    const [matched, path = '', double, single] = filter
    return [matched.length, { filter: { path: compileSteps(path, whole), value: double ?? single ?? '' } }]
  }
  const index = /^\[(-?\d+|\*)\]/.exec(rest)
  if (index !== null) return [index[0].length, index[1] === '*' ? { all: true } : { index: Number(index[1]) }]
  const quoted = /^\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/.exec(rest)
  if (quoted !== null) return [quoted[0].length, { key: unescape(quoted[1] ?? quoted[2] ?? '') }]
  const key = /^\.((?:[^.[\]\\]|\\.)+)/.exec(rest)
  if (key !== null) return [key[0].length, key[1] === '*' ? { all: true } : { key: unescape(key[1] ?? '') }]
  throw new SyntaxError(`can't read ${JSON.stringify(rest)} in the JSONPath ${JSON.stringify(whole)}`)
}

const unescape = (text: string) => text.replaceAll(/\\(.)/gs, '$1')

/** All values that the path leads to, none when it leads nowhere. */
export function evaluateJsonPath(path: JsonPath, value: Json): Json[] {
  let found: Json[] = [value]
  for (const step of path) found = found.flatMap((item) => takeStep(step, item))
  return found
}

function takeStep(step: Step, value: Json): Json[] {
  if ('key' in step) {
    const member = isObject(value) ? own(value, step.key) : undefined
    return member === undefined ? [] : [member]
  }
  if ('all' in step) return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  if (!Array.isArray(value)) return []
  if ('filter' in step) {
    const { filter } = step
    return value.filter((item) => evaluateJsonPath(filter.path, item).some((found) => found === filter.value))
  }
  const item = value.at(step.index)
  return item === undefined ? [] : [item]
}
