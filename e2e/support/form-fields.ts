import type { Locator } from '@playwright/test'
import type { Answer } from './form-answer.ts'
import { expect } from './test.ts'

/** A text as a regular expression takes it literally. */
export function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The words of a label with whatever mark is behind them. */
export function labelled(label: string): RegExp {
  return new RegExp(`^\\s*${escape(label)}\\s*(\\*\\s*)?(\\([a-z]+\\)\\s*)?$`)
}

/** All of these words, in any order, as beginnings of words. */
export function words(...parts: string[]): RegExp {
  return new RegExp(parts.map((part) => `(?=.*\\b${escape(part)})`).join(''), 'i')
}

/** Opens everything that is folded, also what appears by it. */
export async function openGroups(scope: Locator): Promise<void> {
  const open = () =>
    scope.evaluate((element) => {
      const folded = [...element.querySelectorAll<HTMLElement>('details:not([open]) > summary')]
      for (const summary of folded) summary.click()
      return folded.length
    })
  while ((await open()) > 0) await expect(scope.locator('details:not([open])')).toHaveCount(0)
}

/** The field with this label, of the form itself or of one row. */
export function fieldOf(
  scope: Locator,
  { label, group }: Pick<Answer, 'label' | 'group'>,
  inRow = false,
): Locator {
  const around = group === undefined ? scope : scope.getByRole('group', { name: group, exact: true })
  const labels = around.locator(inRow ? '[id$="-label"]' : '[id$="-label"]:not([data-entry] *)')
  return labels
    .filter({ hasText: labelled(label) })
    .first()
    .locator('xpath=ancestor::*[@data-field][1]')
}

/** The entries of a control that holds several, without those of entries inside them. */
export function entriesOf(field: Locator): Locator {
  return field.locator('[data-entry]:not([data-entry] [data-entry])')
}

/** The input of one amount, such as the memory that is requested. */
export function amountBox(field: Locator, side: string, resource: string): Locator {
  return field.getByRole('textbox', { name: words(resource, side.replace(/s$/, '')) })
}
