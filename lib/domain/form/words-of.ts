import type { FormText } from './form-model.ts'

/** The words of a technical name that nobody gave a label: `hotAndCold_tiers` is `Hot and cold tiers`. */
export function wordsOf(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

/** Whether a text is there in any language. */
export function hasText({ en, zh }: FormText): boolean {
  return en !== undefined || zh !== undefined
}
