import type { JsonObject } from '#lib/kinds/object.ts'
import { equalJson, isObject, own, ownObject } from '../json.ts'
import type { FieldError } from '../field-error.ts'
import { invalidValue, required } from '../field-error.ts'
import { CONTROLLER_REVISION_COLUMNS, LEASE_COLUMNS } from '../tables/builtin-columns.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import { anything, atomic, described, integer, microTime, object, text } from './schema-notation.ts'

/** Built-in kinds of the named groups that stand alone in theirs. */
export const GROUP_KINDS: readonly BuiltinDefinition[] = [
  {
    group: 'coordination.k8s.io',
    kind: 'Lease',
    namespaced: true,
    description: 'A claim that somebody renews.',
    properties: {
      spec: object({
        holderIdentity: text,
        leaseDurationSeconds: integer,
        acquireTime: microTime,
        renewTime: microTime,
        leaseTransitions: integer,
      }),
    },
    columns: LEASE_COLUMNS,
    strategy: {
      needsResourceVersion: true,
      createsOnUpdate: true,
      prepare: (lease) => void (lease['spec'] ??= {}),
      validate: validateLease,
    },
  },
  {
    group: 'apps',
    kind: 'ControllerRevision',
    namespaced: true,
    description: 'An immutable snapshot of state.',
    properties: {
      data: described(atomic(anything), 'The state itself.'),
      revision: described({ ...integer, format: 'int64' }, 'Grows with each snapshot of the same owner.'),
    },
    columns: CONTROLLER_REVISION_COLUMNS,
    strategy: {
      zeros: { revision: 0 },
      validate: validateRevision,
    },
  },
]

function validateLease(lease: JsonObject): FieldError[] {
  const spec = ownObject(lease, 'spec')
  const [duration, transitions] = [own(spec, 'leaseDurationSeconds'), own(spec, 'leaseTransitions')]
  return [
    ...(typeof duration === 'number' && duration <= 0
      ? [invalidValue('spec.leaseDurationSeconds', duration, 'must be greater than 0')]
      : []),
    ...(typeof transitions === 'number' && transitions < 0
      ? [negative('spec.leaseTransitions', transitions)]
      : []),
  ]
}

function validateRevision(revision: JsonObject, old: JsonObject | undefined): FieldError[] {
  const data = own(revision, 'data')
  const number = own(revision, 'revision')
  const errors: FieldError[] = []
  if (old !== undefined && !equalJson(data, own(old, 'data')))
    errors.push(invalidValue('data', data, 'field is immutable'))
  else if (data === undefined || data === null) errors.push(required('data', 'data is mandatory'))
  else if (!isObject(data)) errors.push(required('data', 'data must be a valid JSON object'))
  if (typeof number === 'number' && number < 0) errors.push(negative('revision', number))
  return errors
}

const negative = (field: string, value: number) =>
  invalidValue(field, value, 'must be greater than or equal to 0')
