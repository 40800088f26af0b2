import type { FormControl, FormValue } from '#lib/domain/form/form-model.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'

/** What is wrong below a control's own path: a row's field, one quantity. */
export interface InnerError {
  /** Whole path inside the config. */
  path: FormPath
  text: string
}

/** What every widget gets. */
export interface WidgetProps {
  control: FormControl
  /** Of the element that takes the focus. */
  id: string
  value: FormValue | undefined
  /** `undefined` empties it. */
  onChange: (value: FormValue | undefined) => void
  /** Told when what is typed can't be read, and null when it can. */
  onBroken: (message: string | null) => void
  disabled: boolean
  /** Errors that belong inside the control; those of the control itself stand below it. */
  errors: readonly InnerError[]
  invalid: boolean
  labelledBy: string
  describedBy: string | undefined
  label: string
  placeholder: string
}
