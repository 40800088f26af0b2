'use client'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { IconButton } from '#components/ui/icon-button.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { FormValue, ValueType } from '#lib/domain/form/form-model.ts'
import { conditionText, scalarFromText } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { WidgetProps } from './widget-props.ts'

/** What a typed text stands for; a number only once it is written the way numbers are. */
export function valueFromTyped(text: string, type: ValueType): FormValue {
  const value = scalarFromText(text, type)
  return String(value) === text ? value : text
}

function common({ id, disabled, invalid, describedBy, placeholder }: WidgetProps) {
  return {
    id,
    disabled,
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

/** A text that is not shown unless asked for, and never remembered by the browser. */
export function PasswordWidget(props: WidgetProps): ReactNode {
  const { value, onChange } = props
  const { form } = useMessages()
  const [isShown, setShown] = useState(false)
  return (
    <div className="flex gap-1">
      <TextField
        {...common(props)}
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        value={conditionText(value)}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      />
      <IconButton
        label={isShown ? form.hidePassword : form.showPassword}
        icon={isShown ? <EyeOff /> : <Eye />}
        aria-pressed={isShown}
        onClick={() => {
          setShown(!isShown)
        }}
      />
    </div>
  )
}
