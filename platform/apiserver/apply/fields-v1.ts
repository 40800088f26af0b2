import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject, setOwn } from '../json.ts'
import type { FieldNode, FieldSet } from './field-set.ts'
import { EMPTY, nodeOf, union } from './field-set.ts'
import type { Step } from './path-step.ts'
import { parseStep, sortSteps } from './path-step.ts'

/**
 * Reads a set from its FieldsV1 form. Steps of a kind that nobody knows are left out.
 * @throws TypeError when it is no such form
 */
export function parseFieldsV1(fields: Json): FieldSet {
  return parseNode(fields).children ?? EMPTY
}

function parseNode(fields: Json): FieldNode {
  if (fields === null) return { isMember: true, children: undefined }
  if (!isObject(fields)) throw new TypeError('a set of fields is an object')
  const children = new Map<Step, FieldNode>()
  let isMember = false
  for (const [text, value] of Object.entries(fields)) {
    if (text === '.') {
      isMember = true
      continue
    }
    const step = parseStep(text)
    if (step === undefined) continue
    const known = children.get(step)
    const node = parseNode(value)
    children.set(
      step,
      known === undefined
        ? node
        : (union(new Map([[step, known]]), new Map([[step, node]])).get(step) ?? node),
    )
  }
  return nodeOf(isMember, children) ?? { isMember: true, children: undefined }
}

/** The FieldsV1 form of a set, its steps in order. */
export function toFieldsV1(set: FieldSet): JsonObject {
  const fields: JsonObject = {}
  addSteps(fields, set)
  return fields
}

function addSteps(fields: JsonObject, set: FieldSet): void {
  for (const step of sortSteps(set.keys())) {
    const node = set.get(step)
    const below: JsonObject = {}
    if (node?.children !== undefined) {
      if (node.isMember) below['.'] = {}
      addSteps(below, node.children)
    }
    setOwn(fields, step, below)
  }
}
