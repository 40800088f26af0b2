import type { ReactNode } from 'react'
import { Switch } from '#components/ui/switch.tsx'
import type { WidgetProps } from './widget-props.ts'

/** A switch; where the config holds "true" as a text, it stays a text. */
export function SwitchWidget({
  control,
  id,
  value,
  onChange,
  disabled,
  invalid,
  describedBy,
}: WidgetProps): ReactNode {
  const isText = control.valueType === 'string'
  return (
    <Switch
      id={id}
      checked={value === true || value === 'true'}
      onChange={(checked) => {
        onChange(isText ? String(checked) : checked)
      }}
      readOnly={disabled}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
    />
  )
}
