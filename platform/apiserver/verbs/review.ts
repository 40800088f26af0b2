import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { badRequest, invalid } from '../api-error.ts'
import { invalidValue } from '../field-error.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { decodeObject } from '../write/decode-object.ts'
import { now } from '../write/now.ts'
import { metadataOf, own, ownObject, ownString } from '../json.ts'
import type { ResourceRequest } from './request.ts'
import type { PlainResult } from './result.ts'

/** The one user of this server: whoever has its token may do everything. */
export const ADMIN = {
  username: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
} as const

const ANSWERS: Readonly<Record<string, JsonObject>> = {
  SelfSubjectAccessReview: { allowed: true },
  SelfSubjectRulesReview: {
    resourceRules: [
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      {
        verbs: ['create'],
        apiGroups: ['authorization.k8s.io'],
        resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      },
      { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
    ],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
    incomplete: false,
  },
  SelfSubjectReview: { userInfo: { username: ADMIN.username, groups: [...ADMIN.groups] } },
}

/** Answers a review at once; reviews are never stored. */
export function review({ info, body }: ResourceRequest): PlainResult {
  if (body === undefined) throw badRequest('unable to decode an empty body')
  const { object } = decodeObject(body, info)
  checkReview(info, ownObject(object, 'spec') ?? {})
  const metadata = metadataOf(object)
  if (info.kind === 'SelfSubjectReview') metadata['creationTimestamp'] = now()
  const status =
    info.kind === 'SubjectAccessReview'
      ? { allowed: isAdmin(ownObject(object, 'spec') ?? {}) }
      : (ANSWERS[info.kind] ?? {})
  return { type: 'plain', code: 201, body: { ...object, status } }
}

function isAdmin(spec: JsonObject): boolean {
  const groups = own(spec, 'groups')
  return Array.isArray(groups) && groups.includes('system:masters')
}

/** @throws ApiError 400 or 422 for a question that asks for nothing */
function checkReview({ group, kind }: ResourceInfo, spec: JsonObject): void {
  const fail = (field: string, value: Json, why: string) =>
    invalid({ group, kind: '' }, '', [invalidValue(field, value, why)])
  if (kind === 'SelfSubjectRulesReview' && (ownString(spec, 'namespace') ?? '') === '')
    throw badRequest('no namespace on request')
  if (!kind.endsWith('AccessReview')) return
  const asked = ['resourceAttributes', 'nonResourceAttributes'].filter((key) => own(spec, key) !== undefined)
  if (asked.length !== 1)
    throw fail(
      'spec.resourceAttributes',
      asked.length === 0 ? null : (own(spec, 'resourceAttributes') ?? null),
      'exactly one of nonResourceAttributes or resourceAttributes must be specified',
    )
  const groups = own(spec, 'groups')
  const hasUser = (ownString(spec, 'user') ?? '') !== '' || (Array.isArray(groups) && groups.length > 0)
  if (kind === 'SubjectAccessReview' && !hasUser)
    throw fail('spec.user', '', 'at least one of user or group must be specified')
}
