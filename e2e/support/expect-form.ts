import type { Locator } from '@playwright/test'
import type { Json } from '#lib/kinds/object.ts'
import { amountsOf, asObjects, asText, fieldAnswer, pairsOf } from './form-answer.ts'
import type { Answer } from './form-answer.ts'
import { amountBox, entriesOf, fieldOf, labelled, openGroups } from './form-fields.ts'
import { expect } from './test.ts'

/** What the inputs and chips of a field hold, whatever they are. */
function heldBy(field: Locator): Promise<string[]> {
  return field.evaluate((element) => [
    ...[...element.querySelectorAll<HTMLInputElement>('input, textarea')].map((input) => input.value),
    element.textContent ?? '',
  ])
}

/** In any order: a real API server sorts the keys of objects. */
async function expectPairs(field: Locator, pairs: [string, Json][]): Promise<void> {
  const inputs = entriesOf(field).getByRole('textbox')
  const held = async () => {
    const values = await inputs.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
    const rows = values.flatMap((key, at) => (at % 2 === 0 ? [`${key}=${values[at + 1]}`] : []))
    return rows.sort()
  }
  await expect.poll(held).toEqual(pairs.map(([key, value]) => `${key}=${asText(value)}`).sort())
}

async function expectIn(field: Locator, answer: Answer): Promise<void> {
  const { as, value } = answer
  const name = labelled(answer.label)
  switch (as) {
    case 'switch':
      await expect(field.getByRole('switch', { name })).toBeChecked({ checked: value === true })
      break
    case 'text':
      await expect(field.getByRole('textbox', { name })).toHaveValue(asText(value))
      break
    case 'password':
      await expect(field.locator('input[type=password]')).toHaveValue(asText(value))
      break
    case 'number':
      await expect(field.getByRole('spinbutton', { name })).toHaveValue(asText(value))
      break
    case 'select':
      await expect(field.getByRole('combobox', { name })).toHaveText(asText(value))
      break
    case 'radio':
      await expect(field.getByRole('radio', { name: asText(value) }).first()).toBeChecked()
      break
    case 'checks':
      for (const box of await field.getByRole('checkbox', { checked: true }).all())
        expect(value).toContain(await box.evaluate((element) => element.closest('label')?.textContent ?? ''))
      await expect(field.getByRole('checkbox', { checked: true })).toHaveCount((value as Json[]).length)
      break
    case 'list':
    case 'picker':
    case 'pickers':
      for (const one of Array.isArray(value) ? value : [value])
        await expect
          .poll(async () => (await heldBy(field)).some((text) => text.includes(asText(one))))
          .toBe(true)
      break
    case 'pairs':
    case 'nodeSelector':
      await expectPairs(field, pairsOf(value))
      break
    case 'tolerations':
      await expect(entriesOf(field)).toHaveCount((value as Json[]).length)
      for (const [index, toleration] of asObjects(value).entries())
        for (const part of Object.values(toleration))
          expect(
            (await heldBy(entriesOf(field).nth(index))).some((text) => text.includes(asText(part))),
          ).toBe(true)
      break
    case 'resources':
      for (const [side, resource, amount] of amountsOf(value))
        await expect(amountBox(field, side, resource)).toHaveValue(amount)
      break
    case 'rows':
      await expect(field.locator('[data-entry]').first()).toBeVisible()
      for (const [index, row] of asObjects(value).entries())
        for (const [key, one] of Object.entries(row)) {
          const inner = fieldAnswer(key, one, answer.fields)
          await expectIn(fieldOf(entriesOf(field).nth(index), inner, true), inner)
        }
      break
    case 'yaml':
      await expect(field.locator('.cm-content, textarea').first()).toBeVisible()
      break
  }
}

/** Checks that a form shows all this. */
export async function expectForm(form: Locator, answers: readonly Answer[]): Promise<void> {
  await openGroups(form)
  for (const answer of answers) await expectIn(fieldOf(form, answer), answer)
}

/** Checks that a control is shown, says why it can't be changed, and offers nothing to change it with. */
export async function expectFixed(form: Locator, label: string): Promise<void> {
  const field = fieldOf(form, { label })
  await expect(field).toContainText('Can’t be changed after installing.')
  await expect(
    field.locator(
      ':is(input, textarea):not(:disabled, [aria-disabled=true], [aria-readonly=true], [readonly], [aria-hidden=true])',
    ),
  ).toHaveCount(0)
  await expect(field.locator('[role=combobox]:not([aria-readonly=true], [readonly])')).toHaveCount(0)
}
