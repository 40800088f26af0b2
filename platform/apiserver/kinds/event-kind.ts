import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { invalidValue, required } from '../field-error.ts'
import { metadataOf, ownObject, ownString, textOf } from '../json.ts'
import { EVENT_COLUMNS } from '../tables/builtin-columns.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import { anyObject, integer, microTime, object, objectReference, text, time } from './schema-notation.ts'

const ZEROS: JsonObject = {
  source: {},
  firstTimestamp: null,
  lastTimestamp: null,
  eventTime: null,
  reportingComponent: '',
  reportingInstance: '',
}

/** Events of the core group. */
export const EVENT_KIND: BuiltinDefinition = {
  kind: 'Event',
  shortNames: ['ev'],
  namespaced: true,
  description: 'A report of something that happened.',
  properties: {
    involvedObject: objectReference,
    related: objectReference,
    reason: text,
    message: text,
    source: object({ component: text, host: text }),
    firstTimestamp: time,
    lastTimestamp: time,
    eventTime: microTime,
    count: integer,
    type: text,
    action: text,
    series: anyObject,
    reportingComponent: text,
    reportingInstance: text,
  },
  columns: EVENT_COLUMNS,
  strategy: { createsOnUpdate: true, zeros: ZEROS, selectableFields: eventFields, validate },
}

/** Events of the new kind have an `eventTime`, and must say who reports what was done. */
function validate(event: JsonObject, old: JsonObject | undefined): FieldError[] {
  if (old !== undefined) return []
  const namespace = textOf(metadataOf(event)['namespace'])
  const involved = ownString(ownObject(event, 'involvedObject'), 'namespace') ?? ''
  const isNew = textOf(event['eventTime']) !== ''
  const missing = ['reportingComponent', 'reportingInstance', 'action', 'reason', 'type'].filter(
    (key) => textOf(event[key]) === '',
  )
  return [
    ...(involved === namespace || (involved === '' && namespace === 'default')
      ? []
      : [invalidValue('involvedObject.namespace', involved, 'does not match event.namespace')]),
    ...(isNew ? missing.map((key) => required(key)) : []),
  ]
}

function eventFields(event: JsonObject): Record<string, string> {
  const involved = ownObject(event, 'involvedObject') ?? ownObject(event, 'regarding')
  const fields = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath']
  return {
    ...Object.fromEntries(
      fields.map((field) => [`involvedObject.${field}`, ownString(involved, field) ?? '']),
    ),
    reason: ownString(event, 'reason') ?? '',
    type: ownString(event, 'type') ?? '',
    source: ownString(ownObject(event, 'source'), 'component') ?? '',
    reportingComponent: ownString(event, 'reportingComponent') ?? '',
  }
}
