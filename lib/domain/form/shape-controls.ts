import type { CapabilityName } from './capability.ts'
import type { ControlCollector } from './control-collector.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { hasFlag } from './descriptor-draft.ts'
import type { ControlKind, FormControl, FormNode, FormText, FormValue, RowForm } from './form-model.ts'
import { isObject } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { plainControl } from './plain-control.ts'
import { sampleAt } from './sample-at.ts'

/** One field of a value whose shape Kubernetes or an operator framework prescribes. */
interface Part {
  steps: FormPath
  kind: ControlKind
  label: FormText
  options?: readonly string[]
  /** Shown while the field beside it has one of these values. */
  when?: { beside: string; values: readonly string[] }
  row?: readonly Part[]
  /** A number, or a text such as `25%`. */
  isNumber?: boolean
  /** Other values than the options may be entered. */
  isFree?: boolean
}

const KEY: Part = { steps: ['key'], kind: 'text', label: { en: 'Key', zh: '键' } }

const LABEL_SELECTOR: readonly Part[] = [
  { steps: ['matchLabels'], kind: 'map', label: { en: 'Match labels', zh: '匹配标签' } },
  {
    steps: ['matchExpressions'],
    kind: 'rows',
    label: { en: 'Match expressions', zh: '匹配表达式' },
    row: [
      KEY,
      {
        steps: ['operator'],
        kind: 'select',
        label: { en: 'Operator', zh: '运算符' },
        options: ['In', 'NotIn', 'Exists', 'DoesNotExist'],
      },
      {
        steps: ['values'],
        kind: 'list',
        label: { en: 'Values', zh: '值' },
        when: { beside: 'operator', values: ['In', 'NotIn'] },
      },
    ],
  },
]

const NAMESPACE_SELECTOR: readonly Part[] = [
  { steps: ['any'], kind: 'switch', label: { en: 'Any namespace', zh: '任意命名空间' } },
  {
    steps: ['matchNames'],
    kind: 'list',
    label: { en: 'Namespaces', zh: '命名空间' },
    when: { beside: 'any', values: ['false'] },
  },
]

const UPDATE_STRATEGY: readonly Part[] = [
  {
    steps: ['type'],
    kind: 'select',
    label: { en: 'Strategy', zh: '策略' },
    options: ['RollingUpdate', 'Recreate', 'OnDelete'],
    isFree: true,
  },
  ...[
    { step: 'maxUnavailable', label: { en: 'Max unavailable', zh: '最大不可用数' } },
    { step: 'maxSurge', label: { en: 'Max surge', zh: '最大超出数' } },
  ].map(({ step, label }): Part => ({
    steps: ['rollingUpdate', step],
    kind: 'text',
    label,
    isNumber: true,
    when: { beside: 'type', values: ['RollingUpdate'] },
  })),
]

const ENDPOINT: readonly Part[] = [
  { steps: ['port'], kind: 'text', label: { en: 'Port', zh: '端口' }, isNumber: true },
  { steps: ['path'], kind: 'text', label: { en: 'Path', zh: '路径' } },
  { steps: ['scheme'], kind: 'text', label: { en: 'Scheme', zh: '协议' } },
  { steps: ['interval'], kind: 'duration', label: { en: 'Interval', zh: '间隔' } },
]

const SHAPES: readonly [CapabilityName, readonly Part[]][] = [
  ['com.tectonic.ui:selector', LABEL_SELECTOR],
  ['com.tectonic.ui:namespaceSelector', NAMESPACE_SELECTOR],
  ['com.tectonic.ui:updateStrategy', UPDATE_STRATEGY],
]

/** The fields that a descriptor's value has by its capability; null where that says nothing, or the value is another. */
export function shapeOf(draft: DescriptorDraft, value: FormValue | undefined): readonly Part[] | null {
  const parts = SHAPES.find(([name]) => hasFlag(draft, name))?.[1]
  if (parts === undefined || (value !== undefined && value !== null && !isObject(value))) return null
  const known = new Set(parts.map(({ steps }) => steps[0]))
  // A plain map of labels, say, which is a selector as well.
  const isOther = isObject(value) && Object.keys(value).some((key) => !known.has(key))
  return isOther ? null : parts
}

/** Whether a capability prescribes the shape of a descriptor's value. */
export function hasShape(draft: DescriptorDraft): boolean {
  return hasFlag(draft, 'com.tectonic.ui:endpointList', ...SHAPES.map(([name]) => name))
}

/** The row of a monitor's endpoints; null where a descriptor is not about them, or something else stands there. */
export function endpointRow(
  draft: DescriptorDraft,
  values: FormValue,
  into: ControlCollector,
): RowForm | null {
  const value = sampleAt(values, draft.path)
  const isFree = value === undefined || value === null || Array.isArray(value)
  if (!hasFlag(draft, 'com.tectonic.ui:endpointList') || !isFree) return null
  const inside = into.inner()
  const layout = shapeControls(ENDPOINT, [...draft.path, null], values, inside)
  return { controls: inside.controls, layout }
}

function partControl(part: Part, path: FormPath, values: FormValue): FormControl {
  const place = [...path, ...part.steps]
  const existing = sampleAt(values, place)
  const control = plainControl(place, part.kind, existing)
  control.label = part.label
  control.options = (part.options ?? []).map((value) => ({ value, label: { en: value } }))
  control.allowCreate = part.isFree === true
  control.clearable = true
  if (part.isNumber === true && typeof existing !== 'string') control.valueType = 'number'
  if (part.when !== undefined) {
    const beside = [...path, part.when.beside]
    control.when.push(part.when.values.map((value) => ({ path: beside, value })))
  }
  return control
}

/** Controls for the fields of a shape at `path`, except those that have descriptors of their own. */
export function shapeControls(
  parts: readonly Part[],
  path: FormPath,
  values: FormValue,
  into: ControlCollector,
  isWanted: (id: string) => boolean = () => true,
): FormNode[] {
  return parts.flatMap((part): FormNode[] => {
    const control = partControl(part, path, values)
    if (into.isFull() || !isWanted(control.id)) return []
    into.add(control)
    if (part.row !== undefined) {
      const inside = into.inner()
      const layout = shapeControls(part.row, [...control.path, null], values, inside)
      control.row = { controls: inside.controls, layout }
    }
    return [{ type: 'control', id: control.id }]
  })
}
