import type { ControlKind, FormControl, FormValue } from './form-model.ts'
import { formatPath, isObject } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { clustersRunning } from './picker-source.ts'
import { valueTypeOf } from './typed-value.ts'

/** The plugin whose clusters are chosen from at `crossClusterDependency.<plugin>`; null for any other path. */
export function dependencyAt(path: FormPath): string | null {
  const [first, plugin] = path
  return path.length === 2 && first === 'crossClusterDependency' && typeof plugin === 'string' ? plugin : null
}

/** A control with nothing said about it but its place and kind. */
export function plainControl(
  path: FormPath,
  kind: ControlKind,
  existing: FormValue | undefined,
): FormControl {
  const last = path.at(-1)
  const control: FormControl = {
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
  const plugin = dependencyAt(path)
  if (kind === 'picker' && plugin !== null) control.picker = clustersRunning(plugin)
  if (kind === 'picker' && Array.isArray(existing)) control.multiple = true
  // A list stays a list; where nothing tells, labels are an object, as in a Pod.
  if (kind === 'nodeSelector') control.shape = Array.isArray(existing) ? 'list' : 'object'
  return control
}

/** What is known about the entries of a list of objects: every key that occurs, with the first value it has. */
export function unionOf(items: readonly FormValue[], depth = 0): FormValue | undefined {
  let union: Record<string, FormValue> | null = null
  for (const item of items.slice(0, 100)) {
    if (!isObject(item)) return items.find((one) => one !== null)
    union ??= {}
    for (const [key, value] of Object.entries(item).slice(0, 200)) {
      const known = Object.hasOwn(union, key) ? union[key] : undefined
      if (known === undefined || known === null) Object.defineProperty(union, key, own(value))
      else if (isObject(known) && isObject(value) && depth < 8)
        Object.defineProperty(union, key, own(unionOf([known, value], depth + 1) ?? known))
    }
  }
  return union ?? undefined
}

function own(value: FormValue): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true }
}
