import { expect, type Locator, type Page } from '@playwright/test'

/** The editor of the configuration in a dialog. */
export function yamlEditor(dialog: Locator): Locator {
  return dialog.getByRole('textbox', { name: /spec\.config/ })
}

/** Turns to the YAML of a dialog. @returns its editor, ready */
export async function openYaml(dialog: Locator): Promise<Locator> {
  await dialog.getByRole('tab', { name: 'YAML' }).click()
  const editor = yamlEditor(dialog)
  await expect(editor).toBeVisible()
  return editor
}

/** The text of an editor that shows all of it, without what it adds for the eye. */
export async function yamlText(editor: Locator): Promise<string> {
  const lines = await editor.locator('.cm-line').allTextContents()
  return lines.join('\n')
}

/** Replaces the whole text of an editor, as pasting does. */
export async function replaceYaml(page: Page, editor: Locator, text: string): Promise<void> {
  await editor.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

/** Puts the cursor behind a text of the editor that is there once. */
export async function cursorBehind(page: Page, editor: Locator, text: string): Promise<void> {
  const line = editor.locator('.cm-line').filter({ hasText: text })
  await line.click()
  await page.keyboard.press('End')
}

/** Takes the suggestion that stands first, by keyboard. */
export async function takeOption(page: Page, name: RegExp): Promise<void> {
  const first = page.getByRole('listbox', { name: 'Completions' }).getByRole('option').first()
  await expect(first).toHaveAccessibleName(name)
  // A list that has just come up takes no keys: it might not have been meant.
  await page.waitForTimeout(200)
  await page.keyboard.press('Enter')
}
