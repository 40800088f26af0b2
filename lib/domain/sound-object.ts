import type { Artifact, ArtifactVersion } from '#lib/kinds/artifact.ts'
import type { Cluster } from '#lib/kinds/cluster.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import type { Affinity } from '#lib/kinds/plugin-spec.ts'
import { cleanText } from './clean-text.ts'
import type { Reason } from './reason.ts'
import { anyList, anyObject, flag, listOf, mapOf, number, record, text } from './sound-shape.ts'
import type { Check } from './sound-shape.ts'

const texts = listOf(text)
const localText = record({ en: text, zh: text })
const selector = record({
  matchLabels: mapOf(text),
  matchExpressions: listOf(record({ key: text, operator: text, values: texts }, { key: '', operator: '' })),
})
const affinity = record({
  clusterAffinity: selector,
  clusterAntiAffinity: selector,
  pluginAntiAffinity: texts,
})
const chartVersion = record(
  { name: text, releaseName: text, version: text },
  { name: '', releaseName: '', version: '' },
)
const moduleNames = listOf(record({ moduleName: text }, { moduleName: '' }))
const dependencies = listOf(
  record({ moduleName: text, instanceName: text, versionsMatch: texts }, { moduleName: '' }),
)
const conditions = listOf(
  record({ type: text, status: text, reason: text, message: text }, { type: '', status: '' }),
)

const pluginSpec = record(
  {
    name: text,
    version: text,
    description: localText,
    logo: text,
    deleteable: flag,
    affinity,
    appReleases: listOf(
      record(
        { name: text, namespace: text, chartVersions: listOf(chartVersion) },
        { name: '', chartVersions: [] },
      ),
    ),
    mainChart: text,
    config: anyObject,
    deployDescriptors: anyList,
    editDescriptors: anyList,
    upgradeDescriptors: anyList,
    valuesTemplates: mapOf(text),
    dependencies,
    pluginDependencies: record({
      crossCluster: record({
        oneOf: listOf(record({ clusterName: text, pluginName: text }, { clusterName: '', pluginName: '' })),
      }),
    }),
    crossClusterDependencies: texts,
    supportedUpgradeVersions: text,
    upgradeBefore: moduleNames,
    upgradeRiskLevel: text,
    upgradeRiskDescription: text,
    upgradeRiskDescriptionEn: text,
    deleteRiskDescription: text,
    deleteRiskDescriptionEn: text,
    deleteBlockDescription: text,
    deleteBlockDescriptionEn: text,
    resourcesBlockRemove: listOf(record({ apiVersion: text, kind: text, namespace: text, name: text })),
    targetClusterVersions: texts,
    transitTimeout: number,
    entrypointTemplate: text,
    uiContext: record({ sizeSettings: anyObject }),
  },
  { name: '', description: {}, logo: '', deleteable: true },
)

const availableVersion = record(
  {
    version: text,
    riskLevel: text,
    description: text,
    descriptionEn: text,
    dependencies,
    upgradeBefore: moduleNames,
  },
  { version: '', riskLevel: '', description: '' },
)
const release = record(
  { name: text, namespace: text, ready: flag, synced: flag, failed: flag, reason: text, message: text },
  { name: '', ready: false, synced: false, failed: false },
)

const metadata = record(
  {
    name: text,
    uid: text,
    resourceVersion: text,
    creationTimestamp: text,
    deletionTimestamp: text,
    labels: mapOf(text),
    annotations: mapOf(text),
    finalizers: texts,
  },
  { name: '' },
)

function objectWith(fields: Record<string, Check>, required: Record<string, unknown> = {}): Check {
  return record({ apiVersion: text, kind: text, metadata, ...fields }, required)
}

const EMPTY_SPEC = { name: '', description: {}, logo: '', deleteable: true }

const CHECKS = {
  ModulePlugin: objectWith(
    { spec: pluginSpec, status: record({ latestVersion: text, conditions }) },
    { spec: EMPTY_SPEC },
  ),
  ModuleConfig: objectWith(
    { spec: pluginSpec, status: record({ readyForDeploy: flag, targetClusterVersions: texts }) },
    { spec: EMPTY_SPEC },
  ),
  ModuleInfo: objectWith(
    {
      spec: record(
        {
          version: text,
          config: anyObject,
          valuesOverride: anyObject,
          selectedCluster: mapOf(text),
          entrypoint: text,
        },
        { version: '' },
      ),
      status: record(
        {
          phase: text,
          version: text,
          availableVersions: listOf(availableVersion),
          blockReasons: texts,
          removeIsPrevented: flag,
          appReleases: listOf(release),
          conditions,
          specHash: text,
        },
        { phase: '', version: '' },
      ),
    },
    { spec: { version: '' } },
  ),
  Cluster: objectWith({
    spec: record({ displayName: text, type: text, version: text }),
    status: record({
      phase: text,
      version: text,
      message: text,
      reason: text,
      conditions,
      addresses: listOf(
        record(
          { type: text, host: text, port: number, path: text },
          { type: '', host: '', port: 0, path: '' },
        ),
      ),
      resource: record({ capacity: anyObject, allocatable: anyObject, allocated: anyObject }),
    }),
  }),
  Artifact: objectWith(
    { spec: record({ registry: text, repository: text, type: text, displayName: text, description: text }) },
    { spec: { registry: '', repository: '', type: '' } },
  ),
  ArtifactVersion: objectWith(
    {
      spec: record({ tag: text }, { tag: '' }),
      status: record({ name: text, version: text, type: text, phase: text, reason: text, message: text }),
    },
    { spec: { tag: '' } },
  ),
}

interface Kinds {
  ModulePlugin: ModulePlugin
  ModuleConfig: ModuleConfig
  ModuleInfo: ModuleInfo
  Cluster: Cluster
  Artifact: Artifact
  ArtifactVersion: ArtifactVersion
}

/** An object that keeps the promises of its type, and what was wrong with the one that came. */
export interface Sound<T> {
  readonly object: T
  readonly problems: readonly Reason[]
}

const known = new WeakMap<KubeObject, Sound<KubeObject>>()

/** A rule that can't be read must not turn into no rule: it fits nothing. */
const UNREADABLE: Affinity = { clusterAffinity: { matchExpressions: [{ key: '', operator: '' }] } }

function withSafeRules<T>(object: T, faults: readonly string[]): T {
  if (!faults.some((fault) => fault.startsWith('spec.affinity'))) return object
  const { spec } = object as { spec?: object }
  return { ...object, spec: { ...spec, affinity: UNREADABLE } }
}

/**
 * Makes an object from a cluster safe to handle by its type: fields of a wrong type are left out, missing obligatory
 * ones are filled with the least, and both are told as `malformed-object`. Remembered per object; never throws.
 */
export function soundObject<K extends keyof Kinds>(kind: K, object: Kinds[K]): Sound<Kinds[K]> {
  const remembered = known.get(object) as Sound<Kinds[K]> | undefined
  if (remembered !== undefined) return remembered
  const faults: string[] = []
  const checked = withSafeRules(CHECKS[kind](object, '', faults) as Kinds[K], faults)
  const problems: Reason[] =
    faults.length === 0
      ? []
      : [
          {
            code: 'malformed-object',
            params: {
              kind,
              name: cleanText(checked.metadata?.name ?? '', 253),
              message: cleanText(faults.join('; '), 1000),
            },
          },
        ]
  const sound = { object: checked, problems }
  known.set(object, sound)
  return sound
}
