import type { ReactNode } from 'react'

/** One entry of a Combobox. */
export interface ComboboxOption {
  value: string
  /** What is shown and searched. */
  label: string
  /** A second line: facts, or why it can't be picked. Searched too where it is a text. */
  hint?: ReactNode
  disabled?: boolean
  /** Marks a chosen one that is not what it should be. */
  tone?: 'warn'
}

/** What a Combobox says by itself, in the user's language. */
export interface ComboboxTexts {
  /** Of the button that opens the list. */
  open: string
  clear: string
  noMatch: string
  /** Where free entries are taken and nothing fits what is typed. */
  free: string
  /** Of the entry that takes what is typed. */
  add: (parameters: { text: string }) => string
  remove: (parameters: { label: string }) => string
  /** How many more fit than are listed. */
  more: (parameters: { count: string }) => string
}

/** How many entries a list shows at once; typing finds the others. */
export const SHOWN_OPTIONS = 100

/** The options whose words contain what is typed, the case left aside; all without a text. */
export function matchingOptions(options: readonly ComboboxOption[], typed: string): ComboboxOption[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return [...options]
  return options.filter(({ value, label, hint }) =>
    [label, value, typeof hint === 'string' ? hint : ''].some((text) => text.toLowerCase().includes(wanted)),
  )
}

/**
 * The option that has this value, or one made of the value alone: it is what stands there.
 * @param unknown how to show a value that no option has
 */
export function optionOf(
  options: readonly ComboboxOption[],
  value: string,
  unknown: (value: string) => ComboboxOption = (own) => ({ value: own, label: own }),
): ComboboxOption {
  return options.find((option) => option.value === value) ?? unknown(value)
}

/** The value that a typed text stands for: that of the option with this label, else the text. */
export function valueOfTyped(options: readonly ComboboxOption[], typed: string): string {
  const text = typed.trim()
  const found =
    options.find((option) => option.value === text) ?? options.find((option) => option.label === text)
  return found?.value ?? text
}
