'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { NumberField } from '#components/ui/number-field.tsx'
import { numberOf } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { useBroken } from '../use-broken.ts'
import type { WidgetProps } from './widget-props.ts'

/** A number; where the config holds it as a text, it stays a text. */
export function NumberWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange, onBroken, disabled, invalid, describedBy, placeholder } = props
  const { form } = useMessages()
  const { integer, minimum, maximum } = control.rules
  const number = typeof value === 'number' ? value : typeof value === 'string' ? numberOf(value) : null
  const [isHalf, setHalf] = useState(false)
  // A number that came from outside has taken the place of what was typed.
  if (isHalf && number !== null) setHalf(false)
  useBroken(onBroken, isHalf ? form.errors.type({ type: 'number' }) : null)
  return (
    <NumberField
      id={id}
      value={number}
      onChange={(next, isHalfNow) => {
        setHalf(isHalfNow)
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
