import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { invalidValue, notSupported, required } from '../field-error.ts'
import { equalJson, isObject, own, ownObject, ownString, textOf } from '../json.ts'
import { NAME, PRINTED_AGE, at, textColumn } from '../tables/column-kit.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import type { Column, Strategy } from './resource-info.ts'
import { anyObject, atomic, listOf, object, text } from './schema-notation.ts'

const group = 'rbac.authorization.k8s.io'
const texts = listOf(text)
const rules = listOf(
  object({ verbs: texts, apiGroups: texts, resources: texts, resourceNames: texts, nonResourceURLs: texts }),
)
const binding = {
  subjects: listOf(object({ kind: text, apiGroup: text, name: text, namespace: text })),
  roleRef: atomic(object({ apiGroup: text, kind: text, name: text })),
}

const CREATED_AT: Column = {
  ...textColumn('Created At', (object) => at(object, 'metadata', 'creationTimestamp')),
  type: 'date',
}
const subjectsOf = (kind: string) => (object: JsonObject) =>
  itemsOf(object, 'subjects')
    .filter((subject) => own(subject, 'kind') === kind)
    .map((subject) => [ownString(subject, 'namespace'), ownString(subject, 'name')].filter(Boolean).join('/'))
    .join(', ')

const BINDING_COLUMNS: readonly Column[] = [
  NAME,
  textColumn(
    'Role',
    (object) => `${textOf(at(object, 'roleRef', 'kind'))}/${textOf(at(object, 'roleRef', 'name'))}`,
  ),
  PRINTED_AGE,
  textColumn('Users', subjectsOf('User'), 1, ''),
  textColumn('Groups', subjectsOf('Group'), 1, ''),
  textColumn('ServiceAccounts', subjectsOf('ServiceAccount'), 1, ''),
]

const common: Strategy = { hasFreeNames: true, createsOnUpdate: true }
const roleStrategy = (namespaced: boolean): Strategy => ({
  ...common,
  zeros: { rules: null },
  validate: (role) =>
    itemsOf(role, 'rules').flatMap((rule, index) => ruleErrors(rule, `rules[${index}]`, namespaced)),
})
const bindingStrategy = (namespaced: boolean): Strategy => ({
  ...common,
  setDefaults: setBindingDefaults,
  validate: (object, old) => bindingErrors(object, old, namespaced),
})

/**
 * Roles and who has them. They are kept for the charts and tools that bring them; the one token of this server may
 * do everything whatever they say.
 */
export const RBAC_KINDS: readonly BuiltinDefinition[] = [
  {
    group,
    kind: 'Role',
    namespaced: true,
    properties: { rules },
    columns: [NAME, CREATED_AT],
    strategy: roleStrategy(true),
  },
  {
    group,
    kind: 'ClusterRole',
    namespaced: false,
    properties: { rules, aggregationRule: anyObject },
    columns: [NAME, CREATED_AT],
    strategy: roleStrategy(false),
  },
  {
    group,
    kind: 'RoleBinding',
    namespaced: true,
    properties: binding,
    columns: BINDING_COLUMNS,
    strategy: bindingStrategy(true),
  },
  {
    group,
    kind: 'ClusterRoleBinding',
    namespaced: false,
    properties: binding,
    columns: BINDING_COLUMNS,
    strategy: bindingStrategy(false),
  },
]

function itemsOf(object: JsonObject, key: string): JsonObject[] {
  const value = own(object, key)
  return Array.isArray(value) ? value.filter(isObject) : []
}

function ruleErrors(rule: JsonObject, path: string, namespaced: boolean): FieldError[] {
  const has = (key: string) => {
    const value = own(rule, key)
    return Array.isArray(value) && value.length > 0
  }
  const urls = `${path}.nonResourceURLs`
  const missing = (key: string, why: string) => (has(key) ? [] : [required(`${path}.${key}`, why)])
  const verbs = missing('verbs', 'verbs must contain at least one value')
  if (has('nonResourceURLs')) {
    const bad = (why: string) => [...verbs, invalidValue(urls, own(rule, 'nonResourceURLs'), why)]
    if (namespaced) return bad('namespaced rules cannot apply to non-resource URLs')
    if (has('apiGroups') || has('resources') || has('resourceNames'))
      return bad('rules cannot apply to both regular resources and non-resource URLs')
    return verbs
  }
  return [
    ...verbs,
    ...missing('apiGroups', 'resource rules must supply at least one api group'),
    ...missing('resources', 'resource rules must supply at least one resource'),
  ]
}

function setBindingDefaults(object: JsonObject): void {
  const role = ownObject(object, 'roleRef') ?? {}
  object['roleRef'] = role
  if (textOf(role['apiGroup']) === '') role['apiGroup'] = group
  for (const subject of itemsOf(object, 'subjects'))
    if (subject['kind'] !== 'ServiceAccount' && textOf(subject['apiGroup']) === '' && isPerson(subject))
      subject['apiGroup'] = group
}

const isPerson = (subject: JsonObject) => subject['kind'] === 'User' || subject['kind'] === 'Group'

function bindingErrors(object: JsonObject, old: JsonObject | undefined, namespaced: boolean): FieldError[] {
  const role = ownObject(object, 'roleRef') ?? {}
  if (old !== undefined && !equalJson(role, own(old, 'roleRef')))
    return [invalidValue('roleRef', role, 'cannot change roleRef')]
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole']
  return [
    ...oneOf('roleRef.apiGroup', role['apiGroup'], [group]),
    ...oneOf('roleRef.kind', role['kind'], kinds),
    ...(textOf(role['name']) === '' ? [required('roleRef.name')] : []),
    ...itemsOf(object, 'subjects').flatMap((subject, index) =>
      subjectErrors(subject, `subjects[${index}]`, namespaced),
    ),
  ]
}

function subjectErrors(subject: JsonObject, path: string, namespaced: boolean): FieldError[] {
  const name = textOf(subject['name']) === '' ? [required(`${path}.name`)] : []
  if (isPerson(subject)) return [...name, ...oneOf(`${path}.apiGroup`, subject['apiGroup'], [group])]
  if (subject['kind'] !== 'ServiceAccount')
    return [...name, ...oneOf(`${path}.kind`, subject['kind'], ['ServiceAccount', 'User', 'Group'])]
  const isLost = !namespaced && textOf(subject['namespace']) === ''
  return [
    ...name,
    ...oneOf(`${path}.apiGroup`, subject['apiGroup'], ['']),
    ...(isLost ? [required(`${path}.namespace`)] : []),
  ]
}

function oneOf(field: string, value: unknown, supported: string[]): FieldError[] {
  const given = typeof value === 'string' ? value : ''
  return supported.includes(given) ? [] : [notSupported(field, given, supported)]
}
