import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

interface NumberFieldProps extends Omit<ComponentProps<'input'>, 'type' | 'value' | 'onChange'> {
  /** null is an empty field. */
  value: number | null
  /** @param isHalf something stands there that is no number: `1e`, `-` */
  onChange: (value: number | null, isHalf: boolean) => void
  invalid?: boolean
}

/** A number; what is no number yet is reported as null. */
export function NumberField({ value, onChange, invalid, className, ...rest }: NumberFieldProps): ReactNode {
  return (
    <input
      inputMode="decimal"
      step="any"
      {...rest}
      type="number"
      value={value ?? ''}
      onChange={(event) => {
        const next = event.target.valueAsNumber
        onChange(Number.isNaN(next) ? null : next, event.target.validity.badInput)
      }}
      // A wheel over a focused number would change it unseen.
      onWheel={(event) => {
        event.currentTarget.blur()
      }}
      aria-invalid={invalid || undefined}
      className={clsx('control tabular h-8 px-2.5', className)}
    />
  )
}
