import type { SizeSettings } from '#lib/kinds/plugin-spec.ts'
import type { ControlCollector } from './control-collector.ts'
import type { ChoiceOption, FormControl, FormModel, FormNode, FormText, FormValue } from './form-model.ts'
import { formatPath, getAt, isForbiddenKey, isObject, parsePath, prefixTexts } from './form-path.ts'
import { plainControl } from './plain-control.ts'
import { typedOptions } from './typed-value.ts'
import { hasText } from './words-of.ts'

const MAX_SIZES = 50
const MAX_COMPONENTS = 200

function textOf(raw: FormValue | undefined): FormText {
  if (!isObject(raw)) return {}
  const { en, zh } = raw
  return { ...(typeof en === 'string' && { en }), ...(typeof zh === 'string' && { zh }) }
}

function presetOf(raw: FormValue): ChoiceOption | null {
  if (!isObject(raw) || typeof raw['size'] !== 'string') return null
  const components = isObject(raw['components']) ? raw['components'] : {}
  const fills: NonNullable<ChoiceOption['fills']> = []
  for (const [name, component] of Object.entries(components).slice(0, MAX_COMPONENTS)) {
    const resources = isObject(component) ? component['resources'] : undefined
    if (resources !== undefined && !isForbiddenKey(name))
      fills.push({ path: ['components', name, 'resources'], value: resources })
  }
  const label = textOf(raw['name'])
  return {
    value: raw['size'],
    label: hasText(label) ? label : { en: raw['size'] },
    description: textOf(raw['description']),
    fills,
  }
}

/** An option with what its preset says; a label that only repeats the value is none. */
function withPreset(option: ChoiceOption, preset: ChoiceOption | undefined): ChoiceOption {
  if (preset === undefined) return option
  const { en, zh } = option.label
  const isPlain = zh === undefined && en === String(option.value)
  return { ...preset, ...option, label: isPlain ? preset.label : option.label }
}

/**
 * Gives the form its scale presets (`uiContext.sizeSettings`): the control at `size` offers them, and picking
 * one also writes `components.<name>.resources`. Without such a control, one is put first. What a size fills can be
 * edited: where no control governs it, one is added to the advanced part.
 */
export function applySizes(
  form: FormModel,
  settings: SizeSettings | null | undefined,
  into: ControlCollector,
): void {
  // Widened on purpose: a stranger wrote it, whatever the type says.
  const raw: unknown = settings
  if (!isObject(raw) || !Array.isArray(raw['sizes'])) return
  const presets = raw['sizes']
    .slice(0, MAX_SIZES)
    .map(presetOf)
    .filter((preset) => preset !== null)
  if (presets.length === 0) return
  let control = form.controls.find(({ path }) => path.length === 1 && path[0] === 'size')
  if (control === undefined) {
    control = plainControl(['size'], 'select', getAt(form.defaults, ['size']))
    control.label = { en: 'Scale', zh: '规模' }
    form.controls.unshift(control)
    form.layout.unshift({ type: 'control', id: control.id })
  }
  if (control.kind !== 'radio') control.kind = 'select'
  const byValue = new Map(presets.map((preset) => [String(preset.value), preset]))
  const own = typedOptions(control.options, 'string')
  control.options =
    own.length === 0 ? presets : own.map((option) => withPreset(option, byValue.get(String(option.value))))
  if (own.length === 0) control.valueType = 'string'
  if (typeof raw['default'] === 'string' && byValue.has(raw['default'])) control.fallback ??= raw['default']
  const tip = textOf(raw['quotaTip'])
  if (!hasText(control.description)) control.description = tip
  addResources(form, control, presets, into)
}

/** A control for the resources of each component that a size fills. */
function addResources(
  form: FormModel,
  size: FormControl,
  presets: readonly ChoiceOption[],
  into: ControlCollector,
): void {
  // Every path that a control governs, that lies above one, or below which one lies.
  const own = new Set(form.controls.map(({ path }) => formatPath(path)))
  const above = new Set(form.controls.flatMap(({ path }) => prefixTexts(path)))
  const children: FormNode[] = []
  for (const { path } of presets.flatMap((preset) => preset.fills ?? [])) {
    const id = formatPath(path)
    const isGoverned = above.has(id) || prefixTexts(path).some((text) => own.has(text)) || into.has(id)
    if (isGoverned || into.isFull() || parsePath(id) === null) continue
    const control = plainControl(path, 'resources', getAt(form.defaults, path))
    const name = String(path.at(-2) ?? '')
    control.label = { en: `${name} resources`, zh: `${name} 资源` }
    control.hidden = size.hidden
    control.immutable = size.immutable
    control.when = [...size.when]
    into.add(control)
    children.push({ type: 'control', id: control.id })
  }
  if (children.length === 0) return
  const label = { en: 'Resources by scale', zh: '规模对应的资源' }
  form.advanced.push({ type: 'group', id: 'size resources', label, description: {}, children })
}
