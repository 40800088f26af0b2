import type { ControlCollector } from './control-collector.ts'
import type { ChoiceOption, ControlKind, FormControl, FormNode, FormObject, FormValue } from './form-model.ts'
import { formatPath, getAt, isObject, parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { isPatternUsable } from './form-pattern.ts'
import { plainControl } from './plain-control.ts'

function typeOf(schema: FormObject): string | null {
  const { type } = schema
  if (typeof type === 'string') return type
  const named = Array.isArray(type) ? type.find((name) => typeof name === 'string' && name !== 'null') : null
  return typeof named === 'string' ? named : null
}

function optionsOf(schema: FormValue | undefined): ChoiceOption[] | null {
  if (!isObject(schema) || !Array.isArray(schema['enum'])) return null
  const options: ChoiceOption[] = []
  for (const value of schema['enum']) {
    if (value === null) continue
    if (typeof value === 'object') return null
    options.push({ value, label: { en: String(value) } })
  }
  return options
}

function kindOf(schema: FormObject): ControlKind {
  if (['anyOf', 'oneOf', 'allOf', 'const'].some((key) => key in schema)) return 'data'
  const options = optionsOf(schema)
  if (options !== null && options.length > 0) return 'select'
  const { items } = schema
  switch (typeOf(schema)) {
    case 'boolean':
      return 'switch'
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
      return schema['format'] === 'password' ? 'password' : 'text'
    case 'array': {
      if ((optionsOf(items)?.length ?? 0) > 0) return 'choices'
      return isObject(items) && ['string', 'number', 'integer'].includes(typeOf(items) ?? '')
        ? 'list'
        : 'data'
    }
    default:
      return 'data'
  }
}

function numberAt(schema: FormObject, ...keys: string[]): number | undefined {
  return keys.map((key) => schema[key]).find((value) => typeof value === 'number')
}

function applyRules(control: FormControl, schema: FormObject, into: ControlCollector): void {
  const { rules } = control
  if (typeOf(schema) === 'integer') rules.integer = true
  const bounds = {
    minimum: numberAt(schema, 'minimum'),
    maximum: numberAt(schema, 'maximum'),
    minLength: numberAt(schema, 'minLength', 'minItems'),
    maxLength: numberAt(schema, 'maxLength', 'maxItems'),
  }
  for (const [name, bound] of Object.entries(bounds))
    if (bound !== undefined) rules[name as keyof typeof bounds] = bound
  const { pattern } = schema
  if (typeof pattern !== 'string') return
  if (isPatternUsable(pattern)) rules.pattern = pattern
  else into.note('pattern-not-enforced', control.id, pattern)
}

function textOf(value: FormValue | undefined): { en?: string } {
  return typeof value === 'string' && value !== '' ? { en: value.slice(0, 4000) } : {}
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
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const nodes: FormNode[] = []
  for (const [key, child] of Object.entries(properties)) {
    const childPath = [...path, key]
    const id = formatPath(childPath)
    if (!isObject(child) || into.isFull || parsePath(id) === null) continue
    const isRequired = isNeeded && required.includes(key)
    const title = textOf(child['title'])
    const label = title.en === undefined ? { en: key } : title
    if (isObject(child['properties']) && Object.keys(child['properties']).length > 0) {
      const children = schemaControls(child, defaults, into, childPath, isRequired)
      nodes.push({ type: 'group', id, label, description: textOf(child['description']), children })
      continue
    }
    const control = plainControl(childPath, kindOf(child), getAt(defaults, childPath))
    control.label = label
    control.description = textOf(child['description'])
    control.options = optionsOf(child) ?? optionsOf(child['items']) ?? []
    const itemType = isObject(child['items']) ? typeOf(child['items']) : null
    const type = control.kind === 'list' || control.kind === 'choices' ? itemType : typeOf(child)
    if (type === 'integer' || type === 'number') control.valueType = 'number'
    control.disabled = child['readOnly'] === true
    if (isRequired) control.rules.required = true
    applyRules(control, child, into)
    into.add(control)
    nodes.push({ type: 'control', id: control.id })
  }
  return nodes
}
