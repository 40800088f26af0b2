import type { BuiltinDefinition } from './builtin-definition.ts'
import { anyObject, listOf, mapOf, object, text } from './schema-notation.ts'

const verbs = ['create']
const attributes = { resourceAttributes: anyObject, nonResourceAttributes: anyObject }
const someUser = { user: text, groups: listOf(text), uid: text, extra: mapOf(listOf(text)) }

/** Questions that are answered at once and never stored. */
export const REVIEW_KINDS: readonly BuiltinDefinition[] = [
  {
    group: 'authorization.k8s.io',
    kind: 'SelfSubjectAccessReview',
    namespaced: false,
    verbs,
    properties: { spec: object(attributes), status: anyObject },
  },
  {
    group: 'authorization.k8s.io',
    kind: 'SelfSubjectRulesReview',
    namespaced: false,
    verbs,
    properties: { spec: object({ namespace: text }), status: anyObject },
  },
  {
    group: 'authorization.k8s.io',
    kind: 'SubjectAccessReview',
    namespaced: false,
    verbs,
    properties: { spec: object({ ...attributes, ...someUser }), status: anyObject },
  },
  {
    group: 'authentication.k8s.io',
    kind: 'SelfSubjectReview',
    namespaced: false,
    verbs,
    properties: { status: anyObject },
  },
]
