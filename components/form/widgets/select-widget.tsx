'use client'
import { Combobox } from '#components/ui/combobox.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ReactNode } from 'react'
import type { ChoiceOption } from '#lib/domain/form/form-model.ts'
import { conditionText, isEmpty } from '#lib/domain/form/typed-value.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import {
  comboboxOptions,
  foreignOption,
  isSearchedChoice,
  optionWords,
  valueOfText,
} from './choice-options.ts'
import type { WidgetProps } from './widget-props.ts'

/** Stands for "nothing chosen" in a drop-down that can be emptied. */
const NOTHING = Symbol('nothing')

/** One of the options; a list that is searched where there are many, or where others may be entered. */
export function SelectWidget(props: WidgetProps): ReactNode {
  const { control, value, onChange, invalid } = props
  const { language, messages } = useI18n()
  const shared = {
    id: props.id,
    placeholder: props.placeholder === '' ? messages.form.choose : props.placeholder,
    readOnly: props.disabled,
    invalid,
    'aria-describedby': props.describedBy,
  }
  const canEmpty = control.clearable || (control.rules.required !== true && !isEmpty(value))
  if (isSearchedChoice(control))
    return (
      <Combobox
        {...shared}
        options={comboboxOptions(control.options, language)}
        value={isEmpty(value) ? null : conditionText(value)}
        onChange={(text) => {
          onChange(text === null ? undefined : valueOfText(text, control.options, control.valueType))
        }}
        texts={messages.form.combobox}
        allowCreate={control.allowCreate}
        clearable={canEmpty}
      />
    )
  const options = [...control.options, ...foreignOption(value, control.options)].map((option) => ({
    value: option.value as ChoiceOption['value'] | typeof NOTHING,
    ...optionWords(option, language),
  }))
  const all = canEmpty ? [{ value: NOTHING, label: messages.form.notSet }, ...options] : options
  return (
    <Select
      {...shared}
      value={all.find((option) => option.value === value)?.value ?? null}
      onChange={(next) => {
        onChange(next === NOTHING ? undefined : (next as ChoiceOption['value']))
      }}
      options={all}
      aria-labelledby={props.labelledBy}
    />
  )
}
