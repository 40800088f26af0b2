import type { FormControl, FormValue } from '#lib/domain/form/form-model.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'

/** What is wrong at a path, in words. */
export interface InnerError {
  /** Whole path inside the config. */
  path: FormPath
  text: string
}

export const NO_ERRORS: readonly InnerError[] = []

/** What every widget gets. */
export interface WidgetProps {
  control: FormControl
  /** Of the element that takes the focus. */
  id: string
  value: FormValue | undefined
  /** What stood there before the user changed anything. */
  initial: FormValue | undefined
  /** `undefined` empties it. */
  onChange: (value: FormValue | undefined) => void
  /** Told why what is typed can't be taken, in words, and null when it can. */
  onBroken: (text: string | null) => void
  disabled: boolean
  /** Errors that belong inside the control; those of the control itself stand below it. */
  errors: readonly InnerError[]
  invalid: boolean
  labelledBy: string
  describedBy: string | undefined
  label: string
  placeholder: string
}
