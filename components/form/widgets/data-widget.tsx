'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import type { ReactNode } from 'react'
import { TextArea } from '#components/ui/text-area.tsx'
import { isSame } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { readYaml, writeYaml } from '../yaml-value.ts'
import type { WidgetProps } from './widget-props.ts'

/** Any JSON value, written as YAML. What can't be read is told and not taken. */
export function DataWidget(props: WidgetProps): ReactNode {
  const { id, value, onChange, onBroken, disabled, invalid, describedBy, placeholder } = props
  const { form } = useMessages()
  const [text, setText] = useState(() => writeYaml(value))
  const [known, setKnown] = useState(value)
  // Changed from outside (a preset, another control): follow it.
  if (!isSame(known, value)) {
    setKnown(value)
    setText(writeYaml(value))
  }
  const mend = useEffectEvent(() => {
    onBroken(null)
  })
  // Gone, and its text with it: what could not be read does not count any more.
  useEffect(() => () => mend(), [])
  return (
    <TextArea
      id={id}
      mono
      rows={Math.min(12, Math.max(3, text.split('\n').length))}
      value={text}
      placeholder={placeholder === '' ? form.yamlHint : placeholder}
      disabled={disabled}
      invalid={invalid}
      spellCheck={false}
      autoComplete="off"
      aria-describedby={describedBy}
      onChange={(event) => {
        const next = event.target.value
        setText(next)
        const read = readYaml(next)
        if ('message' in read) {
          onBroken(read.message)
          return
        }
        onBroken(null)
        setKnown(read.value)
        onChange(read.value)
      }}
    />
  )
}
