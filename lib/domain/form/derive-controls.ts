import type { ControlCollector } from './control-collector.ts'
import type { FormControl, FormNode, FormValue } from './form-model.ts'
import { formatPath, isObject, parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { guessKind } from './guess-kind.ts'
import { dependencyAt, plainControl, unionOf } from './plain-control.ts'
import { wordsOf } from './words-of.ts'

const MAX_DEPTH = 16

function isFilled(value: FormValue | undefined): value is Record<string, FormValue> {
  return isObject(value) && Object.keys(value).length > 0
}

/** The control for a value as it is; for a list of objects with the row that its entries suggest. */
export function valueControl(
  value: FormValue | undefined,
  path: FormPath,
  into: ControlCollector,
): FormControl {
  const kind = dependencyAt(path) !== null && !isObject(value) ? 'picker' : guessKind(value, path)
  const control = plainControl(path, kind, value)
  if (kind !== 'rows' || !Array.isArray(value)) return control
  const inside = into.inner()
  const layout = deriveControls(unionOf(value), [...path, null], inside)
  if (inside.controls.length === 0) return { ...control, kind: 'data' }
  control.row = { controls: inside.controls, layout }
  return control
}

/**
 * Controls for a value as it is: boolean → switch, number → number, text → text, list of scalars → list, list of
 * objects → rows, object → group unless one control fits the whole; anything else is edited as data.
 * @param isWanted which controls are taken, by their canonical path
 * @returns where they stand
 */
export function deriveControls(
  value: FormValue | undefined,
  path: FormPath,
  into: ControlCollector,
  isWanted: (id: string) => boolean = () => true,
): FormNode[] {
  if (!isFilled(value)) return []
  const nodes: FormNode[] = []
  for (const [key, child] of Object.entries(value)) {
    if (into.isFull()) break
    const childPath = [...path, key]
    const id = formatPath(childPath)
    if (parsePath(id) === null) {
      into.note('path-unusable', formatPath(path), key)
      continue
    }
    const isGroup = isFilled(child) && childPath.length < MAX_DEPTH && guessKind(child, childPath) === 'data'
    if (isGroup) {
      const children = deriveControls(child, childPath, into, isWanted)
      if (children.length > 0)
        nodes.push({ type: 'group', id, label: { en: key }, description: {}, children })
    } else if (isWanted(id)) {
      const control = valueControl(child, childPath, into)
      into.add(control)
      nodes.push({ type: 'control', id: control.id })
    }
  }
  return nodes
}

/** A label made of the path's last key. */
export function labelFromPath(path: FormPath): { en: string } {
  const last = path.findLast((step) => typeof step === 'string')
  return { en: wordsOf(typeof last === 'string' ? last : formatPath(path)) }
}
