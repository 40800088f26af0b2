import type { ReactNode } from 'react'
import { NumberField } from '#components/ui/number-field.tsx'
import { numberOf } from '#lib/domain/form/typed-value.ts'
import type { WidgetProps } from './widget-props.ts'

/** A number; where the config holds it as a text, it stays a text. */
export function NumberWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange, disabled, invalid, describedBy, placeholder } = props
  const { integer, minimum, maximum } = control.rules
  return (
    <NumberField
      id={id}
      value={typeof value === 'number' ? value : typeof value === 'string' ? numberOf(value) : null}
      onChange={(next) => {
        if (next === null) onChange(undefined)
        else onChange(control.valueType === 'string' ? String(next) : next)
      }}
      step={integer === true ? 1 : 'any'}
      min={minimum}
      max={maximum}
      readOnly={disabled}
      invalid={invalid}
      aria-describedby={describedBy}
      {...(placeholder !== '' && { placeholder })}
    />
  )
}
