'use client'
import type { FieldTemplateProps } from '@rjsf/utils'
import type { ReactNode } from 'react'
import { FieldFrame } from '#components/ui/field-frame.tsx'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { controlDescription } from '../control-description.ts'
import { useFormParts } from '../form-context.ts'

/** Controls that consist of several elements, which one `label` can't name. */
const GROUPS = new Set(['radio', 'choices', 'list'])

/** Controls that need half the width. */
const NARROW = new Set(['switch', 'number'])

/** A control with its label, description and errors; the root object as it is. */
export function FieldTemplate(props: FieldTemplateProps): ReactNode {
  const { fieldPathId, id, rawErrors = [], children } = props
  const { controls, touch } = useFormParts()
  const { language, messages } = useI18n()
  const name = String(fieldPathId.path.at(-1) ?? '')
  const control = controls.get(name)
  if (control === undefined) return children
  const isFixed = control.disabled || control.immutable
  const isRequired = control.rules.required === true && control.kind !== 'switch' && !isFixed
  const description = controlDescription(control, language, messages)
  return (
    <div
      data-field={name}
      className={NARROW.has(control.kind) ? undefined : 'sm:col-span-2'}
      onBlur={(event) => {
        // Opening a drop-down moves the focus into it: the user is still here.
        const isOpen = event.target.getAttribute('aria-expanded') === 'true'
        if (!isOpen && !event.currentTarget.contains(event.relatedTarget)) touch(name)
      }}
    >
      <FieldFrame
        id={id}
        label={pick(control.label, language)}
        required={isRequired ? messages.form.required : undefined}
        description={
          description === '' ? undefined : <span className="whitespace-pre-line">{description}</span>
        }
        errors={rawErrors}
        inline={control.kind === 'switch'}
        isGroup={GROUPS.has(control.kind)}
      >
        {children}
      </FieldFrame>
    </div>
  )
}
