import type { ControlKind, FormControl, FormNode, FormNote, FormValue } from './form-model.ts'
import { formatPath, isObject, parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { valueTypeOf } from './typed-value.ts'

const MAX_DEPTH = 16

/** Collects what a form consists of while it is compiled. */
export interface Compiling {
  controls: FormControl[]
  notes: FormNote[]
  maxControls: number
}

/** The control that fits a value of which nothing else is known. */
export function kindOfValue(value: FormValue | undefined): ControlKind {
  if (typeof value === 'boolean') return 'switch'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'string') return value.includes('\n') ? 'textarea' : 'text'
  if (value === undefined) return 'text'
  if (!Array.isArray(value)) return 'data'
  const allText = value.every((item) => typeof item === 'string')
  return allText || value.every((item) => typeof item === 'number') ? 'list' : 'data'
}

/** A control with nothing said about it but its place and kind. */
export function plainControl(
  path: FormPath,
  kind: ControlKind,
  existing: FormValue | undefined,
): FormControl {
  const last = path.at(-1)
  return {
    id: formatPath(path),
    path,
    kind,
    valueType: valueTypeOf(kind, existing),
    label: { en: typeof last === 'string' ? last : formatPath(path.slice(-2)) },
    description: {},
    placeholder: {},
    tooltip: {},
    options: [],
    allowCreate: false,
    clearable: false,
    multiple: false,
    rules: {},
    hidden: false,
    disabled: false,
    immutable: false,
    when: [],
  }
}

/**
 * Controls for a value as it is: boolean → switch, number → number, text → text, list of scalars → list,
 * object → group; anything else is edited as data. Returns where they stand.
 */
export function deriveControls(
  value: FormValue | undefined,
  path: FormPath,
  into: Compiling,
  decorate: (control: FormControl) => FormControl = (control) => control,
): FormNode[] {
  if (isObject(value) && Object.keys(value).length > 0 && path.length < MAX_DEPTH) {
    const nodes: FormNode[] = []
    for (const [key, child] of Object.entries(value)) {
      const childPath = [...path, key]
      if (parsePath(formatPath(childPath)) === null) {
        into.notes.push({ code: 'path-unusable', path: formatPath(path), text: key.slice(0, 200) })
        continue
      }
      const children = deriveControls(child, childPath, into, decorate)
      const isGroup = isObject(child) && children[0]?.type !== undefined && !isSingle(children, childPath)
      if (isGroup)
        nodes.push({
          type: 'group',
          id: formatPath(childPath),
          label: { en: key },
          description: {},
          children,
        })
      else nodes.push(...children)
    }
    return nodes
  }
  if (path.length === 0) return []
  if (into.controls.length >= into.maxControls) return []
  const control = decorate(plainControl(path, kindOfValue(value), value))
  into.controls.push(control)
  return [{ type: 'control', id: control.id }]
}

function isSingle(nodes: FormNode[], path: FormPath): boolean {
  return nodes.length === 1 && nodes[0]?.type === 'control' && nodes[0].id === formatPath(path)
}
