'use client'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { IconButton } from '#components/ui/icon-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { conditionText } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { WidgetProps } from './widget-props.ts'

/**
 * A text that is not shown unless asked for, and never remembered by the browser. The input is not a controlled one:
 * React would copy what it holds into the `value` attribute, where it stands in the page's markup.
 */
export function PasswordWidget(props: WidgetProps): ReactNode {
  const { id, value, onChange, disabled, invalid, describedBy, placeholder } = props
  const { form } = useMessages()
  const [isShown, setShown] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const text = conditionText(value)
  useLayoutEffect(() => {
    if (input.current !== null && input.current.value !== text) input.current.value = text
  }, [text])
  return (
    <div className="flex gap-1">
      <TextField
        ref={input}
        id={id}
        type={isShown ? 'text' : 'password'}
        readOnly={disabled}
        invalid={invalid}
        aria-describedby={describedBy}
        autoComplete="new-password"
        spellCheck={false}
        placeholder={placeholder === '' ? undefined : placeholder}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      />
      <IconButton
        label={isShown ? form.hidePassword : form.showPassword}
        icon={isShown ? <EyeOff /> : <Eye />}
        onClick={() => {
          setShown(!isShown)
        }}
      />
    </div>
  )
}
