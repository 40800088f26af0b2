import { patternWords } from '#lib/domain/form/pattern-words.ts'
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
  unit: '',
  limit: '',
  key: '',
  keyword: '',
  message: '',
}

/** What a pattern asks for; the pattern itself only where it has no words. */
function patternText({ form }: Messages, pattern: string): string {
  const words = patternWords(pattern)
  if (words === null) return form.errors.pattern({ ...NO_PARAMS, pattern })
  if (words.kind === 'prefix') return form.patterns.prefix({ prefixes: words.prefixes })
  const named = words.named.map((kind) => form.patterns.kinds[kind])
  const { patterns } = form
  return [
    patterns.characters({ allowed: [...named, ...words.signs.map((sign) => `“${sign}”`)] }),
    ...(words.count === undefined ? [] : [patterns.count(words.count)]),
    ...(words.ends.length === 0
      ? []
      : [patterns.ends({ ends: words.ends.map((kind) => patterns.kinds[kind]) })]),
  ].join(' ')
}

/** What is wrong with a value, in words. */
export function formErrorText(messages: Messages, error: Pick<FieldError, 'code' | 'params'>): string {
  if (error.code === 'pattern') return patternText(messages, error.params['pattern'] ?? '')
  return messages.form.errors[error.code]({ ...NO_PARAMS, ...error.params })
}
