import type { JsonObject } from '#lib/kinds/object.ts'
import type { Writer } from '../apply/field-manager.ts'
import { managedAfterUpdate } from '../apply/field-manager.ts'
import { metadataOf } from '../json.ts'
import type { ResourceRequest } from '../verbs/request.ts'
import { fieldVersions } from './field-versions.ts'
import { now } from './now.ts'

const MAX_NAME_BYTES = 128
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u

/** Who makes this request: the field manager that it names, else its user agent up to the first slash. */
export function writerOf({ query, userAgent, subresource }: ResourceRequest): Writer {
  const given = query.get('fieldManager') ?? ''
  return { name: given === '' ? nameFromAgent(userAgent) : given, subresource, time: now() }
}

function nameFromAgent(userAgent: string): string {
  const [head = ''] = userAgent.split('/', 1)
  if (head.length <= MAX_NAME_BYTES / 4 && !UNPRINTABLE.test(head)) return head
  let name = ''
  for (const character of head) {
    if (UNPRINTABLE.test(character)) continue
    if (Buffer.byteLength(name + character) > MAX_NAME_BYTES) break
    name += character
  }
  return name
}

/** Puts on record, in `next`, who owns which fields after this request. */
export function trackFields(request: ResourceRequest, live: JsonObject | undefined, next: JsonObject): void {
  const { cluster, info, subresource } = request
  const versions = fieldVersions(cluster, info, subresource)
  setManagedFields(next, managedAfterUpdate(live, next, writerOf(request), versions))
}

/** The name under which the server itself is on record. */
const SERVER = 'kube-apiserver'

/** Puts on record that the server's own controllers filled in the status of a new object. */
export function trackFirstStatus(request: ResourceRequest, object: JsonObject): void {
  const { cluster, info } = request
  const status = info.strategy.firstStatus?.(object)
  if (status === undefined) return
  const writer = { name: SERVER, subresource: 'status', time: now() }
  const versions = fieldVersions(cluster, info, 'status')
  setManagedFields(object, managedAfterUpdate({ ...object, status }, object, writer, versions))
}

export function setManagedFields(object: JsonObject, managedFields: JsonObject[] | undefined): void {
  const metadata = metadataOf(object)
  delete metadata['managedFields']
  if (managedFields !== undefined) metadata['managedFields'] = managedFields
}
