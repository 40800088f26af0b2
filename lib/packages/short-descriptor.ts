import type { Descriptor } from '#lib/kinds/plugin-spec.ts'
import { shortCapabilities } from './short-capabilities.ts'
import { isRecord, plainText } from './short-texts.ts'

const MAX_DEPTH = 8
const UI = 'urn:alm:descriptor:com.tectonic.ui:'
/** What only the short form has; one that has none of it is taken as it is. */
const SHORT_KEYS = ['type', 'label', 'default', 'options', 'enum', 'fields', 'required', 'condition']

/**
 * A list of descriptors as the CRD takes them. The short form (`name`, `type`, `label`, `default`, `options`, `group`,
 * `condition`, `fields`, …), which the CRD would prune to nothing, becomes the long one; a missing `x-descriptors`
 * becomes an empty list.
 * @returns undefined when the value is no list; entries that are no descriptors at all stay as they are, for the
 * API server to refuse
 */
export function normalizeDescriptors(value: unknown): Descriptor[] | undefined {
  return Array.isArray(value) ? value.flatMap((item: unknown) => normalize(item, TOP, 0)) : undefined
}

/** Where a nested field stands. */
interface Around {
  path: string
  group: string
  /** The list that it is a row's field of; empty for none. */
  list: string
  /** Names of the fields beside it, which its conditions may name. */
  beside: ReadonlySet<string>
}

const TOP: Around = { path: '', group: '', list: '', beside: new Set() }

/** The place that a short descriptor names; null for a long one. */
function shortPath(source: Record<string, unknown>): string | null {
  if (Array.isArray(source['x-descriptors'])) return null
  const { path, name } = source
  if (typeof path === 'string') return SHORT_KEYS.some((key) => key in source) ? path : null
  return typeof name === 'string' ? name : null
}

function normalize(item: unknown, around: Around, depth: number): Descriptor[] {
  if (!isRecord(item)) return [item as Descriptor]
  const own = shortPath(item)
  if (own === null)
    return [{ ...(item as object as Descriptor), 'x-descriptors': (item['x-descriptors'] as string[]) ?? [] }]
  const path = around.path + own
  const fields = Array.isArray(item['fields']) && depth < MAX_DEPTH ? item['fields'] : []
  const isList = fields.length > 0 && ['array', 'list', 'rows'].includes(String(item['type']))
  const isGroup = fields.length > 0 && !isList
  const group = typeof item['group'] === 'string' ? item['group'] : around.group
  const inner = isGroup
    ? [group, own.replaceAll(/[.[\]"']+/g, '-')].filter((part) => part !== '').join('.')
    : group
  const list = isList ? path : around.list
  const descriptor: Descriptor = {
    path,
    'x-descriptors': [
      ...shortCapabilities(fields.length > 0 ? { ...item, type: undefined } : item, around.beside),
      ...(inner === '' ? [] : [`${UI}fieldGroup:${inner}`]),
      ...(list === '' ? [] : [`${UI}arrayFieldGroup:${list}`]),
    ],
  }
  const label = plainText(item['label'])
  const description = plainText(item['description'])
  if (label !== undefined) descriptor.displayName = label
  if (description !== undefined) descriptor.description = description
  const beside = new Set(
    fields.flatMap((field: unknown) => (isRecord(field) ? (shortPath(field) ?? []) : [])),
  )
  const within: Around = { path: isList ? `${path}[].` : `${path}.`, group: inner, list, beside }
  return [
    descriptor,
    ...fields.flatMap((field: unknown) => (isRecord(field) ? normalize(field, within, depth + 1) : [])),
  ]
}
