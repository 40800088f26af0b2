import type { Json } from '#lib/kinds/object.ts'
import type { FormControl, FormModel } from './form/form-model.ts'
import type { FormPath } from './form/form-path.ts'
import { isObject } from './form/form-path.ts'
import { isEmpty } from './form/typed-value.ts'

function controlsOf(controls: readonly FormControl[]): FormControl[] {
  return controls.flatMap((control) => [control, ...controlsOf(control.row?.controls ?? [])])
}

/** Where these forms have passwords; a `null` step stands for every row. */
export function secretPaths(...forms: readonly (FormModel | undefined)[]): FormPath[] {
  return forms
    .flatMap((form) => controlsOf(form?.controls ?? []))
    .filter(({ kind }) => kind === 'password')
    .map(({ path }) => path)
}

function leadsTo(secret: FormPath, path: FormPath): boolean {
  return path.every((step, at) => at >= secret.length || secret[at] === step || secret[at] === null)
}

function hideAt(value: Json, rest: FormPath, mask: string): Json {
  const [step, ...below] = rest
  if (step === undefined) return isEmpty(value) ? value : mask
  if (Array.isArray(value))
    return value.map((item, index) =>
      step === null || String(step) === String(index) ? hideAt(item, below, mask) : item,
    )
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, key === step ? hideAt(child, below, mask) : child]),
  )
}

/**
 * A value with every password in it replaced by `mask`; what is empty stays empty.
 * @param path where in the configuration the value stands
 */
export function hideSecrets(
  value: Json | undefined,
  path: FormPath,
  secrets: readonly FormPath[],
  mask: string,
): Json | undefined {
  if (value === undefined) return undefined
  let hidden = value
  for (const secret of secrets)
    if (leadsTo(secret, path)) hidden = hideAt(hidden, secret.slice(path.length), mask)
  return hidden
}
