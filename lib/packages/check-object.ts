import { isLabelKey, isLabelValue } from '#lib/domain/form/labels.ts'
import { ANNOTATION, LABEL, MODULE_TYPE_PLUGIN } from '#lib/kinds/labels.ts'
import type { JsonObject, KubeObject, ObjectMeta } from '#lib/kinds/object.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { PackageError } from './package-error.ts'

const NAME = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/
const LONGEST_NAME = 253
const LONGEST_DISPLAY_NAME = 512
const MARKUP = /<\s*[a-z!/?]/i

/** An object of the package as it stands in a file. */
export interface SourceObject {
  apiVersion: string
  kind: string
  metadata: JsonObject & { name: string }
  spec: JsonObject
}

/** A plugin object with checked metadata, and a spec of which only the fields that matter here are checked. */
export type CheckedObject = KubeObject & { spec: PluginSpec }

/**
 * Checks a ModulePlugin or ModuleConfig and leaves out what only a server may set.
 * @param where how messages name the object, such as `ModulePlugin web-cli`
 * @throws PackageError `object-invalid`, `text-invalid`
 */
export function checkObject(object: SourceObject, where: string): CheckedObject {
  const { name } = object.metadata
  if (name.length > LONGEST_NAME || !NAME.test(name))
    throw invalid(where, 'metadata.name', 'is not a valid Kubernetes name')
  const labels = textMap(object.metadata['labels'], where, 'metadata.labels')
  const annotations = textMap(object.metadata['annotations'], where, 'metadata.annotations')
  for (const [key, value] of Object.entries(labels))
    if (!isLabelKey(key) || !isLabelValue(value))
      throw invalid(where, 'metadata.labels', `has '${key.slice(0, 80)}', which is not a valid label`)
  if ((labels[LABEL.moduleType] ?? MODULE_TYPE_PLUGIN) !== MODULE_TYPE_PLUGIN)
    throw invalid(
      where,
      'metadata.labels',
      `must not set ${LABEL.moduleType} to anything but ${MODULE_TYPE_PLUGIN}`,
    )
  for (const key of Object.keys(annotations))
    if (!isLabelKey(key))
      throw invalid(where, 'metadata.annotations', `has the key '${key.slice(0, 80)}', which is not valid`)
  delete annotations['kubectl.kubernetes.io/last-applied-configuration']
  for (const key of [ANNOTATION.displayName, ANNOTATION.moduleName]) checkName(annotations[key], where, key)
  checkSpec(object.spec, where)
  const metadata: ObjectMeta = { name, labels, annotations }
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata,
    spec: object.spec as object as PluginSpec,
  }
}

/** Types of the spec's fields that reading and publishing rely on; the API server checks all the others. */
function checkSpec(spec: JsonObject, where: string): void {
  for (const field of ['name', 'version', 'logo', 'mainChart', 'cfgFilename'])
    if (spec[field] !== undefined && typeof spec[field] !== 'string')
      throw invalid(where, `spec.${field}`, 'must be text')
  for (const field of ['description', 'config'])
    if (spec[field] !== undefined && spec[field] !== null && !isObject(spec[field]))
      throw invalid(where, `spec.${field}`, 'must be an object')
  if (spec['deleteable'] !== undefined && typeof spec['deleteable'] !== 'boolean')
    throw invalid(where, 'spec.deleteable', 'must be true or false')
  const releases = spec['appReleases']
  if (releases === undefined) return
  if (!Array.isArray(releases)) throw invalid(where, 'spec.appReleases', 'must be a list')
  for (const release of releases) {
    const charts = isObject(release) ? release['chartVersions'] : undefined
    if (!Array.isArray(charts) || !charts.every(isChartVersion))
      throw invalid(where, 'spec.appReleases', 'must list chartVersions with name, releaseName and version')
  }
}

function isChartVersion(chart: unknown): boolean {
  return isObject(chart) && ['name', 'releaseName', 'version'].every((key) => typeof chart[key] === 'string')
}

/** A name for people: plain text, or JSON of `{en, zh}`. */
function checkName(text: string | undefined, where: string, key: string): void {
  if (text === undefined) return
  const field = `metadata.annotations.${key}`
  const fail = (problem: string) =>
    new PackageError('text-invalid', `${where}: the name in ${key} ${problem}`, { field })
  if (text.length > LONGEST_DISPLAY_NAME) throw fail(`is longer than ${LONGEST_DISPLAY_NAME} characters`)
  if (MARKUP.test(text)) throw fail('contains markup')
  if (!text.trimStart().startsWith('{')) return
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw fail('is broken JSON')
  }
  if (!isObject(value) || !Object.values(value).every((part) => typeof part === 'string'))
    throw fail('is not an object of texts by language')
}

function textMap(value: unknown, where: string, field: string): Record<string, string> {
  if (value === undefined || value === null) return {}
  if (!isObject(value) || !Object.values(value).every((item) => typeof item === 'string'))
    throw invalid(where, field, 'must map keys to texts')
  return { ...(value as Record<string, string>) }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function invalid(where: string, field: string, problem: string): PackageError {
  return new PackageError('object-invalid', `${where}: ${field} ${problem}`, { field })
}
