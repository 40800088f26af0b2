import type { FieldTemplateProps } from '@rjsf/utils'
import type { ReactNode } from 'react'

/** rjsf's wrapper around a field: nothing, the field brings its own label and errors (see ControlBox). */
export function FieldTemplate({ children }: FieldTemplateProps): ReactNode {
  return children
}
