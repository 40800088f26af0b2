import type { SizeSettings } from '#lib/kinds/plugin-spec.ts'
import type { ChoiceOption, FormModel, FormText, FormValue } from './form-model.ts'
import { getAt, isForbiddenKey, isObject } from './form-path.ts'
import { plainControl } from './plain-control.ts'
import { typedOptions } from './typed-value.ts'

const MAX_SIZES = 50

function textOf(raw: FormValue | undefined): FormText {
  if (!isObject(raw)) return {}
  const { en, zh } = raw
  return { ...(typeof en === 'string' && { en }), ...(typeof zh === 'string' && { zh }) }
}

function presetOf(raw: FormValue): ChoiceOption | null {
  if (!isObject(raw) || typeof raw['size'] !== 'string') return null
  const components = isObject(raw['components']) ? raw['components'] : {}
  const fills: NonNullable<ChoiceOption['fills']> = []
  for (const [name, component] of Object.entries(components)) {
    const resources = isObject(component) ? component['resources'] : undefined
    if (resources !== undefined && !isForbiddenKey(name))
      fills.push({ path: ['components', name, 'resources'], value: resources })
  }
  const label = textOf(raw['name'])
  return {
    value: raw['size'],
    label: label.en === undefined && label.zh === undefined ? { en: raw['size'] } : label,
    description: textOf(raw['description']),
    fills,
  }
}

/**
 * Gives the form its scale presets (`uiContext.sizeSettings`): the control at `size` offers them, and picking
 * one also writes `components.<name>.resources`. Without such a control, one is put first.
 */
export function applySizes(form: FormModel, settings: SizeSettings | null | undefined): void {
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
    own.length === 0 ? presets : own.map((option) => ({ ...byValue.get(String(option.value)), ...option }))
  if (own.length === 0) control.valueType = 'string'
  if (typeof raw['default'] === 'string' && byValue.has(raw['default'])) control.fallback ??= raw['default']
  const tip = textOf(raw['quotaTip'])
  if (control.description.en === undefined && control.description.zh === undefined) control.description = tip
}
