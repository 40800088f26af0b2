import type { ComponentProps, ReactNode } from 'react'

interface SwitchProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'role' | 'onClick'> {
  checked: boolean
  onChange: (checked: boolean) => void
}

/** On or off at once; its label comes from FieldFrame, a `label` around it or `aria-label`. */
export function Switch({ checked, onChange, readOnly = false, ...rest }: SwitchProps): ReactNode {
  return (
    <span className="relative inline-flex h-6 w-9 shrink-0 items-center">
      <input
        {...rest}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        aria-readonly={readOnly || undefined}
        checked={checked}
        onClick={(event) => {
          if (readOnly) event.preventDefault()
        }}
        onChange={(event) => {
          if (!readOnly) onChange(event.target.checked)
        }}
        className="peer h-5 w-9 cursor-pointer appearance-none rounded-full border border-control bg-sunken transition-colors checked:border-accent-solid checked:bg-accent-solid disabled:cursor-not-allowed disabled:opacity-50 aria-readonly:cursor-default aria-readonly:opacity-50"
      />
      <span className="pointer-events-none absolute left-1 size-3 rounded-full bg-control transition-[translate,background-color] peer-checked:translate-x-4 peer-checked:bg-white" />
    </span>
  )
}
