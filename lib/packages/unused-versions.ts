import { placeOf, pluginOf, versionOf } from '#lib/domain/module-name.ts'
import { compareVersions } from '#lib/domain/semver.ts'
import type { ArtifactVersion } from '#lib/kinds/artifact.ts'
import { ANNOTATION } from '#lib/kinds/labels.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { recordedPlugin, recordedVersion } from './recorded-version.ts'

/** Why a version of a plugin goes, or stays. */
export type VersionFate = 'unused' | 'installed' | 'built-in' | 'uploading' | 'being-removed' | 'newest'

export interface JudgedVersion {
  plugin: string
  version: string
  fate: VersionFate
  /** Where it is installed, or is to be. */
  clusters: string[]
}

export interface PublishedObjects {
  moduleConfigs: readonly ModuleConfig[]
  moduleInfos: readonly ModuleInfo[]
  artifactVersions: readonly ArtifactVersion[]
}

export interface JudgeOptions {
  now: Date
  /** Keep that many of the newest versions of each plugin, wherever they are installed; 0 keeps none. */
  keepNewest: number
}

/** An upload that did not come to its end may still be under way for so long. */
const UPLOAD_MS = 24 * 3_600_000

interface Pieces {
  config?: ModuleConfig
  record?: ArtifactVersion
}

/** Clusters whose installation of a plugin runs this version, goes to it, or comes from it. An installation that does not say of what counts for every plugin. */
export function usedOn(moduleInfos: readonly ModuleInfo[], plugin: string, version: string): string[] {
  const clusters = moduleInfos
    .filter((info) => ['', plugin].includes(placeOf(info).plugin))
    .filter(({ spec, status }) => [spec.version, status?.version, status?.transitVersion].includes(version))
    .map((info) => placeOf(info).cluster || info.metadata.name)
  return [...new Set(clusters)].sort()
}

/** What becomes of every version there is when those that are installed nowhere are removed; by plugin, newest first. */
export function judgeVersions(objects: PublishedObjects, options: JudgeOptions): JudgedVersion[] {
  const plugins = new Map<string, Map<string, Pieces>>()
  const add = (plugin: string, version: string | undefined, pieces: Pieces) => {
    if (plugin === '' || version === undefined || version === '') return
    const versions = plugins.get(plugin) ?? new Map<string, Pieces>()
    plugins.set(plugin, versions.set(version, { ...versions.get(version), ...pieces }))
  }
  for (const config of objects.moduleConfigs) add(pluginOf(config), versionOf(config.spec), { config })
  for (const record of objects.artifactVersions)
    add(recordedPlugin(record), recordedVersion(record), { record })
  return [...plugins]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([plugin, versions]) =>
      [...versions]
        .sort(([a], [b]) => compareVersions(b, a))
        .map(([version, pieces], index): JudgedVersion => {
          const clusters = usedOn(objects.moduleInfos, plugin, version)
          return { plugin, version, clusters, fate: fateOf(pieces, clusters, index, options) }
        }),
    )
}

function fateOf(
  { config, record }: Pieces,
  clusters: readonly string[],
  index: number,
  { now, keepNewest }: JudgeOptions,
): VersionFate {
  if (clusters.length > 0) return 'installed'
  if (config?.metadata.deletionTimestamp !== undefined) return 'being-removed'
  if (config?.metadata.annotations?.[ANNOTATION.builtIn] === 'true') return 'built-in'
  const startedAt = Date.parse(record?.metadata.creationTimestamp ?? '')
  if (record !== undefined && record.status?.phase !== 'Present' && now.getTime() - startedAt < UPLOAD_MS)
    return 'uploading'
  return index < keepNewest ? 'newest' : 'unused'
}
