import type { JsonObject } from '#lib/kinds/object.ts'
import { badRequest } from '../api-error.ts'
import { decodeObject } from '../write/decode-object.ts'
import { now } from '../write/now.ts'
import { metadataOf } from '../json.ts'
import type { ResourceRequest } from './request.ts'
import type { PlainResult } from './result.ts'

/** The one user of this server: whoever has its token may do everything. */
export const ADMIN = {
  username: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
} as const

const ANSWERS: Readonly<Record<string, JsonObject>> = {
  SelfSubjectAccessReview: { allowed: true, reason: 'the token of this server may do everything' },
  SelfSubjectRulesReview: {
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
    incomplete: false,
  },
  SelfSubjectReview: { userInfo: { username: ADMIN.username, groups: [...ADMIN.groups] } },
}

/** Answers a review at once; reviews are never stored. */
export function review({ info, body }: ResourceRequest): PlainResult {
  if (body === undefined) throw badRequest('unable to decode an empty body')
  const { object } = decodeObject(body, info)
  const metadata = metadataOf(object)
  if (info.kind === 'SelfSubjectReview') metadata['creationTimestamp'] = now()
  return { type: 'plain', code: 201, body: { ...object, status: ANSWERS[info.kind] ?? {} } }
}
