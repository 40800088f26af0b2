import type { Json, JsonObject } from '#lib/kinds/object.ts'

/** A key, an index, or `null` for every item of a list. */
export type Step = string | number | null
export type FormPath = readonly Step[]

const MAX_TEXT = 1000
const MAX_STEPS = 64
const MAX_INDEX = 9999

/** Keys that reach into prototypes; no path may hold one. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether a key reaches into prototypes and so stands in no path. */
export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN.has(key)
}

const BARE = /^[^.[\]"'\\:\s]+$/

interface Taken {
  step: Step
  end: number
}

function takeQuoted(text: string, start: number): Taken | null {
  const quote = text[start]
  let step = ''
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]
    if (char === quote) return { step, end: at + 1 }
    if (char === '\\') at++
    step += text[at] ?? ''
  }
  return null
}

function takeBracket(text: string, start: number): Taken | null {
  const first = text[start + 1]
  if (first === '"' || first === "'") {
    const quoted = takeQuoted(text, start + 1)
    return quoted !== null && text[quoted.end] === ']' ? { step: quoted.step, end: quoted.end + 1 } : null
  }
  const close = text.indexOf(']', start)
  if (close < 0) return null
  const inside = text.slice(start + 1, close)
  if (inside === '' || inside === '*') return { step: null, end: close + 1 }
  if (!/^\d+$/.test(inside)) return { step: inside, end: close + 1 }
  const index = Number(inside)
  return index <= MAX_INDEX ? { step: index, end: close + 1 } : null
}

function takeBare(text: string, start: number): Taken | null {
  let step = ''
  let at = start
  for (; at < text.length && text[at] !== '.' && text[at] !== '['; at++) {
    if (text[at] === '\\') at++
    step += text[at] ?? ''
  }
  return step === '' ? null : { step, end: at }
}

/**
 * Reads a dotted path: `a.b`, `list[0].c`, `list[].c` (every item), `a["x.y"].b`, `a.'x.y'`, `a.x\.y`.
 * One leading dot is skipped. Returns null for what is no path, is absurdly long, or holds `__proto__`,
 * `constructor` or `prototype`.
 */
export function parsePath(text: string): FormPath | null {
  if (text.length > MAX_TEXT) return null
  const steps: Step[] = []
  let at = text.startsWith('.') ? 1 : 0
  while (at < text.length) {
    const char = text[at]
    let taken: Taken | null
    if (char === '[') taken = takeBracket(text, at)
    else if (char === '"' || char === "'") taken = takeQuoted(text, at)
    else taken = takeBare(text, at)
    if (taken === null || FORBIDDEN.has(String(taken.step)) || steps.length >= MAX_STEPS) return null
    steps.push(taken.step)
    at = taken.end
    if (at === text.length) break
    if (text[at] === '.') {
      at++
      if (at === text.length) return null
    } else if (text[at] !== '[') return null
  }
  return steps.length === 0 ? null : steps
}

function appendStep(text: string, step: Step): string {
  if (step === null) return `${text}[]`
  if (typeof step === 'number') return `${text}[${step}]`
  if (BARE.test(step)) return text === '' ? step : `${text}.${step}`
  return `${text}["${step.replaceAll(/["\\]/g, String.raw`\$&`)}"]`
}

/** The canonical text of a path; `parsePath` gives the same steps back. */
export function formatPath(path: FormPath): string {
  return path.reduce(appendStep, '')
}

/** The canonical texts of every path above `path`, shortest first, and of `path` itself last. */
export function prefixTexts(path: FormPath): string[] {
  const texts: string[] = []
  for (const step of path) texts.push(appendStep(texts.at(-1) ?? '', step))
  return texts
}

/** Whether `path` is `prefix` or lies below it. */
export function isAtOrBelow(path: FormPath, prefix: FormPath): boolean {
  return prefix.length <= path.length && prefix.every((step, index) => step === path[index])
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function indexOf(step: Step): number | null {
  if (typeof step === 'number') return step
  return typeof step === 'string' && /^\d{1,4}$/.test(step) ? Number(step) : null
}

/** The value at `path`, own properties only; undefined where there is none. */
export function getAt(value: Json | undefined, path: FormPath): Json | undefined {
  let here: Json | undefined = value
  for (const step of path) {
    if (Array.isArray(here)) {
      const index = indexOf(step)
      here = index === null ? undefined : here[index]
    } else if (
      isObject(here) &&
      typeof step === 'string' &&
      !FORBIDDEN.has(step) &&
      Object.hasOwn(here, step)
    )
      here = here[step]
    else return undefined
  }
  return here
}

function setIn(
  here: Json | undefined,
  path: FormPath,
  depth: number,
  value: Json,
  owned: WeakSet<object>,
): Json | undefined {
  if (depth === path.length) return value
  const step = path[depth]
  if (step === undefined || step === null || (typeof step === 'string' && FORBIDDEN.has(step)))
    return undefined
  // A number names no key of an object, as in `getAt`.
  if (typeof step === 'number' && isObject(here)) return undefined
  if (Array.isArray(here) || typeof step === 'number') {
    const list = Array.isArray(here) ? here : []
    const index = indexOf(step)
    if (index === null || index > MAX_INDEX) return undefined
    const next = setIn(list[index], path, depth + 1, value, owned)
    if (next === undefined) return undefined
    const copy = owned.has(list) ? list : [...list]
    while (copy.length < index) copy.push(null)
    copy[index] = next
    owned.add(copy)
    return copy
  }
  const object = isObject(here) ? here : {}
  const next = setIn(Object.hasOwn(object, step) ? object[step] : undefined, path, depth + 1, value, owned)
  if (next === undefined) return undefined
  const copy = owned.has(object) ? object : { ...object }
  copy[step] = next
  owned.add(copy)
  return copy
}

/**
 * A copy of `root` with `value` at `path`; what lies on the way is made, untouched branches are shared.
 * A path that can't be followed (a key into a list, every-item, forbidden keys) changes nothing.
 * @param owned for a chain of changes, of which only the last result counts: each object is copied once for all
 */
export function setAt(
  root: JsonObject,
  path: FormPath,
  value: Json,
  owned: WeakSet<object> = new WeakSet(),
): JsonObject {
  if (path.length === 0) return root
  const next = setIn(root, path, 0, value, owned)
  return isObject(next) ? next : root
}

/** A copy of `root` without what is at `path`; the same object when there is nothing. */
export function removeAt(root: JsonObject, path: FormPath): JsonObject {
  const parentPath = path.slice(0, -1)
  const last = path.at(-1)
  if (last === undefined || last === null || getAt(root, path) === undefined) return root
  const parent = getAt(root, parentPath)
  let next: Json
  if (Array.isArray(parent)) next = parent.filter((_, index) => index !== indexOf(last))
  else if (isObject(parent)) {
    const { [String(last)]: _removed, ...rest } = parent
    next = rest
  } else return root
  return parentPath.length === 0 && isObject(next) ? next : setAt(root, parentPath, next)
}
