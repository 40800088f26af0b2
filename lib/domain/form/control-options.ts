import { parseEntry, parseLocal } from './capability.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf } from './descriptor-draft.ts'
import type { ChoiceOption, FormText, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import { jsonOf } from './typed-value.ts'

const MAX_OPTIONS = 1000

type Scalar = string | number | boolean

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** A label as options carry it: a text, `{en, zh}`, or nothing. */
function labelOf(raw: FormValue | undefined, value: Scalar): FormText {
  if (isScalar(raw)) return { en: String(raw) }
  if (!isObject(raw)) return { en: String(value) }
  const { en, zh } = raw
  return { ...(typeof en === 'string' && { en }), ...(typeof zh === 'string' && { zh }) }
}

function optionOf(raw: FormValue): ChoiceOption | null {
  if (isScalar(raw)) return { value: raw, label: { en: String(raw) } }
  if (!isObject(raw) || !isScalar(raw['value'])) return null
  return { value: raw['value'], label: labelOf(raw['label'] ?? raw['name'] ?? raw['text'], raw['value']) }
}

/** `props:select:options:`: a JSON list of values or `{label, value}`, a JSON map, or a comma list. */
function parseOptionList(arg: string): ChoiceOption[] {
  const parsed = jsonOf(arg)
  if (Array.isArray(parsed))
    return parsed
      .slice(0, MAX_OPTIONS)
      .map(optionOf)
      .filter((option) => option !== null)
  if (isObject(parsed))
    return Object.entries(parsed)
      .slice(0, MAX_OPTIONS)
      .map(([value, label]) => ({ value, label: labelOf(label, value) }))
  return arg
    .replace(/^\[|\]$/g, '')
    .split(',', MAX_OPTIONS)
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map((value) => ({ value, label: { en: value } }))
}

const known = new WeakMap<DescriptorDraft, ChoiceOption[]>()

/** Everything that a descriptor offers for choice, each value once, in order. */
export function optionsOf(draft: DescriptorDraft): ChoiceOption[] {
  const options = known.get(draft) ?? readOptions(draft)
  known.set(draft, options)
  return options
}

function readOptions(draft: DescriptorDraft): ChoiceOption[] {
  const options = new Map<string, ChoiceOption>()
  const add = (option: ChoiceOption) => {
    const key = String(option.value)
    const known = options.get(key)
    if (known === undefined) {
      if (options.size < MAX_OPTIONS) options.set(key, option)
    } else {
      known.label = { ...known.label, ...option.label }
      // JSON tells the type, `select:1` does not.
      if (typeof known.value === 'string') known.value = option.value
    }
  }
  for (const value of argumentsOf(draft, 'com.tectonic.ui:select'))
    // A bare `select` only says that it is a drop-down, of live objects perhaps.
    if (value !== '') add({ value, label: { en: value } })
  for (const arg of argumentsOf(draft, 'com.tectonic.ui:radio')) {
    const { value, language, label } = parseEntry(arg)
    if (value === '' && label === '') continue
    add({ value, label: language === null ? { en: value } : { [language]: label } })
  }
  for (const arg of argumentsOf(draft, 'props:select:options')) {
    const { language, text } = parseLocal(arg)
    const listed = parseOptionList(text === arg ? arg : text)
    for (const option of listed) {
      const plain = option.label.en
      add(language === 'zh' && plain !== undefined ? { ...option, label: { zh: plain } } : option)
    }
  }
  if (argumentsOf(draft, 'com.tectonic.ui:imagePullPolicy').length > 0)
    for (const value of ['Always', 'IfNotPresent', 'Never']) add({ value, label: { en: value } })
  return [...options.values()]
}
