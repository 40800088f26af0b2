import type { JsonObject } from '#lib/kinds/object.ts'
import { isObject, own, ownObject, ownString } from '../json.ts'
import type { Column } from '../kinds/resource-info.ts'
import { NAME, PRINTED_AGE, ageOf, at, textColumn } from './column-kit.ts'

const listAt = (object: JsonObject, ...path: string[]): JsonObject[] => {
  const value = at(object, ...path)
  return Array.isArray(value) ? value.filter(isObject) : []
}

const text = (name: string, ...path: string[]) => textColumn(name, (object) => at(object, ...path))
const wide = (name: string, ...path: string[]) => textColumn(name, (object) => at(object, ...path), 1)
const sizeOf = (value: JsonObject | undefined) => Object.keys(value ?? {}).length

export const NAMESPACE_COLUMNS: readonly Column[] = [NAME, text('Status', 'status', 'phase'), PRINTED_AGE]

const ROLE_LABEL = 'node-role.kubernetes.io/'

function nodeStatus(node: JsonObject): string {
  const ready = listAt(node, 'status', 'conditions').find((condition) => own(condition, 'type') === 'Ready')
  const word = ready === undefined ? 'Unknown' : own(ready, 'status') === 'True' ? 'Ready' : 'NotReady'
  return at(node, 'spec', 'unschedulable') === true ? `${word},SchedulingDisabled` : word
}

function nodeRoles(node: JsonObject): string {
  const labels = ownObject(ownObject(node, 'metadata'), 'labels') ?? {}
  const roles = Object.keys(labels).filter((key) => key.startsWith(ROLE_LABEL))
  return roles
    .map((key) => key.slice(ROLE_LABEL.length))
    .sort()
    .join(',')
}

const nodeAddress = (type: string) => (node: JsonObject) =>
  listAt(node, 'status', 'addresses').find((address) => own(address, 'type') === type)?.['address']

export const NODE_COLUMNS: readonly Column[] = [
  NAME,
  textColumn('Status', nodeStatus),
  textColumn('Roles', nodeRoles),
  PRINTED_AGE,
  textColumn('Version', (node) => at(node, 'status', 'nodeInfo', 'kubeletVersion'), 0, ''),
  textColumn('Internal-IP', nodeAddress('InternalIP'), 1),
  textColumn('External-IP', nodeAddress('ExternalIP'), 1),
  textColumn('OS-Image', (node) => at(node, 'status', 'nodeInfo', 'osImage'), 1, '<unknown>'),
  textColumn('Kernel-Version', (node) => at(node, 'status', 'nodeInfo', 'kernelVersion'), 1, '<unknown>'),
  textColumn(
    'Container-Runtime',
    (node) => at(node, 'status', 'nodeInfo', 'containerRuntimeVersion'),
    1,
    '<unknown>',
  ),
]

const DATA_COUNT: Column = {
  name: 'Data',
  type: 'string',
  priority: 0,
  cell: (object) => sizeOf(ownObject(object, 'data')) + sizeOf(ownObject(object, 'binaryData')),
}

export const COUNT_OF_DATA: readonly Column[] = [NAME, DATA_COUNT, PRINTED_AGE]
export const SECRET_COLUMNS: readonly Column[] = [NAME, text('Type', 'type'), DATA_COUNT, PRINTED_AGE]
export const LEASE_COLUMNS: readonly Column[] = [
  NAME,
  textColumn('Holder', (lease) => at(lease, 'spec', 'holderIdentity'), 0, ''),
  PRINTED_AGE,
]

function controllerOf(object: JsonObject): string | undefined {
  const owner = listAt(object, 'metadata', 'ownerReferences').find((item) => own(item, 'controller') === true)
  if (owner === undefined) return undefined
  const group = (ownString(owner, 'apiVersion') ?? '').split('/')
  const kind = (ownString(owner, 'kind') ?? '').toLowerCase()
  return `${kind}${group.length > 1 ? `.${group[0]}` : ''}/${ownString(owner, 'name') ?? ''}`
}

export const CONTROLLER_REVISION_COLUMNS: readonly Column[] = [
  NAME,
  textColumn('Controller', controllerOf),
  {
    name: 'Revision',
    type: 'string',
    priority: 0,
    cell: (revision) => Number(own(revision, 'revision') ?? 0),
  },
  PRINTED_AGE,
]

const lastSeen = (event: JsonObject) =>
  ownString(event, 'lastTimestamp') ?? ownString(event, 'eventTime') ?? ownString(event, 'firstTimestamp')

export const EVENT_COLUMNS: readonly Column[] = [
  { name: 'Last Seen', type: 'string', priority: 0, cell: (event, now) => ageOf(lastSeen(event), now) },
  textColumn('Type', (event) => at(event, 'type'), 0, ''),
  textColumn('Reason', (event) => at(event, 'reason'), 0, ''),
  textColumn('Object', (event) => {
    const involved = ownObject(event, 'involvedObject')
    return `${(ownString(involved, 'kind') ?? '').toLowerCase()}/${ownString(involved, 'name') ?? ''}`
  }),
  wide('Subobject', 'involvedObject', 'fieldPath'),
  wide('Source', 'source', 'component'),
  textColumn('Message', (event) => (ownString(event, 'message') ?? '').trim(), 0, ''),
  { ...NAME, priority: 1 },
]

export const POD_COLUMNS: readonly Column[] = [
  NAME,
  textColumn('Ready', (pod) => {
    const ready = listAt(pod, 'status', 'containerStatuses').filter((status) => own(status, 'ready') === true)
    return `${ready.length}/${listAt(pod, 'spec', 'containers').length}`
  }),
  textColumn('Status', (pod) => at(pod, 'status', 'phase'), 0, 'Unknown'),
  {
    name: 'Restarts',
    type: 'string',
    priority: 0,
    cell: (pod) =>
      String(
        listAt(pod, 'status', 'containerStatuses').reduce(
          (sum, status) => sum + Number(own(status, 'restartCount') ?? 0),
          0,
        ),
      ),
  },
  PRINTED_AGE,
  wide('IP', 'status', 'podIP'),
  wide('Node', 'spec', 'nodeName'),
]
