import type { FormControl, FormModel } from '#lib/domain/form/form-model.ts'
import { formatPath } from '#lib/domain/form/form-path.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'
import { wordsOf } from '#lib/domain/form/words-of.ts'
import { pick } from '#lib/domain/local-text.ts'
import type { Language } from '#lib/i18n/language.ts'

/** Names places of a configuration by the controls of several forms; the first form that has one decides. */
export function pathLabels(
  forms: readonly (FormModel | undefined)[],
  language: Language,
): (path: FormPath) => string {
  const controls = new Map<string, FormControl>()
  for (const form of forms)
    for (const control of form?.controls ?? []) {
      const key = formatPath(control.path)
      if (!controls.has(key)) controls.set(key, control)
    }
  const labelAt = (path: FormPath): string | undefined => {
    const control = controls.get(formatPath(path))
    return control && pick(control.label, language)
  }
  return (path) => {
    const own = labelAt(path)
    if (own !== undefined && own !== '') return own
    const last = wordsOf(String(path.at(-1) ?? ''))
    // Inside what one control edits, such as the requests of resources.
    for (let length = path.length - 1; length > 0; length--) {
      const around = labelAt(path.slice(0, length))
      if (around !== undefined && around !== '') return `${around} › ${last}`
    }
    return last
  }
}
