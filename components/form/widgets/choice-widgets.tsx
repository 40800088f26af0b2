'use client'
import type { ReactNode } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ChoiceOption, FormValue } from '#lib/domain/form/form-model.ts'
import { isEmpty } from '#lib/domain/form/typed-value.ts'
import { pick } from '#lib/domain/local-text.ts'
import type { Language } from '#lib/i18n/language.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import type { WidgetProps } from './widget-props.ts'

/** Stands for "nothing chosen" in a drop-down that can be emptied. */
const NOTHING = Symbol('nothing')

function words(option: ChoiceOption, language: Language): { label: string; hint?: string } {
  const hint = pick(option.description, language)
  const label = pick(option.label, language)
  return { label: label === '' ? String(option.value) : label, ...(hint !== '' && { hint }) }
}

/** A value that is not among the options, shown all the same: it is what stands there. */
function foreign(value: FormValue | undefined, options: readonly ChoiceOption[]): ChoiceOption[] {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  if (!isScalar || isEmpty(value) || options.some((option) => option.value === value)) return []
  return [{ value, label: { en: String(value) } }]
}

export function SelectWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange, disabled, invalid, labelledBy, describedBy } = props
  const { language, messages } = useI18n()
  const options = [...control.options, ...foreign(value, control.options)].map((option) => ({
    value: option.value as ChoiceOption['value'] | typeof NOTHING,
    ...words(option, language),
  }))
  const canEmpty = control.clearable || (control.rules.required !== true && !isEmpty(value))
  const all = canEmpty ? [{ value: NOTHING, label: messages.form.notSet }, ...options] : options
  return (
    <Select
      id={id}
      value={all.find((option) => option.value === value)?.value ?? null}
      onChange={(next) => {
        onChange(next === NOTHING ? undefined : (next as ChoiceOption['value']))
      }}
      options={all}
      placeholder={props.placeholder === '' ? messages.form.choose : props.placeholder}
      disabled={disabled}
      invalid={invalid}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    />
  )
}

export function RadioWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange, disabled, invalid, labelledBy, describedBy } = props
  const { language } = useI18n()
  const options = [...control.options, ...foreign(value, control.options)]
  return (
    <RadioGroup
      name={id}
      value={value === undefined || value === null || typeof value === 'object' ? null : String(value)}
      onChange={(text) => {
        onChange(options.find((option) => String(option.value) === text)?.value)
      }}
      options={options.map((option) => {
        const { label, hint } = words(option, language)
        return { value: String(option.value), label, ...(hint !== undefined && { description: hint }) }
      })}
      disabled={disabled}
      invalid={invalid}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    />
  )
}

/** Several of the options; they are written in the options' order, foreign values last. */
export function ChoicesWidget(props: WidgetProps): ReactNode {
  const { control, value, onChange, disabled, labelledBy, describedBy } = props
  const { language } = useI18n()
  const chosen: FormValue[] = Array.isArray(value) ? value : []
  const options = [...control.options, ...chosen.flatMap((item) => foreign(item, control.options))]
  return (
    <fieldset
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-wrap gap-x-5 gap-y-1"
    >
      {options.map((option) => {
        const { label, hint } = words(option, language)
        return (
          <Checkbox
            key={String(option.value)}
            label={label}
            {...(hint !== undefined && { description: hint })}
            checked={chosen.includes(option.value)}
            disabled={disabled}
            onChange={(checked) => {
              onChange(
                options
                  .map((one) => one.value)
                  .filter((one) => (one === option.value ? checked : chosen.includes(one))),
              )
            }}
          />
        )
      })}
    </fieldset>
  )
}
