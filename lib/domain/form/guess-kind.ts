import { isDuration } from './duration.ts'
import type { ControlKind, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { parseQuantity } from './quantity.ts'

const TOLERATION_KEYS = new Set(['key', 'operator', 'value', 'effect', 'tolerationSeconds'])
const RESOURCE_KEYS = new Set(['requests', 'limits', 'claims'])

const NAMED_TOLERATIONS = /tolerations?$/i
const NAMED_SELECTOR = /nodeSelectors?$/i
const NAMED_RESOURCES = /resources$/i
const NAMED_MAP =
  /(?:labels|annotations)$|^(?:env|envs|environment|environmentVariables|extraEnvs?|envVars)$/i
const NAMED_AMOUNT = /(?:cpu|memory|storage|size|capacity|quota|volume|disk)$/i
const NAMED_COMPUTE = /(?:cpu|memory)$/i
const NAMED_DURATION =
  /(?:interval|timeout|retention|duration|ttl|period|age|delay|deadline|expiry|expiration|frequency|window|lifetime)$/i

/** Whether an object is a Pod's toleration: only its keys, and one that says so. */
function isToleration(value: FormValue): boolean {
  return (
    isObject(value) &&
    Object.keys(value).every((key) => TOLERATION_KEYS.has(key)) &&
    ('effect' in value || 'operator' in value)
  )
}

function isKeyValue(value: FormValue): boolean {
  return (
    isObject(value) && 'key' in value && Object.keys(value).every((key) => key === 'key' || key === 'value')
  )
}

function isTexts(value: FormValue | undefined): boolean {
  return isObject(value) && Object.values(value).every((item) => typeof item === 'string')
}

/** Requests and limits of a container: `{requests, limits}` with a list of amounts, or nothing, in each. */
function isResources(value: FormValue | undefined): boolean {
  return (
    isObject(value) &&
    ('requests' in value || 'limits' in value) &&
    Object.entries(value).every(
      ([key, part]) =>
        RESOURCE_KEYS.has(key) &&
        (part === null ||
          key === 'claims' ||
          (isObject(part) &&
            Object.values(part).every(
              (item) => item === null || typeof item === 'string' || typeof item === 'number',
            ))),
    )
  )
}

function isBlank(value: FormValue | undefined): boolean {
  if (value === undefined || value === null) return true
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

function kindOfText(text: string, name: string): ControlKind {
  if (text.includes('\n')) return 'textarea'
  const isAmount = parseQuantity(text) !== null && NAMED_AMOUNT.test(name)
  // Bare digits are an amount only where nothing else stands: a `size` may be anything.
  if (isAmount && (NAMED_COMPUTE.test(name) || /[A-Za-z]$/.test(text))) return 'quantity'
  return text !== '0' && isDuration(text) && NAMED_DURATION.test(name) ? 'duration' : 'text'
}

function kindOfBlank(value: FormValue | undefined, name: string): ControlKind | null {
  if (NAMED_TOLERATIONS.test(name)) return isObject(value) ? null : 'tolerations'
  if (NAMED_SELECTOR.test(name)) return 'nodeSelector'
  if (Array.isArray(value)) return null
  if (NAMED_RESOURCES.test(name)) return 'resources'
  return NAMED_MAP.test(name) && value !== null ? 'map' : null
}

function kindOfList(items: readonly FormValue[], name: string): ControlKind {
  if (items.length > 0 && items.every(isToleration)) return 'tolerations'
  if (NAMED_SELECTOR.test(name) && items.every(isKeyValue)) return 'nodeSelector'
  if (items.every((item) => typeof item === 'string')) return 'list'
  if (items.every((item) => typeof item === 'number')) return 'list'
  return items.every((item) => isObject(item)) && items.some((item) => !isBlank(item)) ? 'rows' : 'data'
}

function kindOfObject(value: FormValue, name: string): ControlKind {
  if (isResources(value)) return 'resources'
  if (!isTexts(value)) return 'data'
  if (NAMED_SELECTOR.test(name)) return 'nodeSelector'
  return NAMED_MAP.test(name) ? 'map' : 'data'
}

/**
 * The control that fits a value of which nothing else is known than where it stands. `data` for an object means
 * that none fits the whole of it: its keys may get controls of their own.
 * @param value what is configured there; undefined when nothing is
 */
export function guessKind(value: FormValue | undefined, path: FormPath): ControlKind {
  const name = String(path.at(-1) ?? '')
  if (typeof value === 'boolean') return 'switch'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'string') return kindOfText(value, name)
  const blank = isBlank(value) ? kindOfBlank(value, name) : null
  if (blank !== null) return blank
  if (value === undefined) return 'text'
  if (value === null) return 'data'
  return Array.isArray(value) ? kindOfList(value, name) : kindOfObject(value, name)
}
