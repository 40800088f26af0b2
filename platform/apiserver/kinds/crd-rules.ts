import type { Json, JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { invalidValue, notSupported, required } from '../field-error.ts'
import { equalJson, isObject, metadataOf, own, ownObject, ownString, textOf } from '../json.ts'
import { structuralErrors } from '../schema/structural-errors.ts'
import { compileJsonPath } from '../tables/json-path.ts'
import { versionsOf } from './crd-versions.ts'

const DNS_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/
const DNS_1035_RULE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string']
const COLUMN_TYPE_RULE = `must be one of ${COLUMN_TYPES.join(',')}`

/** The rules for definitions, in the order and the words of the real server. */
export function definitionErrors(definition: JsonObject, old: JsonObject | undefined): FieldError[] {
  const spec = ownObject(definition, 'spec')
  if (spec === undefined) return [required('spec')]
  const names = ownObject(spec, 'names')
  const group = ownString(spec, 'group') ?? ''
  const plural = ownString(names, 'plural') ?? ''
  const name = ownString(metadataOf(definition), 'name')
  const scope = ownString(spec, 'scope') ?? ''
  return [
    ...(name === `${plural}.${group}`
      ? []
      : [invalidValue('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]),
    ...groupErrors(group),
    ...(scope === ''
      ? [required('spec.scope')]
      : ['Cluster', 'Namespaced'].includes(scope)
        ? []
        : [notSupported('spec.scope', scope, ['Cluster', 'Namespaced'])]),
    ...versionErrors(spec),
    ...nameErrors(names),
    ...immutableErrors(spec, ownObject(old, 'spec')),
  ]
}

function groupErrors(group: string): FieldError[] {
  if (group === '') return [required('spec.group')]
  return group.includes('.')
    ? []
    : [invalidValue('spec.group', group, 'should be a domain with at least one dot')]
}

function nameErrors(names: JsonObject | undefined): FieldError[] {
  return ['plural', 'singular', 'kind', 'listKind'].flatMap((key) => {
    const field = `spec.names.${key}`
    const name = ownString(names, key) ?? ''
    if (name === '') return [required(field)]
    return DNS_1035.test(name.toLowerCase()) &&
      (key === 'kind' || key === 'listKind' || name === name.toLowerCase())
      ? []
      : [invalidValue(field, name, DNS_1035_RULE)]
  })
}

function immutableErrors(spec: JsonObject, old: JsonObject | undefined): FieldError[] {
  if (old === undefined) return []
  const changed = (field: string, before: unknown, after: unknown) =>
    before === after ? [] : [invalidValue(field, String(after), 'field is immutable')]
  return [
    ...changed('spec.scope', old['scope'], spec['scope']),
    ...changed('spec.group', old['group'], spec['group']),
    ...changed(
      'spec.names.plural',
      ownObject(old, 'names')?.['plural'],
      ownObject(spec, 'names')?.['plural'],
    ),
    ...changed('spec.names.kind', ownObject(old, 'names')?.['kind'], ownObject(spec, 'names')?.['kind']),
  ]
}

function versionErrors(spec: JsonObject): FieldError[] {
  const list = versionsOf(spec)
  const errors: FieldError[] = []
  list.forEach((version, index) => {
    const name = ownString(version, 'name') ?? ''
    const field = `spec.versions[${index}].name`
    if (name === '') errors.push(required(field))
    else if (!DNS_1035.test(name)) errors.push(invalidValue(field, name, DNS_1035_RULE))
    if (schemaOf(version) === undefined)
      errors.push(required(`spec.versions[${index}].schema.openAPIV3Schema`, 'schemas are required'))
  })
  if (list.filter((version) => own(version, 'storage') === true).length !== 1)
    errors.push(
      invalidValue('spec.versions', list, 'must have exactly one version marked as storage version'),
    )
  return [
    ...errors,
    ...onceOrEach(
      list,
      schemaOf,
      'spec.validation.openAPIV3Schema',
      '.schema.openAPIV3Schema',
      (schema, path) => (isObject(schema) ? structuralErrors(schema, path) : []),
    ),
    ...onceOrEach(
      list,
      (version) => own(version, 'additionalPrinterColumns'),
      'spec.additionalPrinterColumns',
      '.additionalPrinterColumns',
      columnErrors,
    ),
    ...onceOrEach(
      list,
      (version) => own(version, 'selectableFields'),
      'spec.selectableFields',
      '.selectableFields',
      selectableErrors,
    ),
  ]
}

function schemaOf(version: JsonObject): JsonObject | undefined {
  return ownObject(ownObject(version, 'schema'), 'openAPIV3Schema')
}

/** What is the same in all versions is one thing to the real server, and named without a version. */
function onceOrEach(
  versions: readonly JsonObject[],
  part: (version: JsonObject) => Json | undefined,
  shared: string,
  below: string,
  check: (value: Json | undefined, path: string, version: JsonObject) => FieldError[],
): FieldError[] {
  const [first] = versions
  if (first === undefined) return []
  if (versions.every((version) => equalJson(part(version), part(first))))
    return check(part(first), shared, first)
  return versions.flatMap((version, index) =>
    check(part(version), `spec.versions[${index}]${below}`, version),
  )
}

const objectsOf = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isObject) : [])

function columnErrors(columns: Json | undefined, path: string): FieldError[] {
  return objectsOf(columns).flatMap((column, index) => {
    const at = `${path}[${index}]`
    const type = textOf(own(column, 'type'))
    const jsonPath = textOf(own(column, 'jsonPath'))
    return [
      ...(textOf(own(column, 'name')) === '' ? [required(`${at}.name`)] : []),
      ...(type === ''
        ? [required(`${at}.type`, COLUMN_TYPE_RULE)]
        : COLUMN_TYPES.includes(type)
          ? []
          : [invalidValue(`${at}.type`, type, COLUMN_TYPE_RULE)]),
      ...(jsonPath === ''
        ? [required(`${at}.JSONPath`)]
        : pathErrors(jsonPath, `${at}.JSONPath`, 'must be a simple json path starting with .')),
    ]
  })
}

function pathErrors(path: string, field: string, rule: string): FieldError[] {
  if (!path.startsWith('.')) return [invalidValue(field, path, rule)]
  try {
    compileJsonPath(path)
    return []
  } catch {
    return [invalidValue(field, path, rule)]
  }
}

/** Fields to select by are plain members that the schema knows. */
function selectableErrors(fields: Json | undefined, path: string, version: JsonObject): FieldError[] {
  return objectsOf(fields).flatMap((field, index) => {
    const text = textOf(own(field, 'jsonPath'))
    const at = `${path}[${index}].jsonPath`
    if (text === '') return [required(at)]
    let schema = schemaOf(version)
    for (const key of text.split('.').slice(1)) schema = ownObject(ownObject(schema, 'properties'), key)
    return text.startsWith('.') && schema !== undefined
      ? []
      : [invalidValue(at, text, 'is an invalid path: does not refer to a valid field')]
  })
}
