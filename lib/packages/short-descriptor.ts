import type { Descriptor } from '#lib/kinds/plugin-spec.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui:'

/** Controls by the short form's `type`. */
const CONTROLS: Readonly<Record<string, string>> = {
  boolean: 'booleanSwitch',
  bool: 'booleanSwitch',
  switch: 'booleanSwitch',
  number: 'number',
  integer: 'number',
  int: 'number',
  string: 'text',
  text: 'text',
  textarea: 'textarea',
  password: 'password',
  yaml: 'yaml',
  tags: 'tagsInput',
  array: 'tagsInput',
}

/**
 * A list of descriptors as the CRD takes them. The short form (`name`, `type`, `label`, `default`, `options`, …),
 * which the CRD would prune to nothing, becomes the long one; a missing `x-descriptors` becomes an empty list.
 * @returns undefined when the value is no list; entries that are no descriptors at all stay as they are, for the
 * API server to refuse
 */
export function normalizeDescriptors(value: unknown): Descriptor[] | undefined {
  return Array.isArray(value) ? value.map((item: unknown) => normalize(item)) : undefined
}

function normalize(item: unknown): Descriptor {
  if (typeof item !== 'object' || item === null) return item as Descriptor
  const source = item as Record<string, unknown>
  if (typeof source['path'] === 'string' || typeof source['name'] !== 'string')
    return {
      ...(source as object as Descriptor),
      'x-descriptors': (source['x-descriptors'] as string[]) ?? [],
    }
  const descriptor: Descriptor = { path: source['name'], 'x-descriptors': capabilities(source) }
  const name = plainText(source['label'])
  const description = plainText(source['description'])
  if (name !== undefined) descriptor.displayName = name
  if (description !== undefined) descriptor.description = description
  return descriptor
}

function capabilities(source: Record<string, unknown>): string[] {
  const list: string[] = []
  const type = typeof source['type'] === 'string' ? source['type'].toLowerCase() : ''
  const options = Array.isArray(source['options']) ? source['options'] : source['enum']
  const control = CONTROLS[type]
  if (Array.isArray(options)) {
    for (const option of options) list.push(`${UI}select:${String(optionValue(option))}`)
    if (options.some((option) => optionValue(option) !== option))
      list.push(`urn:alm:descriptor:props:select:options:${JSON.stringify(options)}`)
  } else if (control !== undefined) list.push(UI + control)
  else if (type !== '') list.push(UI + type)
  const fallback = source['default']
  if (fallback !== undefined)
    list.push(
      `urn:alm:descriptor:com.tectonic.default:${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}`,
    )
  if (source['required'] === true) list.push(`${UI}validation:required`)
  for (const kind of ['minimum', 'maximum', 'minLength', 'maxLength', 'pattern']) {
    const limit = source[kind]
    if (typeof limit === 'string' || typeof limit === 'number') list.push(`${UI}validation:${kind}:${limit}`)
  }
  for (const kind of ['label', 'description'])
    for (const [language, text] of Object.entries(localTexts(source[kind])))
      list.push(`urn:alm:descriptor:${kind}:${language}:${text}`)
  return list
}

function optionValue(option: unknown): unknown {
  return typeof option === 'object' && option !== null && 'value' in option ? option.value : option
}

function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  const texts = localTexts(value)
  return texts['en'] ?? texts['zh']
}

function localTexts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  const { en, zh } = value as { en?: unknown; zh?: unknown }
  return { ...(typeof en === 'string' ? { en } : {}), ...(typeof zh === 'string' ? { zh } : {}) }
}
