import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { packageWarning } from './package-warning.ts'
import { moduleConfigName, pluginOf, versionLabel, versionOf } from '#lib/domain/module-name.ts'
import { parseVersion } from '#lib/domain/semver.ts'
import { ANNOTATION, LABEL, MODULE_TYPE_PLUGIN } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG, type ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { invalid, type CheckedObject } from './check-object.ts'
import { PackageError } from './package-error.ts'
import { normalizeDescriptors } from './short-descriptor.ts'

/** The form's parts: a plugin that carries any of them itself carries all of them itself. */
const FORM_FIELDS = ['config', 'deployDescriptors', 'editDescriptors', 'upgradeDescriptors'] as const
const DESCRIPTOR_FIELDS = ['deployDescriptors', 'editDescriptors', 'upgradeDescriptors'] as const

/** Everything else that `scripts/plugin-config.yaml` may say; the plugin's own word wins, field by field. */
const CONFIG_FIELDS = [
  'valuesTemplates',
  'supportedUpgradeVersions',
  'mustUpgrade',
  'upgradeBefore',
  'upgradeRiskLevel',
  'upgradeRiskDescription',
  'upgradeRiskDescriptionEn',
  'deleteRiskDescription',
  'deleteRiskDescriptionEn',
  'deleteBlockDescription',
  'deleteBlockDescriptionEn',
  'resourcesBlockRemove',
  'targetClusterVersions',
  'transitTimeout',
  'dependencies',
  'pluginDependencies',
  'crossClusterDependencies',
  'affinity',
  'entrypointTemplate',
  'labelCluster',
  'skipPlatformConfig',
  'uiContext',
] as const

const LONGEST_VERSION = 63

/**
 * The ModulePlugin with what its main chart's configuration adds, its obligatory fields and its labels.
 * @param pluginConfig `scripts/plugin-config.yaml` of the main chart; null when there is none
 * @param warnings receives what the person uploading should know
 * @throws PackageError `version-missing`, `version-invalid`, `object-invalid`
 */
export function completePlugin(
  source: CheckedObject,
  pluginConfig: JsonObject | null,
  warnings: PackageWarning[],
): ModulePlugin & { spec: { version: string } } {
  const plugin = source.metadata.name
  if (plugin.length > 63)
    throw invalid(`ModulePlugin ${plugin}`, 'metadata.name', 'is longer than 63 characters')
  checkBelongs(source, plugin)
  const version = versionOf(source.spec)
  if (version === undefined)
    throw new PackageError(
      'version-missing',
      `ModulePlugin ${plugin} has no spec.version and names no version of a main chart`,
      {
        field: 'spec.version',
      },
    )
  if (version.length > LONGEST_VERSION || parseVersion(version) === undefined)
    throw new PackageError('version-invalid', `'${version.slice(0, 80)}' is not a semantic version`, {
      field: 'spec.version',
    })
  const labels = {
    ...source.metadata.labels,
    [LABEL.moduleName]: plugin,
    [LABEL.moduleType]: MODULE_TYPE_PLUGIN,
  }
  const annotations = source.metadata.annotations ?? {}
  if (annotations[ANNOTATION.displayName] === undefined && annotations[ANNOTATION.moduleName] === undefined)
    annotations[ANNOTATION.displayName] = plugin
  return {
    ...source,
    metadata: { name: plugin, labels, annotations },
    spec: completeSpec({ ...merged(source.spec, pluginConfig, warnings), name: plugin }, version),
  }
}

/** The ModuleConfig of the version that `plugin` describes. */
export function deriveModuleConfig(plugin: ModulePlugin & { spec: { version: string } }): ModuleConfig {
  const { name, labels, annotations } = plugin.metadata
  const { version } = plugin.spec
  return {
    apiVersion: plugin.apiVersion,
    kind: MODULE_CONFIG.kind,
    metadata: {
      name: moduleConfigName(name, version),
      labels: { ...labels, [LABEL.moduleVersion]: versionLabel(version) },
      annotations: { ...annotations },
    },
    spec: plugin.spec,
  }
}

/**
 * A ModuleConfig that the package brings along: taken as it is, but for labels and fields that every one must have.
 * @throws PackageError `object-invalid`, `version-invalid`
 */
export function completeModuleConfig(source: CheckedObject, plugin: ModulePlugin): ModuleConfig {
  const where = `ModuleConfig ${source.metadata.name}`
  checkBelongs(source, plugin.metadata.name)
  const version = source.spec.version ?? ''
  if (parseVersion(version) === undefined || version.length > LONGEST_VERSION)
    throw new PackageError('version-invalid', `${where}: spec.version is not a semantic version`, {
      field: 'spec.version',
    })
  const name = moduleConfigName(plugin.metadata.name, version)
  if (source.metadata.name !== name) throw invalid(where, 'metadata.name', `must be ${name}`)
  const labels = {
    ...plugin.metadata.labels,
    ...source.metadata.labels,
    [LABEL.moduleVersion]: versionLabel(version),
  }
  const annotations = { ...plugin.metadata.annotations, ...source.metadata.annotations }
  const { description, logo, deleteable } = plugin.spec
  const inherited: Partial<PluginSpec> = { name: plugin.metadata.name, description, logo, deleteable }
  return {
    ...source,
    metadata: { name, labels, annotations },
    spec: completeSpec({ ...inherited, ...source.spec }, version),
  }
}

function checkBelongs(source: CheckedObject, plugin: string): void {
  if (
    pluginOf({ ...source, metadata: { ...source.metadata, name: plugin } }) !== plugin ||
    (source.spec.name ?? plugin) !== plugin
  )
    throw invalid(
      `${source.kind} ${source.metadata.name}`,
      'spec.name',
      `and the label ${LABEL.moduleName} must be '${plugin}'`,
    )
}

function merged(spec: PluginSpec, pluginConfig: JsonObject | null, warnings: PackageWarning[]): PluginSpec {
  const result: Record<string, unknown> = { ...spec }
  if (pluginConfig === null) return spec
  const carriesForm = FORM_FIELDS.some((field) => result[field] !== undefined)
  for (const [field, value] of Object.entries(pluginConfig)) {
    if (value === null) continue
    if (FORM_FIELDS.some((known) => known === field)) {
      if (!carriesForm) result[field] = value
    } else if (!CONFIG_FIELDS.some((known) => known === field))
      warnings.push(
        packageWarning('unknown-field', { field: field.slice(0, 80), path: 'scripts/plugin-config.yaml' }),
      )
    else if (result[field] === undefined) result[field] = value
  }
  return result as object as PluginSpec
}

function completeSpec(spec: PluginSpec, version: string): PluginSpec & { version: string } {
  const result = {
    ...spec,
    version,
    description: spec.description ?? {},
    logo: spec.logo ?? '',
    deleteable: spec.deleteable ?? true,
  }
  for (const field of DESCRIPTOR_FIELDS) {
    const list = normalizeDescriptors(result[field])
    if (list !== undefined) result[field] = list
  }
  if (result.config === null) delete result.config
  return result
}
