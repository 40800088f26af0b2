import type { Json, JsonObject } from '#lib/kinds/object.ts'
import type { Column } from '../kinds/resource-info.ts'
import { own, ownObject, ownString, textOf } from '../json.ts'
import { NAME, PRINTED_AGE, at, textColumn } from './column-kit.ts'

const ACCESS_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

const accessModes = (modes: Json | undefined): string =>
  Array.isArray(modes) ? modes.map((mode) => ACCESS_MODES[textOf(mode)] ?? textOf(mode)).join(',') : ''

export const VOLUME_COLUMNS: readonly Column[] = [
  NAME,
  textColumn('Capacity', (volume) => at(volume, 'spec', 'capacity', 'storage'), 0, ''),
  textColumn('Access Modes', (volume) => accessModes(at(volume, 'spec', 'accessModes')), 0, ''),
  textColumn('Reclaim Policy', (volume) => at(volume, 'spec', 'persistentVolumeReclaimPolicy'), 0, ''),
  textColumn('Status', (volume) => at(volume, 'status', 'phase'), 0, ''),
  textColumn(
    'Claim',
    (volume) => {
      const claim = ownObject(ownObject(volume, 'spec'), 'claimRef')
      return claim === undefined
        ? ''
        : `${ownString(claim, 'namespace') ?? ''}/${ownString(claim, 'name') ?? ''}`
    },
    0,
    '',
  ),
  textColumn('StorageClass', (volume) => at(volume, 'spec', 'storageClassName'), 0, ''),
  textColumn(
    'VolumeAttributesClass',
    (volume) => at(volume, 'spec', 'volumeAttributesClassName'),
    0,
    '<unset>',
  ),
  textColumn('Reason', (volume) => at(volume, 'status', 'reason'), 0, ''),
  PRINTED_AGE,
  textColumn('VolumeMode', (volume) => at(volume, 'spec', 'volumeMode'), 1, '<unset>'),
]

/** Size and modes are those of the volume, once there is one. */
const ofVolume = (claim: JsonObject, found: (status: JsonObject) => string): string =>
  textOf(at(claim, 'spec', 'volumeName')) === '' ? '' : found(ownObject(claim, 'status') ?? {})

export const CLAIM_COLUMNS: readonly Column[] = [
  NAME,
  textColumn(
    'Status',
    (claim) =>
      at(claim, 'metadata', 'deletionTimestamp') === undefined ? at(claim, 'status', 'phase') : 'Terminating',
    0,
    '',
  ),
  textColumn('Volume', (claim) => at(claim, 'spec', 'volumeName'), 0, ''),
  textColumn(
    'Capacity',
    (claim) => ofVolume(claim, (status) => textOf(at(status, 'capacity', 'storage'))),
    0,
    '',
  ),
  textColumn(
    'Access Modes',
    (claim) => ofVolume(claim, (status) => accessModes(own(status, 'accessModes'))),
    0,
    '',
  ),
  textColumn('StorageClass', (claim) => at(claim, 'spec', 'storageClassName'), 0, ''),
  textColumn(
    'VolumeAttributesClass',
    (claim) => at(claim, 'spec', 'volumeAttributesClassName'),
    0,
    '<unset>',
  ),
  PRINTED_AGE,
  textColumn('VolumeMode', (claim) => at(claim, 'spec', 'volumeMode'), 1, '<unset>'),
]

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'

export const STORAGE_CLASS_COLUMNS: readonly Column[] = [
  {
    ...NAME,
    cell: (storageClass, now) => {
      const isDefault = at(storageClass, 'metadata', 'annotations', DEFAULT_CLASS) === 'true'
      return `${String(NAME.cell(storageClass, now))}${isDefault ? ' (default)' : ''}`
    },
  },
  textColumn('Provisioner', (storageClass) => own(storageClass, 'provisioner')),
  textColumn('ReclaimPolicy', (storageClass) => own(storageClass, 'reclaimPolicy')),
  textColumn('VolumeBindingMode', (storageClass) => own(storageClass, 'volumeBindingMode')),
  {
    name: 'AllowVolumeExpansion',
    type: 'string',
    priority: 0,
    cell: (storageClass) => own(storageClass, 'allowVolumeExpansion') === true,
  },
  PRINTED_AGE,
]
