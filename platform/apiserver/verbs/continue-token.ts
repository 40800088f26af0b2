import { badRequest } from '../api-error.ts'

/** Where a list goes on: the snapshot, the last key given and how many objects are left behind it. */
export interface Continuation {
  /** The revision of the snapshot; 0 means whatever is there now. */
  readonly revision: number
  readonly namespace: string
  readonly name: string
  /** Objects after this key; undefined with selectors. */
  readonly left: number | undefined
}

export function encodeContinue({ revision, namespace, name, left }: Continuation): string {
  return Buffer.from(JSON.stringify([revision, namespace, name, left ?? -1])).toString('base64url')
}

/** @throws ApiError 400 for a token that this server did not make */
export function decodeContinue(token: string): Continuation {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString())
  } catch {
    parts = undefined
  }
  if (!Array.isArray(parts)) throw badRequest('continue key is not valid: malformed token')
  const [revision, namespace, name, left] = parts as unknown[]
  if (
    !Number.isSafeInteger(revision) ||
    !Number.isSafeInteger(left) ||
    typeof namespace !== 'string' ||
    typeof name !== 'string'
  )
    throw badRequest('continue key is not valid: malformed token')
  const known = (left as number) < 0 ? undefined : (left as number)
  return { revision: revision as number, namespace, name, left: known }
}
