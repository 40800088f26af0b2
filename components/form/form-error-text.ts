import type { FieldError } from '#lib/domain/form/validate-config.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'

/** Everything that an error's sentence may speak of. */
const NO_PARAMS = {
  type: '',
  minimum: '',
  maximum: '',
  minLength: '',
  maxLength: '',
  pattern: '',
  limit: '',
  key: '',
  keyword: '',
  message: '',
}

/** What is wrong with a value, in words. */
export function formErrorText(messages: Messages, error: Pick<FieldError, 'code' | 'params'>): string {
  return messages.form.errors[error.code]({ ...NO_PARAMS, ...error.params })
}
