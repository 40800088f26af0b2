import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { forbiddenField, invalidValue, required, tooLong } from '../field-error.ts'
import { equalJson, metadataOf, own, ownObject, ownString, setOwn, textOf } from '../json.ts'

const DATA_KEY = /^[-._a-zA-Z0-9]{1,253}$/
const MAX_BYTES = 1024 * 1024
const ACCOUNT = 'kubernetes.io/service-account.name'

/** Keys that a Secret of a type must have. */
const NEEDED_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
}
/** Keys whose values are JSON. */
const JSON_KEYS = ['.dockercfg', '.dockerconfigjson']

/** Writes plain text into data, and gives a type. */
export function setSecretDefaults(secret: JsonObject): void {
  const plain = ownObject(secret, 'stringData')
  delete secret['stringData']
  if (plain !== undefined) {
    const data = ownObject(secret, 'data') ?? {}
    for (const [key, value] of Object.entries(plain))
      setOwn(data, key, Buffer.from(textOf(value)).toString('base64'))
    secret['data'] = data
  }
  if (ownString(secret, 'type') === undefined || secret['type'] === '') secret['type'] = 'Opaque'
}

/** The rules for Secrets; what their types need is told when they are made and ever after. */
export function secretErrors(secret: JsonObject, old: JsonObject | undefined): FieldError[] {
  const errors = [
    ...validateKeys(secret, 'data'),
    ...sizeErrors('data', byteCount(secret, 'data')),
    ...typeErrors(secret),
    ...validateImmutable(secret, old, ['data']),
  ]
  if (old !== undefined && old['type'] !== secret['type'])
    errors.push(invalidValue('type', secret['type'], 'field is immutable'))
  return errors
}

/** The rules for ConfigMaps. */
export function configMapErrors(map: JsonObject, old: JsonObject | undefined): FieldError[] {
  const binary = ownObject(map, 'binaryData')
  return [
    ...validateKeys(map, 'data'),
    ...validateKeys(map, 'binaryData'),
    ...Object.keys(ownObject(map, 'data') ?? {})
      .filter((key) => own(binary, key) !== undefined)
      .map((key) => invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')),
    // The whole object is meant, and this is how a path of nothing is printed.
    ...sizeErrors('[]', textCount(map) + byteCount(map, 'binaryData')),
    ...validateImmutable(map, old, ['data', 'binaryData']),
  ]
}

function typeErrors(secret: JsonObject): FieldError[] {
  const type = ownString(secret, 'type') ?? ''
  const data = ownObject(secret, 'data')
  const has = (key: string) => own(data, key) !== undefined
  if (type === 'kubernetes.io/service-account-token') {
    const account = ownString(ownObject(metadataOf(secret), 'annotations'), ACCOUNT) ?? ''
    return account === '' ? [required(`metadata.annotations[${ACCOUNT}]`)] : []
  }
  if (type === 'kubernetes.io/basic-auth')
    return has('username') || has('password') ? [] : [required('data[username]'), required('data[password]')]
  const needed = Object.hasOwn(NEEDED_KEYS, type) ? (NEEDED_KEYS[type] ?? []) : []
  return needed.flatMap((key) => {
    if (!has(key)) return [required(`data[${key}]`)]
    const why = JSON_KEYS.includes(key) ? jsonError(textOf(own(data, key))) : undefined
    return why === undefined ? [] : [invalidValue(`data[${key}]`, '<secret contents redacted>', why)]
  })
}

function jsonError(base64: string): string | undefined {
  try {
    JSON.parse(Buffer.from(base64, 'base64').toString())
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function sizeErrors(field: string, bytes: number): FieldError[] {
  return bytes > MAX_BYTES ? [tooLong(field, MAX_BYTES)] : []
}

/** Bytes behind the base64 values of a field. */
function byteCount(object: JsonObject, field: string): number {
  const values = Object.values(ownObject(object, field) ?? {})
  return values.reduce<number>((sum, value) => sum + Buffer.byteLength(textOf(value), 'base64'), 0)
}

function textCount(map: JsonObject): number {
  const values = Object.values(ownObject(map, 'data') ?? {})
  return values.reduce<number>((sum, value) => sum + Buffer.byteLength(textOf(value)), 0)
}

function validateKeys(object: JsonObject, field: string): FieldError[] {
  return Object.keys(ownObject(object, field) ?? {})
    .filter((key) => !DATA_KEY.test(key) || key === '.' || key === '..')
    .map((key) =>
      invalidValue(
        `${field}[${key}]`,
        key,
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      ),
    )
}

function validateImmutable(object: JsonObject, old: JsonObject | undefined, fields: string[]): FieldError[] {
  if (own(old, 'immutable') !== true) return []
  const errors = fields
    .filter((field) => !equalJson(own(object, field) ?? {}, own(old, field) ?? {}))
    .map((field) => forbiddenField(field, 'field is immutable when `immutable` is set'))
  if (own(object, 'immutable') !== true)
    errors.push(forbiddenField('immutable', 'field is immutable when `immutable` is set'))
  return errors
}
