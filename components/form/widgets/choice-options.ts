import type { ComboboxOption } from '#components/ui/combobox-option.ts'
import type { ChoiceOption, FormControl, FormValue, ValueType } from '#lib/domain/form/form-model.ts'
import { isEmpty, scalarFromText } from '#lib/domain/form/typed-value.ts'
import { pick } from '#lib/domain/local-text.ts'
import type { Language } from '#lib/i18n/language.ts'

/** More options than this are found by typing, not by reading. */
const READABLE = 12

/** Whether a control's options are shown in a list that is searched, and may be written into. */
export function isSearchedChoice(control: FormControl): boolean {
  return takesOthers(control) || control.options.length > READABLE
}

/** A list of anything, for which some values are suggested. */
export function hasSuggestions(control: FormControl): boolean {
  return control.kind === 'list' && control.options.length > 0
}

/** Whether values besides the options may be entered. */
export function takesOthers(control: FormControl): boolean {
  return control.allowCreate || hasSuggestions(control)
}

/** The words of an option; its value where it has none. */
export function optionWords(option: ChoiceOption, language: Language): { label: string; hint?: string } {
  const hint = pick(option.description, language)
  const label = pick(option.label, language)
  return { label: label === '' ? String(option.value) : label, ...(hint !== '' && { hint }) }
}

/** A value that is not among the options, shown all the same: it is what stands there. */
export function foreignOption(
  value: FormValue | undefined,
  options: readonly ChoiceOption[],
): ChoiceOption[] {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  if (!isScalar || isEmpty(value) || options.some((option) => option.value === value)) return []
  return [{ value, label: { en: String(value) } }]
}

/** The options as a Combobox takes them: the texts of their values, each once. */
export function comboboxOptions(options: readonly ChoiceOption[], language: Language): ComboboxOption[] {
  const byValue = new Map<string, ComboboxOption>()
  for (const option of options) {
    const value = String(option.value)
    if (!byValue.has(value)) byValue.set(value, { value, ...optionWords(option, language) })
  }
  return [...byValue.values()]
}

/** The value behind a text that a Combobox gives: that of the option written so, else the text, typed. */
export function valueOfText(text: string, options: readonly ChoiceOption[], type: ValueType): FormValue {
  const option = options.find(({ value }) => String(value) === text)
  return option === undefined ? valueFromTyped(text, type) : option.value
}

/** What a typed text stands for; a number only once it is written the way numbers are. */
export function valueFromTyped(text: string, type: ValueType): FormValue {
  const value = scalarFromText(text, type)
  return String(value) === text ? value : text
}
