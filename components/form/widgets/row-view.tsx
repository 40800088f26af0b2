'use client'
import { use, useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import type { FormControl, FormNode, FormValue, RowForm } from '#lib/domain/form/form-model.ts'
import { getAt } from '#lib/domain/form/form-path.ts'
import type { RowState } from '#lib/domain/form/row-state.ts'
import { isEmpty } from '#lib/domain/form/typed-value.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { ControlBox } from '../control-box.tsx'
import { FIELD_GRID } from '../field-grid.ts'
import { FormSection } from '../form-section.tsx'
import { errorsIn } from '../inner-errors.ts'
import { OwnerContext } from '../owner-context.ts'
import type { InnerError } from './widget-props.ts'

/** Writes one value of a row; `control` is the row's own, with its concrete path. */
export type EditRowField = (rowKey: number, control: FormControl, value: FormValue | undefined) => void

interface RowFieldProps {
  control: FormControl
  id: string
  value: FormValue | undefined
  initial: FormValue | undefined
  faults: readonly InnerError[]
  rowKey: number
  edit: EditRowField
  isCompact: boolean
}

function RowField({ edit, rowKey, ...props }: RowFieldProps): ReactNode {
  const { control, initial } = props
  const onChange = useCallback(
    (value: FormValue | undefined) => {
      // Emptied, it is again what stood for "nothing" before.
      const nothing = isEmpty(initial) ? initial : undefined
      edit(rowKey, control, isEmpty(value) ? nothing : value)
    },
    [control, edit, initial, rowKey],
  )
  return <ControlBox {...props} onChange={onChange} />
}

interface RowViewProps {
  row: RowForm
  state: RowState
  item: FormValue
  /** DOM id of the row, the same wherever it moves. */
  id: string
  /** At the row or below it. */
  faults: readonly InnerError[]
  rowKey: number
  edit: EditRowField
  isCompact: boolean
}

/** The fields of one row, as its layout has them. */
export function RowView(props: RowViewProps): ReactNode {
  const { row, state, item, id, faults, rowKey, edit, isCompact } = props
  const { language } = useI18n()
  const owner = use(OwnerContext)
  const [initial] = useState(item)
  const depth = state.path.length
  const fieldOf = (controlId: string) => {
    const at = state.controls.findIndex((one) => one.id === controlId)
    const control = state.controls[at]
    if (control === undefined || !state.shown.has(controlId)) return null
    const inside = control.path.slice(depth)
    return (
      <RowField
        key={controlId}
        control={control}
        id={`${id}-${at}`}
        value={getAt(item, inside)}
        initial={getAt(initial, inside)}
        faults={errorsIn(faults, control.path)}
        rowKey={rowKey}
        edit={edit}
        isCompact={isCompact}
      />
    )
  }
  const draw = (nodes: readonly FormNode[]): ReactNode[] =>
    nodes.map((node) => {
      if (node.type === 'control') return fieldOf(node.id)
      const children = draw(node.children)
      if (children.every((child) => child === null)) return null
      return (
        <FormSection
          key={`group ${node.id}`}
          title={pick(node.label, language)}
          description={pick(node.description, language)}
          ids={[owner]}
          open
        >
          {() => children}
        </FormSection>
      )
    })
  return isCompact ? draw(row.layout) : <div className={FIELD_GRID}>{draw(row.layout)}</div>
}
