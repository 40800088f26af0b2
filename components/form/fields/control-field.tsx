'use client'
import type { FieldProps } from '@rjsf/utils'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { getAt } from '#lib/domain/form/form-path.ts'
import { ControlBox } from '../control-box.tsx'
import { useFormParts, useFormState } from '../form-context.ts'
import { OwnerContext } from '../owner-context.ts'
import { NO_ERRORS } from '../widgets/widget-props.ts'

/** The rjsf field of every property: hands the control its value and its errors. */
export function ControlField({ name, fieldPathId }: FieldProps): ReactNode {
  const { controls, base, change } = useFormParts()
  const { config, faults } = useFormState()
  const control = controls.get(name)
  const onChange = useCallback(
    (value: FormValue | undefined) => {
      if (control !== undefined) change(control, value)
    },
    [control, change],
  )
  if (control === undefined) return null
  return (
    <OwnerContext value={control.id}>
      <ControlBox
        control={control}
        id={fieldPathId.$id}
        value={getAt(config, control.path)}
        initial={getAt(base, control.path)}
        faults={faults.get(control.id) ?? NO_ERRORS}
        onChange={onChange}
      />
    </OwnerContext>
  )
}
