'use client'
import type { ReactNode } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { MultiCombobox } from '#components/ui/multi-combobox.tsx'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { conditionText } from '#lib/domain/form/typed-value.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import {
  comboboxOptions,
  foreignOption,
  isSearchedChoice,
  optionWords,
  takesOthers,
  valueOfText,
} from './choice-options.ts'
import type { WidgetProps } from './widget-props.ts'

/** Several of the options, each with a check box; they are written in the options' order, foreign values last. */
function CheckedChoices(props: WidgetProps & { chosen: readonly FormValue[] }): ReactNode {
  const { control, id, onChange, disabled, labelledBy, describedBy, chosen } = props
  const { language } = useI18n()
  const options = [...control.options, ...chosen.flatMap((item) => foreignOption(item, control.options))]
  return (
    <fieldset
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-wrap gap-x-5 gap-y-1"
    >
      {options.map((option, index) => {
        const { label, hint } = optionWords(option, language)
        return (
          <Checkbox
            // Hand-written lists hold doubles.
            key={`${String(option.value)} ${index}`}
            id={index === 0 ? id : undefined}
            label={label}
            {...(hint !== undefined && { description: hint })}
            checked={chosen.includes(option.value)}
            readOnly={disabled}
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

/** Several of the options; a list that is searched where there are many, or where others may be entered. */
export function ChoicesWidget(props: WidgetProps): ReactNode {
  const { control, value, onChange } = props
  const { language, messages } = useI18n()
  const chosen: FormValue[] = Array.isArray(value) ? value : []
  if (!isSearchedChoice(control)) return <CheckedChoices {...props} chosen={chosen} />
  return (
    <MultiCombobox
      id={props.id}
      options={comboboxOptions(control.options, language)}
      values={chosen.map(conditionText)}
      onChange={(texts) => {
        // What stood there stays as it was typed.
        const known = (text: string) => chosen.find((item) => conditionText(item) === text)
        onChange(texts.map((text) => known(text) ?? valueOfText(text, control.options, control.valueType)))
      }}
      texts={messages.form.combobox}
      allowCreate={takesOthers(control)}
      placeholder={props.placeholder === '' ? messages.form.choose : props.placeholder}
      readOnly={props.disabled}
      invalid={props.invalid}
      aria-describedby={props.describedBy}
    />
  )
}
