import { isRecord, localTexts } from './short-texts.ts'

const P = 'urn:alm:descriptor:'
const UI = `${P}com.tectonic.ui:`

/** Capabilities by the short form's `type`; empty where the value's name or default says more than any of them. */
const CONTROLS: Readonly<Record<string, readonly string[]>> = {
  boolean: [`${UI}booleanSwitch`],
  bool: [`${UI}booleanSwitch`],
  switch: [`${UI}booleanSwitch`],
  checkbox: [`${UI}booleanSwitch`],
  number: [`${UI}number`],
  integer: [`${UI}number`],
  int: [`${UI}number`],
  string: [`${UI}text`],
  text: [`${UI}text`],
  textarea: [`${UI}textarea`],
  password: [`${UI}password`],
  yaml: [`${UI}yaml`],
  json: [`${UI}yaml`],
  tags: [`${UI}tagsInput`],
  array: [`${UI}tagsInput`],
  list: [`${UI}tagsInput`],
  resources: [`${UI}resourceRequirements`],
  quantity: [],
  duration: [],
  object: [],
  map: [],
  tolerations: [],
  nodeselector: [],
  group: [],
  select: [],
  radio: [],
  enum: [],
  multiselect: [`${UI}multiple`],
  node: [`${P}io.kubernetes:Node`],
  secret: [`${P}io.kubernetes:Secret`],
  configmap: [`${P}io.kubernetes:ConfigMap`],
  namespace: [`${P}io.kubernetes:Namespace`],
  storageclass: [`${P}io.kubernetes:StorageClass`],
  persistentvolume: [`${P}io.kubernetes:PersistentVolume`],
  cluster: [`${P}io.kubernetes:Cluster`],
}

/** Rules and the names that they have. */
const RULES: readonly [rule: string, names: readonly string[]][] = [
  ['minimum', ['minimum', 'min']],
  ['maximum', ['maximum', 'max']],
  ['minLength', ['minLength', 'minItems']],
  ['maxLength', ['maxLength', 'maxItems']],
  ['pattern', ['pattern', 'regex']],
]

const FLAGS: readonly [flag: string, names: readonly string[]][] = [
  ['advanced', ['advanced']],
  ['hidden', ['hidden']],
  ['disabled', ['disabled', 'readOnly']],
  ['multiple', ['multiple']],
  ['allowCreate', ['allowCreate']],
  ['clearable', ['clearable']],
]

type Source = Readonly<Record<string, unknown>>

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function optionValue(option: unknown): unknown {
  return isRecord(option) && 'value' in option ? option['value'] : option
}

function optionList(source: Source): unknown[] | null {
  const options = source['options'] ?? source['enum']
  if (Array.isArray(options)) return options
  return isRecord(options) ? Object.entries(options).map(([value, label]) => ({ value, label })) : null
}

/** The control: what is chosen from, a live resource, or what the type says. */
function controlOf(source: Source): string[] {
  const type = typeof source['type'] === 'string' ? source['type'].toLowerCase() : ''
  const options = optionList(source)
  if (options !== null) {
    const values = options.map(optionValue).filter(isScalar)
    // Numbers stay numbers, which only JSON says.
    const isPlain = options.every((option) => typeof option === 'string')
    return [
      ...values.map((value) => `${UI}${type === 'radio' ? 'radio' : 'select'}:${value}`),
      ...(isPlain ? [] : [`${P}props:select:options:${JSON.stringify(options)}`]),
      ...(type === 'multiselect' ? [`${UI}multiple`] : []),
    ]
  }
  if (isRecord(source['resource'])) return [resourceOf(source['resource'])]
  return [...(CONTROLS[type] ?? (type === '' ? [] : [UI + type]))]
}

function resourceOf({ kind, group, version, isGlobal, labelSelector, namespace }: Source): string {
  const name = [group, version, kind].filter((part) => typeof part === 'string' && part !== '').join('~')
  const params = [
    ...(isGlobal === true ? ['isGlobal=true'] : []),
    ...(typeof labelSelector === 'string' ? [`labelSelector=${encodeURIComponent(labelSelector)}`] : []),
    ...(typeof namespace === 'string' ? [`namespace=${encodeURIComponent(namespace)}`] : []),
  ]
  return `${P}io.kubernetes:${name}${params.length > 0 ? `?=${params.join(':')}` : ''}`
}

function rulesOf(source: Source): string[] {
  const nested = isRecord(source['validation']) ? source['validation'] : {}
  const all: Source = { ...nested, ...source }
  const rules = all['required'] === true ? [`${UI}validation:required`] : []
  for (const [rule, names] of RULES) {
    const limit = names
      .map((name) => all[name])
      .find((one) => typeof one === 'string' || typeof one === 'number')
    if (limit !== undefined) rules.push(`${UI}validation:${rule}:${String(limit)}`)
  }
  return rules
}

/** `a.b=c`, `{path, value}`, `{a.b: c}`, or a list of those: all must hold. What stands beside the field goes first. */
function conditionsOf(condition: unknown, beside: ReadonlySet<string>): string[] {
  const dependency = (path: string, value: string | number | boolean) =>
    `${UI}fieldDependency:${beside.has(path) ? '.' : ''}${path}:${value}`
  if (Array.isArray(condition)) return condition.flatMap((one) => conditionsOf(one, beside))
  if (typeof condition === 'string') {
    const found = /^\s*([^=:\s]+)\s*(?:={1,2}|:)\s*(.*)$/s.exec(condition)
    return found === null ? [] : [dependency(found[1] ?? '', (found[2] ?? '').trim())]
  }
  if (!isRecord(condition)) return []
  const path = condition['path'] ?? condition['field'] ?? condition['name']
  const value = condition['value'] ?? condition['equals']
  const pairs = typeof path === 'string' ? [[path, value] as const] : Object.entries(condition)
  return pairs.flatMap(([at, expected]) => (isScalar(expected) ? [dependency(at, expected)] : []))
}

function wordsOf(source: Source): string[] {
  return ['label', 'description', 'placeholder', 'tooltip'].flatMap((kind) => {
    const raw = source[kind]
    const isPlain = typeof raw === 'string' && (kind === 'placeholder' || kind === 'tooltip')
    const texts = isPlain ? { en: raw } : localTexts(raw)
    return Object.entries(texts).map(([language, text]) => `${P}${kind}:${language}:${text}`)
  })
}

/**
 * What a descriptor in the short form says, as capabilities.
 * @param beside names of the fields in the same group or row
 */
export function shortCapabilities(source: Source, beside: ReadonlySet<string>): string[] {
  const fallback = source['default']
  const text = typeof fallback === 'string' ? fallback : JSON.stringify(fallback)
  return [
    ...controlOf(source),
    ...(fallback === undefined || fallback === null ? [] : [`${P}com.tectonic.default:${text}`]),
    ...rulesOf(source),
    ...FLAGS.filter(([, names]) => names.some((name) => source[name] === true)).map(([flag]) => UI + flag),
    ...conditionsOf(source['condition'] ?? source['when'], beside),
    ...wordsOf(source),
  ]
}
