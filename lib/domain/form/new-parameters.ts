import type { FormObject, FormValue } from './form-model.ts'
import { isForbiddenKey, isObject } from './form-path.ts'

/**
 * The part of a version's defaults that a configuration does not mention; undefined when it mentions all.
 * Lists are taken whole: one that is there counts as mentioned.
 */
export function unmentionedDefaults(
  config: FormValue | undefined,
  defaults: FormValue | undefined,
  depth = 0,
): FormValue | undefined {
  if (config === undefined) return defaults
  if (!isObject(config) || !isObject(defaults) || depth > 64) return undefined
  const missing: FormObject = {}
  for (const [key, value] of Object.entries(defaults)) {
    if (isForbiddenKey(key)) continue
    const own = Object.hasOwn(config, key) ? config[key] : undefined
    const rest = unmentionedDefaults(own, value, depth + 1)
    if (rest !== undefined) missing[key] = rest
  }
  return Object.keys(missing).length > 0 ? missing : undefined
}
