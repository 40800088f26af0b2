import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { formatPath, isObject, prefixTexts } from './form/form-path.ts'
import type { FormPath } from './form/form-path.ts'
import { classifyChange } from './merge-finding.ts'
import type { MergeChoice, MergeFinding, MergeSides } from './merge-finding.ts'

/** Objects deeper than this are compared and taken as a whole. */
const DEEPEST = 64

export interface MergeInput {
  /** Defaults of the version that the configuration was made for; undefined when nobody knows them any more. */
  old: JsonObject | undefined
  /** The user's whole configuration. */
  mine: JsonObject
  /** Defaults of the version to go to. */
  next: JsonObject
  /** Places that can't change after installing: they and what is below them stay as they are. */
  fixed?: ReadonlySet<string>
}

/** By canonical path, for findings whose own choice is not wanted. */
export type MergeChoices = ReadonlyMap<string, MergeChoice>

export interface ConfigMerge {
  input: MergeInput
  /** Every place where the user's value and the new default differ, in the order of the user's configuration. */
  findings: MergeFinding[]
  /** Paths of the user's keys that no configuration may have (`__proto__`); they are left out. */
  unusable: string[]
  /** The configuration when each finding goes its own way. */
  config: JsonObject
}

const NOWHERE: ReadonlySet<string> = new Set()

export const NO_CHOICES: MergeChoices = new Map()

interface Walk {
  fixed: ReadonlySet<string>
  isOldKnown: boolean
  choices: MergeChoices
  findings: MergeFinding[]
  unusable: string[]
}

function own(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function hasKeys(value: Json | undefined): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0
}

/** Whether the sides are compared key by key. What one side took away whole, or made another type of, is one thing. */
function isTree({ old, mine, next }: MergeSides, depth: number): boolean {
  if (depth >= DEEPEST) return false
  if (isObject(mine) && isObject(next)) return true
  const others = old === undefined || isObject(old)
  if (next === undefined) return others && hasKeys(mine)
  return mine === undefined && old === undefined && hasKeys(next)
}

function keysOf({ mine, next }: MergeSides, path: FormPath, walk: Walk): string[] {
  const keys = isObject(mine) ? Object.keys(mine) : []
  if (isObject(next))
    for (const key of Object.keys(next)) if (!isObject(mine) || !Object.hasOwn(mine, key)) keys.push(key)
  if (!keys.includes('__proto__')) return keys
  if (own(mine, '__proto__') !== undefined) walk.unusable.push(formatPath([...path, '__proto__']))
  return keys.filter((key) => key !== '__proto__')
}

function mergeTree(sides: MergeSides, path: FormPath, walk: Walk): JsonObject {
  const entries: [string, Json][] = []
  for (const key of keysOf(sides, path, walk)) {
    const below = { old: own(sides.old, key), mine: own(sides.mine, key), next: own(sides.next, key) }
    const value = mergeAt(below, [...path, key], walk)
    if (value !== undefined) entries.push([key, value])
  }
  return Object.fromEntries(entries)
}

function mergeAt(sides: MergeSides, path: FormPath, walk: Walk): Json | undefined {
  if (isTree(sides, path.length)) {
    const merged = mergeTree(sides, path, walk)
    const isHeld = isObject(sides.mine) && isObject(sides.next)
    return isHeld || Object.keys(merged).length > 0 ? merged : undefined
  }
  const isFixed = walk.fixed.size > 0 && prefixTexts(path).some((place) => walk.fixed.has(place))
  const change = classifyChange(sides, walk.isOldKnown, isFixed)
  if (change === null) return sides.mine
  const id = formatPath(path)
  walk.findings.push({ id, path, ...change, ...sides })
  const choice = change.isFixed ? change.choice : (walk.choices.get(id) ?? change.choice)
  return choice === 'mine' ? sides.mine : sides.next
}

function walkAll(input: MergeInput, choices: MergeChoices): ConfigMerge {
  const fixed = input.fixed ?? NOWHERE
  const walk: Walk = { fixed, isOldKnown: input.old !== undefined, choices, findings: [], unusable: [] }
  const config = mergeTree(input, [], walk)
  return { input, findings: walk.findings, unusable: walk.unusable, config }
}

/**
 * Brings a configuration to another version's defaults, key by key, lists as a whole: what the user set stays, what
 * was left at the old default follows the new one. Pure, bounded by the size of what comes in; throws nothing.
 */
export function mergeConfig(input: MergeInput): ConfigMerge {
  return walkAll(input, NO_CHOICES)
}

/** The configuration with these choices; paths that are no finding count for nothing. */
export function applyChoices(merge: ConfigMerge, choices: MergeChoices): JsonObject {
  return choices.size === 0 ? merge.config : walkAll(merge.input, choices).config
}
