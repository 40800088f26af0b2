import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { forbiddenField, invalidValue, required, tooLong } from '../field-error.ts'
import { isObject, metadataOf, own, ownObject, ownString, textOf } from '../json.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'

const LABEL_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
const QUALIFIED_NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/
const MAX_ANNOTATION_BYTES = 256 * 1024

const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const LABEL_NAME_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const QUALIFIED_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

/** The rules for metadata that hold for every kind. */
export function metadataErrors(object: JsonObject, info: ResourceInfo): FieldError[] {
  const metadata = metadataOf(object)
  return [
    ...generateNameErrors(metadata, info),
    ...nameErrors(metadata, info),
    ...labelErrors(ownObject(metadata, 'labels') ?? {}),
    ...annotationErrors(ownObject(metadata, 'annotations') ?? {}),
    ...finalizerErrors(own(metadata, 'finalizers'), info),
    ...ownerErrors(own(metadata, 'ownerReferences')),
    ...managedFieldsErrors(own(metadata, 'managedFields')),
  ]
}

function generateNameErrors(metadata: JsonObject, info: ResourceInfo): FieldError[] {
  const prefix = ownString(metadata, 'generateName') ?? ''
  // A dash at its end is what it usually has: the letters that make it unique follow.
  return prefix === '' ? [] : namePartErrors(prefix.replace(/-$/, ''), info, 'metadata.generateName', prefix)
}

function nameErrors(metadata: JsonObject, info: ResourceInfo): FieldError[] {
  const name = ownString(metadata, 'name') ?? ''
  if (name === '') return [required('metadata.name', 'name or generateName is required')]
  return namePartErrors(name, info, 'metadata.name', name)
}

function namePartErrors(name: string, info: ResourceInfo, field: string, shown: string): FieldError[] {
  const fail = (why: string) => invalidValue(field, shown, why)
  if (info.strategy.hasFreeNames === true) {
    if (name === '.' || name === '..') return [fail(`may not be '${name}'`)]
    return ['/', '%'].filter((part) => name.includes(part)).map((part) => fail(`may not contain '${part}'`))
  }
  const isLabel = info.strategy.hasLabelNames === true
  const [limit, pattern, rule] = isLabel
    ? ([63, LABEL_NAME, LABEL_NAME_RULE] as const)
    : ([253, SUBDOMAIN, SUBDOMAIN_RULE] as const)
  const errors: FieldError[] = []
  if (name.length > limit)
    errors.push(fail(`must be no more than ${limit} ${isLabel ? 'bytes' : 'characters'}`))
  if (!pattern.test(name)) errors.push(fail(isLabel && SUBDOMAIN.test(name) ? 'must not contain dots' : rule))
  return errors
}

function keyErrors(key: string, field: string, what = 'a qualified name'): FieldError[] {
  const slash = key.indexOf('/')
  const prefix = slash < 0 ? undefined : key.slice(0, slash)
  const name = key.slice(slash + 1)
  const fail = (detail: string) => invalidValue(field, key, detail)
  if (name.includes('/'))
    return [
      fail(
        `${what} ${QUALIFIED_RULE.slice('name part '.length)} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
      ),
    ]
  const errors: FieldError[] = []
  if (prefix === '') errors.push(fail('prefix part must be non-empty'))
  else if (prefix !== undefined && prefix.length > 253)
    errors.push(fail('prefix part must be no more than 253 bytes'))
  else if (prefix !== undefined && !SUBDOMAIN.test(prefix)) errors.push(fail(`prefix part ${SUBDOMAIN_RULE}`))
  if (name === '') errors.push(fail('name part must be non-empty'))
  else if (name.length > 63) errors.push(fail('name part must be no more than 63 bytes'))
  if (!QUALIFIED_NAME.test(name)) errors.push(fail(QUALIFIED_RULE))
  return errors
}

function labelErrors(labels: JsonObject): FieldError[] {
  const field = 'metadata.labels'
  return Object.entries(labels).flatMap(([key, value]) => {
    const errors = keyErrors(key, field, 'a valid label key')
    if (typeof value !== 'string') return errors
    if (value.length > 63) errors.push(invalidValue(field, value, 'must be no more than 63 bytes'))
    if (!LABEL_VALUE.test(value)) errors.push(invalidValue(field, value, VALUE_RULE))
    return errors
  })
}

function annotationErrors(annotations: JsonObject): FieldError[] {
  const field = 'metadata.annotations'
  const entries = Object.entries(annotations)
  const size = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(textOf(value)),
    0,
  )
  return [
    ...entries.flatMap(([key]) => keyErrors(key.toLowerCase(), field)),
    ...(size > MAX_ANNOTATION_BYTES ? [tooLong(field, MAX_ANNOTATION_BYTES)] : []),
  ]
}

/** Finalizers without a domain that built-in kinds may have. */
const STANDARD_FINALIZERS = new Set(['kubernetes', 'orphan', 'foregroundDeletion'])

function finalizerErrors(finalizers: unknown, info: ResourceInfo): FieldError[] {
  if (!Array.isArray(finalizers)) return []
  const isStrict = !info.isCustom && info.group !== 'apiextensions.k8s.io'
  return finalizers.flatMap((item, index) => {
    const finalizer = String(item)
    const errors = keyErrors(finalizer, 'metadata.finalizers')
    if (isStrict && !finalizer.includes('/') && !STANDARD_FINALIZERS.has(finalizer))
      errors.push(
        invalidValue(
          `metadata.finalizers[${index}]`,
          finalizer,
          'name is neither a standard finalizer name nor is it fully qualified',
        ),
      )
    return errors
  })
}

function ownerErrors(owners: unknown): FieldError[] {
  if (!Array.isArray(owners)) return []
  const errors = owners
    .filter(isObject)
    .flatMap((owner) =>
      ['apiVersion', 'kind', 'name', 'uid']
        .filter((key) => (ownString(owner, key) ?? '') === '')
        .map((key) =>
          invalidValue(
            `metadata.ownerReferences.${key}`,
            own(owner, key) ?? '',
            key === 'apiVersion' ? 'version must not be empty' : 'must not be empty',
          ),
        ),
    )
  for (const owner of owners.filter(isObject))
    if (ownString(owner, 'apiVersion')?.split('/', 3).length === 3)
      errors.push(
        invalidValue(
          'metadata.ownerReferences.apiVersion',
          own(owner, 'apiVersion'),
          'version must not be empty',
        ),
      )
  const controllers = owners.filter((owner) => isObject(owner) && own(owner, 'controller') === true)
  if (controllers.length > 1)
    errors.push(
      invalidValue(
        'metadata.ownerReferences',
        owners,
        `Only one reference can have Controller set to true. Found "true" in references for ${controllers.map((owner) => `${ownString(owner, 'kind')}/${ownString(owner, 'name')}`).join(' and ')}`,
      ),
    )
  return errors
}

const MAX_MANAGER_BYTES = 128
/** What Go takes for printable: letters, marks, numbers, punctuation, symbols and the plain space. */
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u

/** The rules for the name of a field manager. */
export function fieldManagerErrors(name: string, field: string): FieldError[] {
  const errors = Buffer.byteLength(name) > MAX_MANAGER_BYTES ? [tooLong(field, MAX_MANAGER_BYTES)] : []
  if (!UNPRINTABLE.test(name)) return errors
  let position = 0
  for (const character of name) {
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    if (UNPRINTABLE.test(character))
      errors.push(invalidValue(field, name, `invalid character ${code} (at position ${position})`))
    position += Buffer.byteLength(character)
  }
  return errors
}

function managedFieldsErrors(entries: unknown): FieldError[] {
  if (!Array.isArray(entries)) return []
  return entries.filter(isObject).flatMap((entry, index) => {
    const field = `metadata.managedFields[${index}]`
    return fieldManagerErrors(ownString(entry, 'manager') ?? '', `${field}.manager`)
  })
}

/** Rules for metadata that compare an update with what was there. */
export function metadataUpdateErrors(object: JsonObject, old: JsonObject): FieldError[] {
  const [now, before] = [metadataOf(object), metadataOf(old)]
  if (own(before, 'deletionTimestamp') === undefined) return []
  const known = own(before, 'finalizers')
  const added = (Array.isArray(now['finalizers']) ? now['finalizers'] : []).filter(
    (finalizer) => !Array.isArray(known) || !known.includes(finalizer),
  )
  if (added.length === 0) return []
  const list = added.map((finalizer) => JSON.stringify(finalizer)).join(', ')
  return [
    forbiddenField(
      'metadata.finalizers',
      `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
    ),
  ]
}

/** Hints about metadata that is allowed but better written otherwise. */
export function metadataWarnings(object: JsonObject): string[] {
  const finalizers = own(metadataOf(object), 'finalizers')
  if (!Array.isArray(finalizers)) return []
  return finalizers
    .filter((finalizer) => typeof finalizer === 'string')
    .filter((finalizer) => !finalizer.includes('/') && !STANDARD_FINALIZERS.has(finalizer))
    .map(
      (finalizer) =>
        `metadata.finalizers: ${JSON.stringify(finalizer)}: prefer a domain-qualified finalizer name${finalizer.includes('.') ? ' including a path (/)' : ''} to avoid accidental conflicts with other finalizer writers`,
    )
}
