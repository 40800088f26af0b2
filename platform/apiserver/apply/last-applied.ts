import type { JsonObject } from '#lib/kinds/object.ts'
import { isObject, own, ownObject, ownString, setOwn, textOf } from '../json.ts'
import { compare } from './compare.ts'
import type { FieldSet } from './field-set.ts'
import { EMPTY, difference } from './field-set.ts'
import { fieldsOf } from './fields-of.ts'
import type { MergeType } from './merge-type.ts'
import { MergeTypeError, checkType } from './type-errors.ts'

/** Where `kubectl apply` keeps what it applied without the server's help. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const MAX_ANNOTATION_BYTES = 256 * 1024

const annotationsOf = (object: JsonObject) => ownObject(ownObject(object, 'metadata'), 'annotations')

/**
 * The fields that kubectl applied on the client's side and that still have the values it gave them: kubectl may take these
 * over from whoever is on record.
 */
export function lastAppliedFields(live: JsonObject, apiVersion: string, type: MergeType): FieldSet {
  const text = ownString(annotationsOf(live), LAST_APPLIED) ?? ''
  let applied: unknown
  try {
    applied = JSON.parse(text)
    if (!isObject(applied) || own(applied, 'apiVersion') !== apiVersion) return EMPTY
    checkType(live, type, false)
    checkType(applied, type, false)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof MergeTypeError) return EMPTY
    throw error
  }
  const { removed, modified, added } = compare(applied, live, type)
  return difference(difference(difference(fieldsOf(applied, type), modified), added), removed)
}

/** Keeps the annotation of kubectl's client-side apply in step with what kubectl applies by the server, in place. */
export function keepLastApplied(object: JsonObject, config: JsonObject): void {
  const annotations = annotationsOf(object)
  if (annotations === undefined || (ownString(annotations, LAST_APPLIED) ?? '') === '') return
  annotations[LAST_APPLIED] = `${JSON.stringify(withoutLastApplied(config))}\n`
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(textOf(value)),
    0,
  )
  if (size > MAX_ANNOTATION_BYTES) delete annotations[LAST_APPLIED]
}

function withoutLastApplied(config: JsonObject): JsonObject {
  const metadata = ownObject(config, 'metadata')
  const annotations = annotationsOf(config)
  if (metadata === undefined || annotations === undefined) return config
  const { [LAST_APPLIED]: _, ...others } = annotations
  const left: JsonObject = { ...metadata }
  if (Object.keys(others).length > 0) setOwn(left, 'annotations', others)
  else delete left['annotations']
  return { ...config, metadata: left }
}
