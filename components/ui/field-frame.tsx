import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** Ids that tie a control to the texts around it. */
export function fieldIds(id: string): { label: string; description: string; error: string } {
  return { label: `${id}-label`, description: `${id}-description`, error: `${id}-error` }
}

/** `aria-describedby` of a control in a FieldFrame; undefined where there is nothing to point at. */
export function describedBy(id: string, has: { description?: boolean; error?: boolean }): string | undefined {
  const ids = fieldIds(id)
  const present = [has.error && ids.error, has.description && ids.description].filter(Boolean)
  return present.length > 0 ? present.join(' ') : undefined
}

interface FieldFrameProps {
  /** Of the control; `fieldIds(id)` names the texts. */
  id: string
  label: ReactNode
  /** Marks the field, with its own words for screen readers. */
  required?: string | undefined
  /** Small things beside the label, such as a button that says more. */
  beside?: ReactNode
  description?: ReactNode
  /** A line each. */
  errors?: readonly string[]
  /** Label and control on one line, for switches. */
  inline?: boolean
  /** For groups, which a `label` element can't name. */
  isGroup?: boolean
  children: ReactNode
  className?: string
}

/** A control with its label above, its description and its errors below. */
export function FieldFrame(props: FieldFrameProps): ReactNode {
  const { id, label, required, beside, description, errors = [], inline = false, isGroup = false } = props
  const ids = fieldIds(id)
  const labelClass = 'min-w-0 text-sm font-medium break-words'
  const words = (
    <>
      {label}
      {required !== undefined && (
        <span className="text-bad" title={required}>
          <span aria-hidden> *</span>
          <span className="sr-only"> ({required})</span>
        </span>
      )}
    </>
  )
  const named = isGroup ? (
    <span id={ids.label} className={labelClass}>
      {words}
    </span>
  ) : (
    <label id={ids.label} htmlFor={id} className={labelClass}>
      {words}
    </label>
  )
  return (
    <div className={clsx('min-w-0', props.className)}>
      <div className={inline ? 'flex items-center justify-between gap-3' : 'grid grid-cols-1 gap-1'}>
        {beside === undefined ? (
          named
        ) : (
          <span className="flex min-w-0 items-center gap-0.5">
            {named}
            {beside}
          </span>
        )}
        {props.children}
      </div>
      {errors.length > 0 && (
        <p id={ids.error} className="mt-1 text-xs break-words whitespace-pre-line text-bad">
          {errors.join('\n')}
        </p>
      )}
      {description !== undefined && description !== '' && (
        <p id={ids.description} className="mt-1 text-xs break-words whitespace-pre-line text-muted">
          {description}
        </p>
      )}
    </div>
  )
}
