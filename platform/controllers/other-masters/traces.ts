import { soundObject } from '#lib/domain/sound-object.ts'
import { isOwnHash } from '#lib/domain/spec-hash.ts'
import type { Lease } from '#lib/kinds/lease.ts'
import { PLATFORM_ACTOR } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import { FIELD_MANAGER } from '../leadership/fenced-client.ts'
import { managedFieldsOf, newest, ownsField } from '#lib/kube/managed-fields.ts'
import { CONDITION_TYPES } from '../module-info/status-draft.ts'

/** A trace older than this by the API server's clock is of controllers that are gone: migrated or restored objects have those. */
const FRESH_MS = 10 * 60_000
/** Clocks of those who write differ; a time this far ahead is still one of now. */
const AHEAD_MS = 5 * 60_000

/** What the platform calls itself where it acts, and the kinds whose controllers would be ours to replace. */
const CONTROLLER_NAME = new RegExp(
  `(?:^|[-.])(?:${PLATFORM_ACTOR}|module-?(?:info|plugin|config)s?)(?:[-.]|$)`,
)
/** Field managers of this project: the controllers, and whatever of it names none. */
const OWN_MANAGERS = new Set([FIELD_MANAGER, 'marketplace-console'])
/** Tools in the hands of people, and of those who restore or synchronize objects: no controllers of plugins. */
const PEOPLES_TOOLS =
  /^(?:kubectl|k9s|lens|headlamp|helm|velero|argocd|kustomize|flux|before-first-apply|unknown|node|undici|curl|mozilla)/i
const OWN_PART = 'plugin-marketplace'

export interface Workload extends KubeObject {
  spec?: { replicas?: number }
  status?: { phase?: string }
}

function isFresh(time: string | undefined, now: Date): boolean {
  const age = now.getTime() - Date.parse(time ?? '')
  return age < FRESH_MS && age > -AHEAD_MS
}

/** Whether an object of the platform's namespace is, by its name, one of the platform's plugin controllers; never one of ours. */
function isOfTheirs({ metadata }: KubeObject): boolean {
  return CONTROLLER_NAME.test(metadata.name) && metadata.labels?.['app.kubernetes.io/part-of'] !== OWN_PART
}

function place({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

/** What a Deployment tells: that it keeps controllers of the platform running. */
export function deploymentTrace(deployment: Workload): string | undefined {
  const replicas = deployment.spec?.replicas ?? 1
  if (!isOfTheirs(deployment) || replicas === 0 || deployment.metadata.deletionTimestamp !== undefined)
    return undefined
  return `Deployment ${place(deployment)} keeps ${replicas} of the platform's controllers running`
}

/** What a Pod tells: that a controller of the platform runs, whatever made it. */
export function podTrace(pod: Workload): string | undefined {
  const phase = pod.status?.phase ?? ''
  return isOfTheirs(pod) && ['Pending', 'Running'].includes(phase)
    ? `Pod ${place(pod)} is ${phase}`
    : undefined
}

/** What a Lease tells: that a controller of the platform renews it. */
export function leaseTrace(lease: Lease, now: Date): string | undefined {
  const { holderIdentity = '', renewTime } = lease.spec ?? {}
  return isOfTheirs(lease) && holderIdentity !== '' && isFresh(renewTime, now)
    ? `Lease ${place(lease)} was renewed by ${holderIdentity} at ${renewTime}`
    : undefined
}

/**
 * What a ModuleInfo tells: that something other than this project wrote its status a short while ago.
 * @param info as the API server has it, managed fields included
 * @param now by the API server's clock
 */
export function moduleInfoTrace(info: ModuleInfo, now: Date): string | undefined {
  const name = `ModuleInfo ${info.metadata.name}`
  const writer = newest(
    managedFieldsOf(info).filter(
      ({ subresource, manager = '' }) =>
        subresource === 'status' && !OWN_MANAGERS.has(manager) && !PEOPLES_TOOLS.test(manager),
    ),
  )
  if (writer !== undefined && isFresh(writer.time, now))
    return `${name} had its status written by ${writer.manager} at ${writer.time}`
  const {
    specHash = '',
    conditions = [],
    appReleases = [],
  } = soundObject('ModuleInfo', info).object.status ?? {}
  if (specHash === '' || isOwnHash(specHash) || managedFieldsOf(info).length > 0) return undefined
  // Without managed fields, times tell; those of conditions that we write too tell nothing.
  const times = [
    ...conditions
      .filter(({ type }) => !CONDITION_TYPES.has(type))
      .flatMap(({ lastTransitionTime, lastProbeTime }) => [lastTransitionTime, lastProbeTime]),
    ...appReleases.map(({ lastProbeTime }) => lastProbeTime),
  ]
  const fresh = times.find((time) => isFresh(time, now))
  return fresh === undefined ? undefined : `${name} has a status that isn't ours, of ${fresh}`
}

/**
 * What a change of a ModuleInfo tells that happened while we worked: a hash of the spec that isn't ours.
 * @param info as the API server has it, managed fields included
 */
export function takenOverTrace(info: ModuleInfo): string | undefined {
  const { specHash = '' } = soundObject('ModuleInfo', info).object.status ?? {}
  if (specHash === '' || isOwnHash(specHash)) return undefined
  const writer = newest(managedFieldsOf(info).filter((entry) => ownsField(entry, 'status', 'specHash')))
  const manager = writer?.manager ?? ''
  if (OWN_MANAGERS.has(manager) || PEOPLES_TOOLS.test(manager)) return undefined
  const by = manager === '' ? '' : ` by ${manager}`
  return `ModuleInfo ${info.metadata.name} was given the specHash ${specHash}${by}, which isn't ours`
}
