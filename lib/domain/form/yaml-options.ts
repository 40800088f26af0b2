import { stringify } from 'yaml'
import type { FormControl, FormModel, FormText, FormValue } from './form-model.ts'
import { getAt, isObject } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { yamlCursor } from './yaml-cursor.ts'
import type { YamlCursor } from './yaml-cursor.ts'

/** Something that fits at a place in a configuration's YAML. */
export interface YamlOption {
  kind: 'key' | 'value'
  /** As it is written in YAML. */
  text: string
  /** What is put in: with the colon behind a key, and the next line's indentation where one is needed. */
  insert: string
  label: FormText
  description: FormText
  /** What the plugin starts with. */
  isDefault: boolean
}

export interface YamlOptions {
  /** The text from here to the cursor is replaced. */
  from: number
  options: YamlOption[]
}

const MOST = 200
const NO_WORDS: FormText = {}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']
const OPERATORS = ['Equal', 'Exists']

/** What the values of composite controls consist of; `null` stands for an entry, an array for scalars. */
const PARTS: Partial<Record<FormControl['kind'], [FormPath, readonly string[]][]>> = {
  resources: (['requests', 'limits'] as const).flatMap((part): [FormPath, string[]][] => [
    [[part, 'cpu'], []],
    [[part, 'memory'], []],
  ]),
  tolerations: [
    [[null, 'key'], []],
    [[null, 'operator'], OPERATORS],
    [[null, 'value'], []],
    [[null, 'effect'], EFFECTS],
  ],
  nodeSelector: [
    [[null, 'key'], []],
    [[null, 'value'], []],
  ],
}

/** A place that the form knows. */
interface Place {
  path: FormPath
  control: FormControl | undefined
  values: readonly FormValue[]
}

function placesOf(controls: readonly FormControl[], into: Place[] = []): Place[] {
  for (const control of controls) {
    if (control.hidden) continue
    const { path, kind, options } = control
    const values =
      kind === 'switch' && control.valueType !== 'string' ? [true, false] : options.map((one) => one.value)
    const isList = kind === 'list' || kind === 'choices' || (kind === 'picker' && control.multiple)
    into.push({ path, control, values: isList ? [] : values })
    if (isList) into.push({ path: [...path, null], control, values })
    for (const [part, choices] of PARTS[kind] ?? [])
      into.push({ path: [...path, ...part], control: undefined, values: choices })
    if (control.row !== undefined) placesOf(control.row.controls, into)
  }
  return into
}

function isBelow(path: FormPath, above: FormPath): boolean {
  return (
    path.length > above.length &&
    above.every((step, index) => step === path[index] || (step === null && typeof path[index] === 'number'))
  )
}

function scalarText(value: FormValue): string {
  return stringify(value, { lineWidth: 0 }).trimEnd()
}

function keyOption(
  name: string,
  place: Place | undefined,
  next: 'value' | 'map' | 'list',
  indent: number,
): YamlOption {
  const text = stringify({ [name]: 0 }, { lineWidth: 0 }).replace(/: 0\n$/, '')
  const inside = `\n${' '.repeat(indent + 2)}`
  return {
    kind: 'key',
    text,
    insert: `${text}:${next === 'value' ? ' ' : next === 'map' ? inside : `${inside}- `}`,
    label: place?.control?.label ?? NO_WORDS,
    description: place?.control?.description ?? NO_WORDS,
    isDefault: false,
  }
}

function keyOptions(form: FormModel, places: readonly Place[], cursor: YamlCursor): YamlOption[] {
  const { path, present, indent } = cursor
  const names = new Map<string, { place?: Place; next: 'value' | 'map' | 'list' }>()
  for (const place of places) {
    if (!isBelow(place.path, path)) continue
    const name = place.path[path.length]
    if (typeof name !== 'string' || present.has(name)) continue
    const known = names.get(name)
    const below = place.path[path.length + 1]
    const next = below === undefined ? 'value' : below === null || typeof below === 'number' ? 'list' : 'map'
    if (known === undefined) names.set(name, next === 'value' ? { place, next } : { next })
    else if (known.next === 'value') known.next = next
  }
  const defaults = getAt(form.defaults, path)
  if (isObject(defaults))
    for (const [name, value] of Object.entries(defaults))
      if (!present.has(name) && !names.has(name))
        names.set(name, { next: isObject(value) ? 'map' : Array.isArray(value) ? 'list' : 'value' })
  return [...names].map(([name, { place, next }]) => keyOption(name, place, next, indent))
}

function valueOptions(form: FormModel, places: readonly Place[], path: FormPath): YamlOption[] {
  const found = new Map<string, YamlOption>()
  const add = (
    value: FormValue | undefined,
    isDefault: boolean,
    label = NO_WORDS,
    description = NO_WORDS,
  ) => {
    if (value === undefined || (typeof value === 'object' && value !== null)) return
    const text = scalarText(value)
    if (text.includes('\n') || found.has(text)) return
    found.set(text, { kind: 'value', text, insert: text, label, description, isDefault })
  }
  const isPassword = (control: FormControl | undefined) => control?.kind === 'password'
  const here = places.filter(
    (place) => place.path.length === path.length && isBelow([...place.path, ''], path),
  )
  for (const { control, values } of here) {
    const start = getAt(form.defaults, path) ?? control?.fallback
    for (const value of values) {
      const option = control?.options.find((one) => one.value === value)
      add(value, value === start, option?.label, option?.description)
    }
    if (!isPassword(control)) add(start, true)
  }
  if (here.length === 0) add(getAt(form.defaults, path), true)
  return [...found.values()]
}

/**
 * What may be written at an offset of a configuration's YAML, by its form: keys that are not there yet, and the values
 * of a key. Null where nothing can be told. The text may be half written; never throws.
 */
export function yamlOptions(form: FormModel, text: string, offset: number): YamlOptions | null {
  const cursor = yamlCursor(text, offset)
  if (cursor === null) return null
  const places = placesOf(form.controls)
  const options = [
    ...(cursor.at === 'key' ? [] : valueOptions(form, places, cursor.path)),
    ...(cursor.at === 'value' ? [] : keyOptions(form, places, cursor)),
  ]
  return options.length === 0 ? null : { from: cursor.from, options: options.slice(0, MOST) }
}
