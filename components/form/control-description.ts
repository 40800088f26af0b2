import type { FormControl } from '#lib/domain/form/form-model.ts'
import { pick } from '#lib/domain/local-text.ts'
import type { Language } from '#lib/i18n/language.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'

/** What stands below a control: the plugin's words, and why it can't be changed. Empty when there is nothing. */
export function controlDescription(control: FormControl, language: Language, messages: Messages): string {
  const fixed = control.immutable ? messages.form.immutable : control.disabled ? messages.form.disabled : ''
  return [pick(control.description, language), pick(control.tooltip, language), fixed]
    .filter((text) => text !== '')
    .join('\n')
}
