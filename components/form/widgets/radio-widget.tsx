'use client'
import type { ReactNode } from 'react'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { foreignOption, optionWords } from './choice-options.ts'
import type { WidgetProps } from './widget-props.ts'

/** One of the options, all in sight. */
export function RadioWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange, disabled, invalid, labelledBy, describedBy } = props
  const { language } = useI18n()
  const options = [...control.options, ...foreignOption(value, control.options)]
  return (
    <RadioGroup
      name={id}
      value={value === undefined || value === null || typeof value === 'object' ? null : String(value)}
      onChange={(text) => {
        onChange(options.find((option) => String(option.value) === text)?.value)
      }}
      options={options.map((option) => {
        const { label, hint } = optionWords(option, language)
        return { value: String(option.value), label, ...(hint !== undefined && { description: hint }) }
      })}
      readOnly={disabled}
      invalid={invalid}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    />
  )
}
