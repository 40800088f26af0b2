'use client'
import { clsx } from 'clsx'
import Info from 'lucide-react/icons/info'
import Lock from 'lucide-react/icons/lock'
import { memo } from 'react'
import type { ReactNode } from 'react'
import { FieldFrame, describedBy, fieldIds } from '#components/ui/field-frame.tsx'
import type { FormControl, FormValue } from '#lib/domain/form/form-model.ts'
import { formatPath } from '#lib/domain/form/form-path.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { NARROW_KINDS, isGroupOf, showsInnerErrors, tellsFields } from './control-looks.ts'
import { useFormParts } from './form-context.ts'
import { isAt, linesBelow } from './inner-errors.ts'
import { NO_ERRORS } from './widgets/widget-props.ts'
import type { InnerError } from './widgets/widget-props.ts'

interface ControlViewProps {
  control: FormControl
  id: string
  value: FormValue | undefined
  initial: FormValue | undefined
  faults: readonly InnerError[]
  onChange: (value: FormValue | undefined) => void
  isCompact?: boolean
  owner: string
  brokenText: string | undefined
  isTold: boolean
  disabled: boolean
}

function hasSameFaults(a: readonly InnerError[], b: readonly InnerError[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((one, index) => {
        const other = b[index]
        return other?.text === one.text && formatPath(other.path) === formatPath(one.path)
      }))
  )
}

function isSameView(before: ControlViewProps, after: ControlViewProps): boolean {
  const keys = Object.keys(after) as (keyof ControlViewProps)[]
  return keys.every((key) =>
    key === 'faults'
      ? // Errors that nobody is told yet change nothing.
        (!before.isTold && !after.isTold && !tellsFields(after.control)) ||
        hasSameFaults(before.faults, after.faults)
      : Object.is(before[key], after[key]),
  )
}

/** Laid out only when it comes into sight; the padding keeps focus rings from being cut off. */
const OUT_OF_SIGHT = '-m-1 p-1 [contain-intrinsic-size:auto_3.75rem] [content-visibility:auto]'

/** A control with its label, description and errors. */
export const ControlView = memo(function ControlView(props: ControlViewProps): ReactNode {
  const { control, id, owner, isTold, brokenText, isCompact = false } = props
  const { touch, setBroken, widgetOf, isLong } = useFormParts()
  const { language, messages } = useI18n()
  const isFixed = control.disabled || control.immutable
  const stays = control.immutable || control.lasting === true
  const fixed = stays ? messages.form.immutable : control.disabled ? messages.form.disabled : ''
  const words = [pick(control.description, language), fixed].filter((text) => text !== '').join('\n')
  const description = isCompact ? fixed : words
  const about = [isCompact ? pick(control.description, language) : '', pick(control.tooltip, language)]
    .filter((text) => text !== '')
    .join('\n')
  const label = pick(control.label, language)
  const told = isTold ? props.faults : NO_ERRORS
  const inside = tellsFields(control) ? props.faults : told
  const below = inside.filter((one) => !isAt(one, control.path))
  const hasInner = showsInnerErrors(control)
  // Numbers begin with what is none yet, such as “-”.
  const isBegun = control.kind === 'number' && !isTold
  const errors = [
    // A widget with inputs of its own says at the input why that can't be taken.
    ...(brokenText === undefined || hasInner || isBegun ? [] : [brokenText]),
    ...told.filter((one) => isAt(one, control.path)).map((one) => one.text),
    ...(hasInner ? [] : linesBelow(below, control.path)),
  ]
  const isWrongInside = inside.length > 0 || brokenText !== undefined
  const Widget = widgetOf(control)
  return (
    <div
      data-field={control.id}
      data-wrong={errors.length > 0 ? 'itself' : isWrongInside ? 'inside' : undefined}
      className={clsx(
        'min-w-0',
        !NARROW_KINDS.has(control.kind) && !isCompact && 'sm:col-span-2',
        isLong && !isCompact && OUT_OF_SIGHT,
      )}
      onBlur={(event) => {
        // Opening a drop-down moves the focus into it: the user is still here.
        const isOpen = event.target.getAttribute('aria-expanded') === 'true'
        if (!isOpen && !event.currentTarget.contains(event.relatedTarget)) touch(id)
      }}
    >
      <FieldFrame
        id={id}
        label={label}
        required={
          control.rules.required === true && control.kind !== 'switch' && !isFixed
            ? messages.form.required
            : undefined
        }
        beside={
          <>
            {isFixed && <Lock aria-hidden className="ml-1 size-3.5 shrink-0 text-muted" />}
            {about !== '' && (
              <button
                type="button"
                data-tip={about}
                className="tip-btn px-1 text-muted hover:text-ink"
                aria-label={messages.form.about({ label })}
              >
                <Info aria-hidden className="size-3.5" />
              </button>
            )}
          </>
        }
        description={description}
        errors={errors}
        inline={control.kind === 'switch'}
        isGroup={isGroupOf(control)}
      >
        <Widget
          control={control}
          id={id}
          value={props.value}
          initial={props.initial}
          onChange={props.onChange}
          onBroken={(text) => {
            setBroken(id, owner, text)
          }}
          disabled={props.disabled || isFixed}
          errors={hasInner ? below : NO_ERRORS}
          invalid={errors.length > 0}
          labelledBy={fieldIds(id).label}
          describedBy={describedBy(id, { description: description !== '', error: errors.length > 0 })}
          label={label}
          placeholder={pick(control.placeholder, language)}
        />
      </FieldFrame>
    </div>
  )
}, isSameView)
