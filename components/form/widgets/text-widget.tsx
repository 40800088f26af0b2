'use client'
import type { ReactNode } from 'react'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { conditionText } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { valueFromTyped } from './choice-options.ts'
import type { WidgetProps } from './widget-props.ts'

/** What can't be changed can still be read, focused and copied. */
function common({ id, disabled, invalid, describedBy, placeholder }: WidgetProps) {
  return {
    id,
    readOnly: disabled,
    invalid,
    'aria-describedby': describedBy,
    autoComplete: 'off',
    spellCheck: false,
    ...(placeholder !== '' && { placeholder }),
  }
}

/** One line of text, with suggestions where the control has options. */
export function TextWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange } = props
  const list = control.options.length > 0 ? `${id}-options` : undefined
  return (
    <>
      <TextField
        {...common(props)}
        list={list}
        value={conditionText(value)}
        onChange={(event) => {
          onChange(valueFromTyped(event.target.value, control.valueType))
        }}
      />
      {list !== undefined && (
        <datalist id={list}>
          {control.options.map((option) => (
            <option key={String(option.value)}>{String(option.value)}</option>
          ))}
        </datalist>
      )}
    </>
  )
}

/** A Kubernetes quantity, kept as it is typed. */
export function QuantityWidget(props: WidgetProps): ReactNode {
  const { form } = useMessages()
  return (
    <TextWidget {...props} placeholder={props.placeholder === '' ? form.quantityHint : props.placeholder} />
  )
}

/** A duration, kept as it is typed. */
export function DurationWidget(props: WidgetProps): ReactNode {
  const { form } = useMessages()
  return (
    <TextWidget {...props} placeholder={props.placeholder === '' ? form.durationHint : props.placeholder} />
  )
}

/** Several lines of text. */
export function TextAreaWidget(props: WidgetProps): ReactNode {
  const { control, value, onChange } = props
  return (
    <TextArea
      {...common(props)}
      rows={4}
      value={conditionText(value)}
      onChange={(event) => {
        onChange(valueFromTyped(event.target.value, control.valueType))
      }}
    />
  )
}
