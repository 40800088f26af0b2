import type { Json } from '#lib/kinds/object.ts'
import type { FormControl, FormModel } from './form/form-model.ts'
import type { FormPath } from './form/form-path.ts'
import { formatPath, isObject } from './form/form-path.ts'
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

/** What stands for a password that is not empty, at its path inside the configuration. */
export type SecretMask = (value: Json, path: FormPath) => Json

function hideAt(value: Json, path: FormPath, rest: FormPath, mask: SecretMask): Json {
  const [step, ...below] = rest
  if (step === undefined) return isEmpty(value) ? value : mask(value, path)
  const isMeant = (key: string | number) => step === null || String(step) === String(key)
  if (Array.isArray(value))
    return value.map((item, index) => (isMeant(index) ? hideAt(item, [...path, index], below, mask) : item))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === step ? hideAt(child, [...path, key], below, mask) : child,
    ]),
  )
}

/**
 * A value with every password in it replaced; what is empty stays empty.
 * @param path where in the configuration the value stands
 */
export function hideSecrets(
  value: Json | undefined,
  path: FormPath,
  secrets: readonly FormPath[],
  mask: SecretMask,
): Json | undefined {
  if (value === undefined) return undefined
  // Two forms may both know of one, and rows overlap.
  const done = new Set<string>()
  const once: SecretMask = (found, at) => {
    const key = formatPath(at)
    if (done.has(key)) return found
    done.add(key)
    return mask(found, at)
  }
  let hidden = value
  for (const secret of secrets)
    if (leadsTo(secret, path)) hidden = hideAt(hidden, path, secret.slice(path.length), once)
  return hidden
}
