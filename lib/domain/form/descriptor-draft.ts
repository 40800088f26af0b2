import { cleanText } from '../clean-text.ts'
import { parseCapability, parseLocal } from './capability.ts'
import type { Capability, CapabilityName } from './capability.ts'
import type { FormText } from './form-model.ts'
import { formatPath, isObject, parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'

/** One descriptor, read but not yet interpreted. */
export interface DescriptorDraft {
  path: FormPath
  id: string
  capabilities: Capability[]
  label: FormText
  description: FormText
  placeholder: FormText
  tooltip: FormText
  /** Dotted id of the group it stands in; empty for none. In a row, as seen from the row. */
  group: string
  /** The same as it was written: what `oneOf` may name. */
  fullGroup: string
  advanced: boolean
  immutable: boolean
}

const MAX_CAPABILITIES = 500
/** Characters of one capability: room for a long list of options. */
const MAX_CAPABILITY = 100_000
const MAX_TEXT = 4000

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? cleanText(value, MAX_TEXT) : undefined
}

/** All arguments of capability `name`, in order. */
export function argumentsOf(draft: DescriptorDraft, name: CapabilityName): string[] {
  return draft.capabilities.filter((entry) => entry.name === name).map((entry) => entry.arg)
}

/** Whether any of the flags is there and not switched off with `:false`. */
export function hasFlag(draft: DescriptorDraft, ...names: CapabilityName[]): boolean {
  return draft.capabilities.some(
    (entry) => entry.name !== null && names.includes(entry.name) && entry.arg !== 'false',
  )
}

function textOf(capabilities: Capability[], name: CapabilityName, fallback?: string): FormText {
  const text: FormText = {}
  for (const { name: found, arg } of capabilities) {
    if (found !== name) continue
    const { language, text: words } = parseLocal(arg)
    if (words !== '') text[language] ??= cleanText(words, MAX_TEXT)
  }
  if (fallback !== undefined) text.en ??= fallback
  return text
}

/** Reads a descriptor, whatever it is; null when it has no usable path. */
export function readDescriptor(raw: unknown, immutable: boolean): DescriptorDraft | null {
  if (!isObject(raw)) return null
  const path = typeof raw['path'] === 'string' ? parsePath(raw['path']) : null
  // A configuration is an object: nothing stands at a number.
  if (path === null || typeof path[0] !== 'string') return null
  const texts = Array.isArray(raw['x-descriptors']) ? raw['x-descriptors'] : []
  const capabilities = texts
    .slice(0, MAX_CAPABILITIES)
    .filter((text) => typeof text === 'string')
    .filter((text) => text.length <= MAX_CAPABILITY)
    .map(parseCapability)
  const group = capabilities.find((entry) => entry.name === 'com.tectonic.ui:fieldGroup' && entry.arg !== '')
  return {
    path,
    id: formatPath(path),
    capabilities,
    label: textOf(capabilities, 'label', asText(raw['displayName'])),
    description: textOf(capabilities, 'description', asText(raw['description'])),
    placeholder: textOf(capabilities, 'placeholder'),
    tooltip: textOf(capabilities, 'tooltip'),
    group: group?.arg ?? '',
    fullGroup: group?.arg ?? '',
    advanced: capabilities.some(
      (entry) => entry.name === 'com.tectonic.ui:advanced' && entry.arg !== 'false',
    ),
    immutable,
  }
}
