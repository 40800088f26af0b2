import { clsx } from 'clsx'
import Check from 'lucide-react/icons/check'
import type { ComponentProps, ReactNode } from 'react'

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'onClick'> {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Words beside it; without them give `aria-label`. */
  label?: ReactNode
  description?: ReactNode
}

/** A check box with its words. */
export function Checkbox({
  checked,
  onChange,
  label,
  description,
  className,
  readOnly = false,
  ...rest
}: CheckboxProps): ReactNode {
  return (
    <label className={clsx('inline-flex min-h-6 items-start gap-2 text-sm', className)}>
      <span className="relative mt-0.5 inline-flex size-4 shrink-0">
        <input
          {...rest}
          type="checkbox"
          aria-readonly={readOnly || undefined}
          checked={checked}
          onClick={(event) => {
            if (readOnly) event.preventDefault()
          }}
          onChange={(event) => {
            if (!readOnly) onChange(event.target.checked)
          }}
          className="peer size-4 appearance-none rounded-sm border border-control bg-surface transition-colors checked:border-accent-solid checked:bg-accent-solid disabled:opacity-50 aria-readonly:opacity-50"
        />
        <Check
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 size-3 text-white opacity-0 peer-checked:opacity-100"
        />
      </span>
      {label !== undefined && (
        <span>
          {label}
          {description !== undefined && <span className="block text-xs text-muted">{description}</span>}
        </span>
      )}
    </label>
  )
}
