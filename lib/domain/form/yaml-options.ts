import { stringify } from 'yaml'
import { configSchema } from './config-schema.ts'
import type { ConfigNode } from './config-schema.ts'
import type { FormControl, FormModel, FormText, FormValue } from './form-model.ts'
import { getAt } from './form-path.ts'
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

function nodeAt(root: ConfigNode, path: FormPath): ConfigNode | undefined {
  let node: ConfigNode | undefined = root
  for (const step of path) node = typeof step === 'string' ? node?.children?.get(step) : node?.items
  return node
}

function isList({ items, control }: ConfigNode, start: FormValue | undefined): boolean {
  return (
    items !== undefined || control?.kind === 'list' || control?.kind === 'choices' || Array.isArray(start)
  )
}

/** What follows the colon of a new key. */
function follows(node: ConfigNode, start: FormValue | undefined, indent: number): string {
  const inside = `\n${' '.repeat(indent + 2)}`
  if (node.children !== undefined) return inside
  return isList(node, start) ? `${inside}- ` : ' '
}

function keyOptions(form: FormModel, node: ConfigNode | undefined, cursor: YamlCursor): YamlOption[] {
  const options: YamlOption[] = []
  for (const [name, child] of node?.children ?? []) {
    if (cursor.present.has(name) || child.control?.hidden === true) continue
    const text = stringify({ [name]: 0 }, { lineWidth: 0 }).replace(/: 0\n$/, '')
    const start = getAt(form.defaults, [...cursor.path, name])
    options.push({
      kind: 'key',
      text,
      insert: `${text}:${follows(child, start, cursor.indent)}`,
      label: child.control?.label ?? NO_WORDS,
      description: child.control?.description ?? NO_WORDS,
      isDefault: false,
    })
  }
  return options
}

/** The values that a control offers, for itself or for each of its entries. */
function offered(control: FormControl | undefined): readonly FormValue[] {
  if (control?.kind === 'switch' && control.valueType !== 'string') return [true, false]
  return control?.options.map(({ value }) => value) ?? []
}

function valueOptions(
  form: FormModel,
  path: FormPath,
  node: ConfigNode | undefined,
  control: FormControl | undefined,
): YamlOption[] {
  const found = new Map<string, YamlOption>()
  const start = getAt(form.defaults, path) ?? control?.fallback
  const add = (value: FormValue | undefined) => {
    if (value === undefined || (typeof value === 'object' && value !== null)) return
    const text = stringify(value, { lineWidth: 0 }).trimEnd()
    if (text.includes('\n') || found.has(text)) return
    const option = control?.options.find((one) => one.value === value)
    const label = option?.label ?? NO_WORDS
    const description = option?.description ?? NO_WORDS
    found.set(text, { kind: 'value', text, insert: text, label, description, isDefault: value === start })
  }
  for (const value of [...offered(control), ...(node?.values ?? [])]) add(value)
  if (control?.kind !== 'password') add(start)
  return [...found.values()]
}

/**
 * What may be written at an offset of a configuration's YAML, by its form: keys that are not there yet, and the values
 * of a key. Null where nothing can be told. The text may be half written; never throws.
 */
export function yamlOptions(form: FormModel, text: string, offset: number): YamlOptions | null {
  const cursor = yamlCursor(text, offset)
  if (cursor === null) return null
  const root = configSchema(form)
  const node = nodeAt(root, cursor.path)
  const holder = cursor.at === 'item' ? nodeAt(root, cursor.path.slice(0, -1)) : undefined
  const isOfHolder = holder !== undefined && isList(holder, undefined)
  const options = [
    ...(cursor.at === 'key'
      ? []
      : valueOptions(form, cursor.path, node, isOfHolder ? holder.control : node?.control)),
    ...(cursor.at === 'value' ? [] : keyOptions(form, node, cursor)),
  ]
  // A list begins on the next line.
  if (options.length === 0 || (cursor.at === 'value' && node !== undefined && isList(node, undefined)))
    return null
  return { from: cursor.from, options: options.slice(0, MOST) }
}
