import { badRequest } from '../api-error.ts'
import { isObject, own, ownString } from '../json.ts'
import type { Json } from '#lib/kinds/object.ts'

/** Where a list goes on: the snapshot, the last key given and how many objects are left behind it. */
export interface Continuation {
  /** The revision of the snapshot; 0 means whatever is there now. */
  readonly revision: number
  readonly namespace: string
  readonly name: string
  /** Objects after this key; undefined with selectors. */
  readonly left: number | undefined
}

const VERSION = 'meta.k8s.io/v1'

/**
 * A token in the form of the real API server's: the key behind which to go on, below the path of the list.
 * @param within the namespace that the list is of; empty for all, and for cluster-scoped kinds
 */
export function encodeContinue({ revision, namespace, name, left }: Continuation, within: string): string {
  const key = within === '' && namespace !== '' ? `${namespace}/${name}` : name
  const token = {
    v: VERSION,
    rv: revision === 0 ? -1 : revision,
    start: `/${key}\0`,
    ...(left === undefined ? {} : { left }),
  }
  return Buffer.from(JSON.stringify(token)).toString('base64url')
}

/**
 * @param within as for `encodeContinue`
 * @param namespaced whether keys have a namespace
 * @throws ApiError 400 for a token that this server did not make
 */
export function decodeContinue(token: string, within: string, namespaced: boolean): Continuation {
  let parts: Json
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString()) as Json
  } catch (error) {
    throw badToken((error as Error).message)
  }
  if (!isObject(parts) || own(parts, 'v') !== VERSION)
    throw badToken('server does not recognize this encoded version')
  const revision = own(parts, 'rv')
  const left = own(parts, 'left')
  const key = /^\/(?:([^/]*)\/)?([^/\0]+)\0$/.exec(ownString(parts, 'start') ?? '')
  const hasNamespace = key?.[1] !== undefined
  if (key === null || hasNamespace !== (namespaced && within === ''))
    throw badToken('it belongs to another list')
  if (!isCount(revision, -1) || revision === 0 || (left !== undefined && !isCount(left, 0)))
    throw badToken('it has no revision')
  return { revision: Math.max(0, revision), namespace: key[1] ?? within, name: key[2] ?? '', left }
}

function isCount(value: Json | undefined, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least
}

const badToken = (why: string) => badRequest(`invalid continue token: continue key is not valid: ${why}`)
