import type { FormControl, FormValue } from '#lib/domain/form/form-model.ts'

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
  invalid: boolean
  labelledBy: string
  describedBy: string | undefined
  label: string
  placeholder: string
}
