import type { MouseEvent, ReactNode } from 'react'

interface RadioGroupProps {
  /** Unique on the page; the browser groups by it. */
  name: string
  value: string | null
  onChange: (value: string) => void
  options: readonly { value: string; label: ReactNode; description?: ReactNode; disabled?: boolean }[]
  /** Can be reached and read, not changed. */
  readOnly?: boolean
  invalid?: boolean
  onBlur?: () => void
  'aria-label'?: string
  'aria-labelledby'?: string
  'aria-describedby'?: string | undefined
}

/** An arrow key comes as a click, too. */
function stay(event: MouseEvent): void {
  event.preventDefault()
}

/** One of a few, all visible. */
export function RadioGroup(props: RadioGroupProps): ReactNode {
  const { name, value, onChange, options, readOnly = false } = props
  return (
    <div
      role="radiogroup"
      aria-label={props['aria-label']}
      aria-labelledby={props['aria-labelledby']}
      aria-describedby={props['aria-describedby']}
      aria-invalid={props.invalid || undefined}
      aria-readonly={readOnly || undefined}
      className="flex flex-wrap gap-x-5 gap-y-1"
    >
      {options.map((option) => (
        <label key={option.value} className="inline-flex min-h-6 items-start gap-2 text-sm">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled === true}
            aria-disabled={readOnly || undefined}
            onClick={readOnly ? stay : undefined}
            onBlur={props.onBlur}
            onChange={() => {
              if (!readOnly) onChange(option.value)
            }}
            className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-control bg-surface checked:border-5 checked:border-accent-solid disabled:opacity-50 aria-disabled:opacity-50"
          />
          <span>
            {option.label}
            {option.description !== undefined && (
              <span className="block text-xs text-muted">{option.description}</span>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}
