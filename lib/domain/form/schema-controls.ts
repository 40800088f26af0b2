import type { ControlCollector } from './control-collector.ts'
import type { FormControl, FormNode, FormObject, FormText, FormValue } from './form-model.ts'
import { formatPath, isObject, parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { dependencyAt, plainControl } from './plain-control.ts'
import { sampleAt } from './sample-at.ts'
import {
  MAX_OPTIONS,
  isIntOrString,
  isResourcesSchema,
  propertyNames,
  schemaKind,
  schemaOptions,
  typeOf,
  unwrapped,
} from './schema-kind.ts'

function numberAt(schema: FormObject, ...keys: string[]): number | undefined {
  return keys.map((key) => schema[key]).find((value) => typeof value === 'number')
}

function applyRules(control: FormControl, schema: FormObject, into: ControlCollector): void {
  const { rules } = control
  if (typeOf(schema) === 'integer' && control.kind === 'number') rules.integer = true
  if (schema['uniqueItems'] === true) rules.unique = true
  const bounds = {
    minimum: numberAt(schema, 'minimum'),
    maximum: numberAt(schema, 'maximum'),
    minLength: numberAt(schema, 'minLength', 'minItems'),
    maxLength: numberAt(schema, 'maxLength', 'maxItems'),
  }
  for (const [name, bound] of Object.entries(bounds))
    if (bound !== undefined) rules[name as keyof typeof bounds] = bound
  const items = isObject(schema['items']) ? schema['items'] : {}
  const pattern = control.kind === 'list' ? items['pattern'] : schema['pattern']
  if (typeof pattern !== 'string' || control.kind === 'quantity') return
  if (into.takesPattern(pattern, control.id)) rules.pattern = pattern
}

function textOf(value: FormValue | undefined): FormText {
  return typeof value === 'string' && value !== '' ? { en: value.slice(0, 4000) } : {}
}

/** The control for one property. */
function schemaControl(
  schema: FormObject,
  path: FormPath,
  defaults: FormObject,
  into: ControlCollector,
): FormControl {
  const existing = sampleAt(defaults, path)
  const isDependency = dependencyAt(path) !== null && schemaOptions(schema) === null
  const kind = isDependency
    ? 'picker'
    : isResourcesSchema(schema)
      ? 'resources'
      : schemaKind(schema, path, existing)
  const control = plainControl(path, kind, existing)
  const isList = kind === 'list' || kind === 'choices'
  control.options = schemaOptions(schema) ?? schemaOptions(schema['items']) ?? []
  control.allowCreate = control.options.length >= MAX_OPTIONS
  const type = isList ? typeOf(schema['items']) : typeOf(schema)
  if (type === 'integer' || type === 'number') control.valueType = 'number'
  // A default of another type is the plugin's mistake: what is entered must be of the schema's.
  else if ((type === 'string' || type === 'boolean') && !isIntOrString(schema)) control.valueType = type
  if (kind === 'text' && type === 'integer')
    control.valueType = typeof existing === 'string' ? 'string' : 'number'
  if (kind === 'nodeSelector') control.shape = type === 'array' ? 'list' : 'object'
  control.clearable = Array.isArray(schema['type']) && schema['type'].includes('null')
  control.disabled = schema['readOnly'] === true
  applyRules(control, schema, into)
  // Rows are not in the defaults: a new one gets what the schema says for it.
  if (path.includes(null) && schema['default'] !== undefined) control.fallback = schema['default']
  if (kind !== 'rows') return control
  const inside = into.inner()
  const items = isObject(schema['items']) ? unwrapped(schema['items']) : {}
  const layout = schemaControls(items, defaults, inside, [...path, null])
  if (inside.controls.length === 0) return { ...control, kind: 'data' }
  control.row = { controls: inside.controls, layout }
  return control
}

/** Controls for the properties of a safe schema, in order; objects become groups. Returns where they stand. */
export function schemaControls(
  schema: FormObject,
  defaults: FormObject,
  into: ControlCollector,
  path: FormPath = [],
  isNeeded = true,
): FormNode[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  const nodes: FormNode[] = []
  for (const [key, raw] of Object.entries(properties)) {
    if (into.isFull()) break
    const childPath = [...path, key]
    const id = formatPath(childPath)
    // What was cut off is "anything": edited as data.
    if ((!isObject(raw) && raw !== true) || parsePath(id) === null) continue
    const child = isObject(raw) ? unwrapped(raw) : {}
    const isRequired = isNeeded && required.has(key)
    const title = textOf(child['title'])
    const label = title.en === undefined ? { en: key } : title
    const description = textOf(child['description'])
    if (propertyNames(child).length > 0 && !isResourcesSchema(child)) {
      const before = into.controls.length
      const children = schemaControls(child, defaults, into, childPath, isRequired)
      if (child['readOnly'] === true)
        for (const control of into.controls.slice(before)) control.disabled = true
      if (children.length > 0) nodes.push({ type: 'group', id, label, description, children })
      continue
    }
    const control = schemaControl(child, childPath, defaults, into)
    control.label = label
    control.description = description
    if (isRequired) control.rules.required = true
    // Off is an answer, but one that nobody can give by leaving it off.
    if (isRequired && control.kind === 'switch') control.fallback ??= false
    into.add(control)
    nodes.push({ type: 'control', id: control.id })
  }
  return nodes
}
