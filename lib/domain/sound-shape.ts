/**
 * Checks for objects from clusters, whose types are only a promise. A check answers with the value when it keeps
 * the promise, with what is left of it when parts don't, or with undefined; `faults` collects what was wrong. Unknown
 * fields are kept, a null counts as absent, and a sound value is handed back as it is.
 */
export type Check = (value: unknown, path: string, faults: string[]) => unknown

type Fields = Record<string, unknown>

const MAX_FAULTS = 20

function fault(faults: string[], path: string, wanted: string): undefined {
  if (faults.length < MAX_FAULTS) faults.push(`${path} is not ${wanted}`)
  return undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function scalar(type: 'string' | 'boolean' | 'number', wanted: string): Check {
  return (value, path, faults) => (typeof value === type ? value : fault(faults, path, wanted))
}

export const text: Check = scalar('string', 'text')
export const flag: Check = scalar('boolean', 'true or false')
export const number: Check = scalar('number', 'a number')
/** An object with anything in it. */
export const anyObject: Check = (value, path, faults) =>
  isFields(value) ? value : fault(faults, path, 'an object')
/** A list of anything. */
export const anyList: Check = (value, path, faults) =>
  Array.isArray(value) ? value : fault(faults, path, 'a list')

/** A list; items that break the promise are left out. */
export function listOf(check: Check): Check {
  return (value, path, faults) => {
    if (!Array.isArray(value)) return fault(faults, path, 'a list')
    const items: readonly unknown[] = value
    const checked = items.map((item, index) => check(item, `${path}[${index}]`, faults))
    const isSound = checked.every((item, index) => item === items[index])
    return isSound ? value : checked.filter((item) => item !== undefined)
  }
}

function checkFields(
  value: Fields,
  entries: Iterable<readonly [string, Check]>,
  path: string,
  faults: string[],
): Fields {
  let sound = value
  for (const [field, check] of entries) {
    const before = Object.hasOwn(value, field) ? (value[field] ?? undefined) : undefined
    const after =
      before === undefined ? undefined : check(before, path === '' ? field : `${path}.${field}`, faults)
    if (after === value[field]) continue
    if (sound === value) sound = { ...value }
    if (after === undefined) delete sound[field]
    else sound[field] = after
  }
  return sound
}

/** An object by key; entries that break the promise are left out. */
export function mapOf(check: Check): Check {
  return (value, path, faults) => {
    if (!isFields(value)) return fault(faults, path, 'an object')
    return checkFields(
      value,
      Object.keys(value).map((key) => [key, check] as const),
      path,
      faults,
    )
  }
}

/** An object with these fields, and `required` ones set to a value where they are missing. */
export function record(fields: Record<string, Check>, required: Fields = {}): Check {
  const entries = Object.entries(fields)
  return (value, path, faults) => {
    if (!isFields(value)) return fault(faults, path, 'an object')
    const sound = checkFields(value, entries, path, faults)
    const missing = Object.entries(required).filter(([field]) => sound[field] === undefined)
    if (missing.length === 0) return sound
    for (const [field] of missing)
      if (value[field] === undefined || value[field] === null)
        fault(faults, path === '' ? field : `${path}.${field}`, 'there')
    return { ...sound, ...Object.fromEntries(missing) }
  }
}
