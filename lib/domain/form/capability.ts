/** Capabilities of the form language, without their prefix; the longest that fits a text names it. */
const UI = 'com.tectonic.ui:'

export const CAPABILITIES = [
  `${UI}booleanSwitch`,
  `${UI}checkbox`,
  `${UI}text`,
  `${UI}textarea`,
  `${UI}password`,
  `${UI}number`,
  `${UI}podCount`,
  `${UI}select`,
  `${UI}radio`,
  `${UI}imagePullPolicy`,
  `${UI}updateStrategy`,
  `${UI}nodeAffinity`,
  `${UI}podAffinity`,
  `${UI}podAntiAffinity`,
  `${UI}selector`,
  `${UI}namespaceSelector`,
  `${UI}endpointList`,
  `${UI}label`,
  `${UI}tagsInput`,
  `${UI}yaml`,
  `${UI}resourceRequirements`,
  `${UI}fieldGroup`,
  `${UI}arrayFieldGroup`,
  `${UI}advanced`,
  `${UI}fieldDependency`,
  `${UI}hidden`,
  `${UI}disabled`,
  `${UI}multiple`,
  `${UI}allowCreate`,
  `${UI}clearable`,
  `${UI}validation`,
  'com.tectonic.default',
  'props:select:multiple',
  'props:select:allowCreate',
  'props:select:clearable',
  'props:select:options',
  'io.kubernetes',
  'oneOf',
  'label',
  'description',
  'placeholder',
  'tooltip',
  'text',
  // What only tells about a status; known, and without effect on a form.
  `${UI}podStatuses`,
  `${UI}important`,
  `${UI}metrics`,
  'io.kubernetes.conditions',
  'io.kubernetes.phase',
  'org.w3',
  'prometheusEndpoint',
] as const

export type CapabilityName = (typeof CAPABILITIES)[number]

export interface Capability {
  /** Null when nobody here knows it. */
  name: CapabilityName | null
  /** What follows the name and a colon; empty when nothing does. */
  arg: string
  /** As it was written. */
  text: string
}

const PREFIX = 'urn:alm:descriptor:'
const KNOWN: ReadonlyMap<string, CapabilityName> = new Map(CAPABILITIES.map((name) => [name, name]))
/** Names are of one to three parts with colons between. */
const MAX_PARTS = 3

/** The longest name that a text starts with; null when none does. */
function nameOf(text: string): CapabilityName | null {
  let found: CapabilityName | null = null
  let end = -1
  for (let parts = 0; parts < MAX_PARTS; parts++) {
    end = text.indexOf(':', end + 1)
    found = KNOWN.get(end < 0 ? text : text.slice(0, end)) ?? found
    if (end < 0) break
  }
  return found
}

/** Reads one entry of `x-descriptors`. Colons inside the argument are the argument's. */
export function parseCapability(text: string): Capability {
  const rest = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text
  const name = nameOf(rest)
  return { name, arg: name === null ? rest : rest.slice(name.length + 1), text }
}

/** Splits `en:…` / `zh:…` off a text; a text without a language stands for English. */
export function parseLocal(arg: string): { language: 'en' | 'zh'; text: string } {
  if (arg.startsWith('zh:')) return { language: 'zh', text: arg.slice(3) }
  return { language: 'en', text: arg.startsWith('en:') ? arg.slice(3) : arg }
}

/** `<v>[:en|zh:<label>]` of a radio entry; colons may occur in both. */
export function parseEntry(arg: string): { value: string; language: 'en' | 'zh' | null; label: string } {
  const found = /:(en|zh):/.exec(arg)
  if (found === null) return { value: arg, language: null, label: '' }
  const label = arg.slice(found.index + found[0].length)
  return { value: arg.slice(0, found.index), language: found[1] === 'zh' ? 'zh' : 'en', label }
}

/** `<path>:<value>`: the first colon outside quotes and brackets ends the path. */
export function parseDependency(arg: string): { path: string; value: string } | null {
  let quote = ''
  let depth = 0
  for (let at = 0; at < arg.length; at++) {
    const char = arg[at] ?? ''
    if (quote !== '') {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (char === '[') depth++
    else if (char === ']') depth = Math.max(0, depth - 1)
    else if (char === ':' && depth === 0) return { path: arg.slice(0, at), value: arg.slice(at + 1) }
  }
  return null
}
