import type { JsonObject } from '#lib/kinds/object.ts'
import { compileSchema } from '../schema/structural.ts'
import {
  anyObject,
  atomic,
  described,
  flag,
  integer,
  keyedList,
  listOf,
  mapOf,
  object,
  setOf,
  text,
  time,
} from './schema-notation.ts'

/** The metadata of every object, as OpenAPI documents carry it. */
export const OBJECT_META: JsonObject = object({
  name: described(text, 'Name of the object, unique within its kind and namespace.'),
  generateName: described(text, 'Prefix from which the server makes a unique name when none is given.'),
  namespace: described(text, 'Namespace of the object; empty for cluster-scoped kinds.'),
  selfLink: text,
  uid: described(text, 'Identity of the object over its whole life; given by the server.'),
  resourceVersion: described(text, 'Opaque mark of this version of the object.'),
  generation: described({ ...integer, format: 'int64' }, 'Counts changes of the wanted state.'),
  creationTimestamp: described(time, 'When the object was created.'),
  deletionTimestamp: described(time, 'When its deletion was asked for.'),
  deletionGracePeriodSeconds: { ...integer, format: 'int64' },
  labels: described(mapOf(text), 'Keys and values that selectors look at.'),
  annotations: described(mapOf(text), 'Keys and values for tools and people.'),
  finalizers: described(setOf(text), 'Work to be done before the object is removed.'),
  ownerReferences: described(
    keyedList(
      ['uid'],
      atomic(
        object({
          apiVersion: text,
          kind: text,
          name: text,
          uid: text,
          controller: flag,
          blockOwnerDeletion: flag,
        }),
      ),
    ),
    'Objects this one depends on: it is removed when all of them are gone.',
  ),
  managedFields: described(
    listOf(
      object({
        manager: text,
        operation: text,
        apiVersion: text,
        time,
        fieldsType: text,
        fieldsV1: anyObject,
        subresource: text,
      }),
    ),
    'Who owns which fields.',
  ),
})

/** An owner as OpenAPI documents have it; what is missing in a request is told by the rules for metadata. */
export const OWNER_REFERENCE: JsonObject = {
  ...object({
    apiVersion: text,
    kind: text,
    name: text,
    uid: text,
    controller: flag,
    blockOwnerDeletion: described(
      flag,
      'The owner stays in a foreground deletion until this object is gone.',
    ),
  }),
  required: ['apiVersion', 'kind', 'name', 'uid'],
}

export const OBJECT_META_SCHEMA = compileSchema(OBJECT_META)
