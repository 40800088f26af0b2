import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '#lib/kinds/object.ts'
import { loadPluginSource } from '#lib/packages/build-package.ts'
import { isObject } from '#lib/packages/check-object.ts'
import { loadYamlObjects } from '#lib/packages/load-yaml.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { selectObjects } from '#lib/packages/select-objects.ts'
import { versionOf } from '#lib/domain/module-name.ts'
import { LABEL, MODULE_TYPE_PLUGIN } from '#lib/kinds/labels.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { UsageError } from '../usage-error.ts'
import type { Chart } from './chart-source.ts'

const FILE = 'module-plugin.yaml'

/**
 * The objects of a package: those of `file`, else of the one chart that carries a `module-plugin.yaml`.
 * @throws UsageError when there is none, or more than one chart has them; PackageError when they are not sound
 */
export async function pluginObjects(
  file: string | undefined,
  charts: readonly Chart[],
): Promise<JsonObject[]> {
  if (file !== undefined) return checked(await loadPluginSource(file), file)
  const [carrier, second] = charts.filter(({ files }) => files[FILE] !== undefined)
  if (carrier === undefined)
    throw new UsageError(
      `No chart carries a ${FILE}: name the file that describes the plugin with --module-plugin. 'violet create --help' says what it holds.`,
    )
  if (second !== undefined)
    throw new UsageError(
      `${carrier.name} and ${second.name} both carry a ${FILE}: say which with --module-plugin.`,
    )
  const path = carrier.folder === null ? '' : join(carrier.folder, FILE)
  return existsSync(path)
    ? checked(await loadPluginSource(path), path)
    : checked(loadYamlObjects(carrier.files[FILE] ?? '', FILE), `${FILE} in ${carrier.name}`)
}

/** What is wrong with a source is told by its own name, not by that of the file which it will be. */
function checked(objects: JsonObject[], source: string): JsonObject[] {
  try {
    selectObjects(objects)
    return objects
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    const { code, entry, field, message } = error
    throw new PackageError(code, message.replaceAll('res/resources.yaml', source), {
      ...(entry !== undefined && { entry }),
      ...(field !== undefined && { field }),
      cause: error,
    })
  }
}

/** The objects with the labels and fields that the platform's own tools want in every ModulePlugin. */
export function withObligatory(objects: readonly JsonObject[]): JsonObject[] {
  return objects.map((object) => {
    const { kind, metadata, spec } = object
    const name = isObject(metadata) ? metadata['name'] : undefined
    if (kind !== MODULE_PLUGIN.kind || !isObject(metadata) || typeof name !== 'string') return object
    const labels = {
      [LABEL.moduleName]: name,
      [LABEL.moduleType]: MODULE_TYPE_PLUGIN,
      ...(isObject(metadata['labels']) ? metadata['labels'] : {}),
    }
    const obligatory = { name, description: {}, logo: '', deleteable: true }
    return {
      ...object,
      metadata: { ...metadata, labels },
      spec: { ...obligatory, ...(isObject(spec) ? spec : {}) },
    }
  })
}

/** What a registry calls a chart: as the plugin's appReleases list it, else by its own name and version. */
export function chartName({ name, version }: Chart, objects: readonly JsonObject[]): string {
  const { spec } = selectObjects(objects).modulePlugin
  const listed = (spec.appReleases ?? []).flatMap(({ chartVersions }) => chartVersions)
  const own = listed.filter((chart) => {
    const last = chart.name.split('/').at(-1)
    return last === name || last === `chart-${name}`
  })
  const [only] = own.length > 0 ? own : listed
  const isSure = own.length === 1 || (own.length === 0 && listed.length === 1)
  return only !== undefined && isSure
    ? `${only.name}:${only.version}`
    : `${name}:${version.replaceAll('+', '_')}`
}

/**
 * The objects with the plugin's charts filled in where it names none at all: its one chart is installed as one release.
 * @param repository and tag of that chart
 */
export function withMainChart(
  objects: readonly JsonObject[],
  chart: Chart,
  { repository, tag }: { repository: string; tag: string },
): JsonObject[] {
  return objects.map((object) => {
    const { kind, spec } = object
    if (kind !== MODULE_PLUGIN.kind || !isObject(spec)) return object
    if (spec['mainChart'] !== undefined || spec['appReleases'] !== undefined) return object
    const appReleases = [
      { name: chart.name, chartVersions: [{ name: repository, releaseName: chart.name, version: tag }] },
    ]
    const version = versionOf(spec) ?? tag
    return { ...object, spec: { ...spec, version, mainChart: repository, appReleases } }
  })
}
