import type { Locator } from '@playwright/test'
import type { Json } from '#lib/kinds/object.ts'
import { amountsOf, asObjects, asText, fieldAnswer, pairsOf } from './form-answer.ts'
import type { Answer } from './form-answer.ts'
import { amountBox, entriesOf, escape, fieldOf, labelled, openGroups, words } from './form-fields.ts'
import { expect } from './test.ts'

async function choose(box: Locator, name: string): Promise<void> {
  await box.click()
  await box
    .page()
    .getByRole('option', { name: new RegExp(`^${escape(name)}(\\b|$)`) })
    .first()
    .click()
}

async function pick(box: Locator, name: string): Promise<void> {
  await box.fill(name)
  await box
    .page()
    .getByRole('option', { name: new RegExp(`^${escape(name)}(\\b|$)`) })
    .first()
    .click()
}

/** Leaves as many empty entries as are wanted. */
async function makeEntries(field: Locator, count: number, inRow: boolean): Promise<Locator> {
  const entries = inRow ? field.locator('[data-entry]') : entriesOf(field)
  while ((await entries.count()) > 0)
    await entries
      .first()
      .getByRole('button', { name: /^Remove/ })
      .last()
      .click()
  for (let made = 0; made < count; made++) await field.locator('[data-add]').last().click()
  await expect(entries).toHaveCount(count)
  return entries
}

async function fillPairs(field: Locator, pairs: [string, Json][], inRow: boolean): Promise<void> {
  const entries = await makeEntries(field, pairs.length, inRow)
  for (const [index, [key, value]] of pairs.entries()) {
    const inputs = entries.nth(index).getByRole('textbox')
    await inputs.nth(0).fill(key)
    await inputs.nth(1).fill(asText(value))
  }
}

async function fillTolerations(field: Locator, value: Json): Promise<void> {
  const tolerations = asObjects(value)
  const entries = await makeEntries(field, tolerations.length, false)
  for (const [index, toleration] of tolerations.entries()) {
    const entry = entries.nth(index)
    const { key, operator, effect, value: taint, tolerationSeconds } = toleration
    if (operator !== undefined)
      await choose(entry.getByRole('combobox', { name: words('operator') }), asText(operator))
    if (key !== undefined) await entry.getByRole('textbox', { name: words('key') }).fill(asText(key))
    if (taint !== undefined) await entry.getByRole('textbox', { name: words('value') }).fill(asText(taint))
    if (effect !== undefined)
      await choose(entry.getByRole('combobox', { name: words('effect') }), asText(effect))
    if (tolerationSeconds !== undefined)
      await entry.getByRole('textbox', { name: words('seconds') }).fill(asText(tolerationSeconds))
  }
}

async function fillIn(field: Locator, answer: Answer, inRow: boolean): Promise<void> {
  const { as, value } = answer
  const name = labelled(answer.label)
  switch (as) {
    case 'switch':
      await field.getByRole('switch', { name }).setChecked(value === true)
      break
    case 'text':
      await field.getByRole('textbox', { name }).fill(asText(value))
      break
    case 'password':
      await field.locator('input[type=password]').fill(asText(value))
      break
    case 'number':
      await field.getByRole('spinbutton', { name }).fill(asText(value))
      break
    case 'select':
      await choose(field.getByRole('combobox', { name }), asText(value))
      break
    case 'radio':
      await field
        .getByRole('radiogroup', { name })
        .getByRole('radio', { name: asText(value) })
        .first()
        .check()
      break
    case 'checks':
      for (const box of await field.getByRole('checkbox').all()) await box.setChecked(false)
      for (const one of value as string[])
        await field.getByRole('checkbox', { name: one, exact: true }).check()
      break
    case 'list': {
      const entries = await makeEntries(field, (value as Json[]).length, inRow)
      for (const [index, one] of (value as Json[]).entries())
        await entries.nth(index).getByRole('textbox').fill(asText(one))
      break
    }
    case 'picker':
      await pick(field.getByRole('combobox', { name }), asText(value))
      break
    case 'pickers':
      for (const one of value as string[]) await pick(field.getByRole('combobox', { name }), one)
      await field.getByRole('combobox', { name }).press('Tab')
      break
    case 'pairs':
    case 'nodeSelector':
      await fillPairs(field, pairsOf(value), inRow)
      break
    case 'tolerations':
      await fillTolerations(field, value)
      break
    case 'resources':
      for (const [side, resource, amount] of amountsOf(value))
        await amountBox(field, side, resource).fill(amount)
      break
    case 'rows': {
      const entries = await makeEntries(field, (value as Json[]).length, inRow)
      for (const [index, row] of asObjects(value).entries())
        for (const [key, one] of Object.entries(row)) {
          const inner = fieldAnswer(key, one, answer.fields)
          await fillIn(fieldOf(entries.nth(index), inner, true), inner, true)
        }
      break
    }
    case 'yaml': {
      const editor = field.locator('.cm-content, textarea').first()
      await editor.fill(asText(value))
      break
    }
  }
}

/** Fills a form in, answer by answer, as a person does who reads its labels. */
export async function fillForm(form: Locator, answers: readonly Answer[]): Promise<void> {
  for (const answer of answers) {
    await openGroups(form)
    await fillIn(fieldOf(form, answer), answer, false)
  }
}
