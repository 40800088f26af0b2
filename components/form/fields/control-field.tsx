'use client'
import type { FieldProps } from '@rjsf/utils'
import type { ComponentType, ReactNode } from 'react'
import { describedBy, fieldIds } from '#components/ui/field-frame.tsx'
import type { ControlKind, FormValue } from '#lib/domain/form/form-model.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { controlDescription } from '../control-description.ts'
import { useFormParts } from '../form-context.ts'
import { ChoicesWidget, RadioWidget, SelectWidget } from '../widgets/choice-widgets.tsx'
import { DataWidget } from '../widgets/data-widget.tsx'
import { ListWidget } from '../widgets/list-widget.tsx'
import { NumberWidget } from '../widgets/number-widget.tsx'
import { PickerWidget } from '../widgets/picker-widget.tsx'
import { SwitchWidget } from '../widgets/switch-widget.tsx'
import { PasswordWidget, TextAreaWidget, TextWidget } from '../widgets/text-widget.tsx'
import type { InnerError, WidgetProps } from '../widgets/widget-props.ts'

const NO_INNER_ERRORS: readonly InnerError[] = []

const WIDGETS: Readonly<Record<ControlKind, ComponentType<WidgetProps>>> = {
  switch: SwitchWidget,
  text: TextWidget,
  textarea: TextAreaWidget,
  password: PasswordWidget,
  number: NumberWidget,
  select: SelectWidget,
  radio: RadioWidget,
  choices: ChoicesWidget,
  list: ListWidget,
  picker: PickerWidget,
  rows: DataWidget,
  resources: DataWidget,
  quantity: TextWidget,
  duration: TextWidget,
  map: DataWidget,
  tolerations: DataWidget,
  nodeSelector: DataWidget,
  data: DataWidget,
}

/** The rjsf field of every property: the widget that its control asks for. */
export function ControlField(props: FieldProps): ReactNode {
  const { name, fieldPathId, onChange, rawErrors = [], disabled = false } = props
  const value = props.formData as FormValue | undefined
  const { controls, setBroken } = useFormParts()
  const { language, messages } = useI18n()
  const control = controls.get(name)
  if (control === undefined) return null
  const isFree = control.allowCreate && control.kind === 'select'
  const Widget = isFree ? TextWidget : WIDGETS[control.kind]
  const id = fieldPathId.$id
  return (
    <Widget
      control={control}
      id={id}
      value={value}
      onChange={(next) => {
        onChange(next, fieldPathId.path)
      }}
      onBroken={(message) => {
        setBroken(name, message)
      }}
      disabled={disabled || control.disabled || control.immutable}
      errors={NO_INNER_ERRORS}
      invalid={rawErrors.length > 0}
      labelledBy={fieldIds(id).label}
      describedBy={describedBy(id, {
        description: controlDescription(control, language, messages) !== '',
        error: rawErrors.length > 0,
      })}
      label={pick(control.label, language)}
      placeholder={pick(control.placeholder, language)}
    />
  )
}
