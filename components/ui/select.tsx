'use client'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Select as Base } from '@base-ui/react/select'
import { clsx } from 'clsx'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import type { ReactNode } from 'react'
import { OPTION, OPTION_LABEL, OPTION_TICK, OptionHint, OptionTick } from './option-look.tsx'

export interface SelectOption<T> {
  value: T
  label: ReactNode
  /** A second line, or why it can't be picked. */
  hint?: ReactNode
  disabled?: boolean
}

interface SelectProps<T> {
  id?: string
  value: T | null
  onChange: (value: T) => void
  options: readonly SelectOption<T>[]
  placeholder?: string
  /** Can be reached and read, not changed. */
  readOnly?: boolean
  required?: boolean
  invalid?: boolean
  onBlur?: () => void
  'aria-label'?: string
  'aria-labelledby'?: string
  'aria-describedby'?: string | undefined
  className?: string
}

/** A drop-down of a form; picks one value. Values are compared with `Object.is`. */
export function Select<T>(props: SelectProps<T>): ReactNode {
  const { value, onChange, options, placeholder, readOnly = false, required = false, className } = props
  return (
    <Base.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      onValueChange={(next: T | null) => {
        if (next !== null) onChange(next)
      }}
      readOnly={readOnly}
      onOpenChange={(_open, details) => {
        if (readOnly) details.cancel()
      }}
      required={required}
      modal={false}
    >
      <Base.Trigger
        id={props.id}
        aria-label={props['aria-label']}
        aria-labelledby={props['aria-labelledby']}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props.invalid || undefined}
        aria-readonly={readOnly || undefined}
        onBlur={props.onBlur}
        className={clsx('control flex h-8 items-center gap-2 pr-2 pl-2.5 text-left', className)}
      >
        <span className="min-w-0 flex-1 truncate">
          <Base.Value placeholder={<span className="text-faint">{placeholder}</span>} />
        </span>
        <Base.Icon className="text-muted">
          <ChevronsUpDown className="size-3.5" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          collisionPadding={8}
          alignItemWithTrigger={false}
          className="z-50 outline-none"
        >
          {/* Its own style element would need a nonce; all it does is hide scrollbars that we want. */}
          <CSPProvider disableStyleElements>
            <Base.Popup className="floating max-h-(--available-height) w-(--anchor-width) min-w-40 overflow-y-auto p-1 outline-none">
              <Base.List>
                {options.map((option, index) => (
                  <Base.Item
                    // A text may read like another option's position.
                    key={typeof option.value === 'string' ? `=${option.value}` : index}
                    value={option.value}
                    disabled={option.disabled ?? false}
                    className={OPTION}
                  >
                    <span className={OPTION_TICK}>
                      <Base.ItemIndicator>
                        <OptionTick />
                      </Base.ItemIndicator>
                    </span>
                    <span className="min-w-0">
                      <Base.ItemText className={OPTION_LABEL}>{option.label}</Base.ItemText>
                      <OptionHint hint={option.hint} />
                    </span>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </CSPProvider>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
