'use client'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { FieldFrame, describedBy } from '#components/ui/field-frame.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const LONGEST_REASON = 1000

/** Why a change is made; optional. */
export function ReasonField({
  value,
  onChange,
}: {
  value: string
  onChange: (value: string) => void
}): ReactNode {
  const { installations } = useMessages()
  const id = useId()
  return (
    <FieldFrame id={id} label={installations.reason} description={installations.reasonHint}>
      <TextField
        id={id}
        value={value}
        maxLength={LONGEST_REASON}
        autoComplete="off"
        aria-describedby={describedBy(id, { description: true })}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      />
    </FieldFrame>
  )
}
