import type { ModuleInfoSpec } from '#lib/kinds/module-info.ts'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { effectiveConfig } from './effective-config.ts'
import { renderTemplate } from './go-template/render-template.ts'
import { parseYaml } from './parse-yaml.ts'

/** What a plugin's templates may know of the place where it goes. */
export interface TemplatePlace {
  readonly clusterName: string
  /** `spec.type` of the Cluster, such as `Baremetal`; `''` where it isn't known. */
  readonly clusterType: string
  readonly isGlobal: boolean
  /** Labels of the installation. */
  readonly labels: Readonly<Record<string, string>>
}

export interface ValuesInput {
  /** The version's ModuleConfig. */
  readonly plugin: PluginSpec
  /** The installation. */
  readonly spec: ModuleInfoSpec
  readonly place: TemplatePlace
}

/** Why the values of a chart, or an install condition, can't be made: the template of a plugin is wrong. */
export class ChartValuesError extends Error {
  /** What was rendered: a chart's name, or `installCondition of …`. */
  readonly template: string

  constructor(template: string, cause: string) {
    super(`${template}: ${cause}`)
    this.name = 'ChartValuesError'
    this.template = template
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}

/** What `.` is in a plugin's templates. */
export function templateData({ plugin, spec, place }: ValuesInput): JsonObject {
  const config = effectiveConfig(plugin.config, spec)
  const replicas = config['replicas']
  return {
    MiConfig: config,
    MiSpec: { ...(spec as unknown as JsonObject), config },
    ClusterName: place.clusterName,
    ClusterType: place.clusterType,
    IsGlobal: place.isGlobal,
    Replicas: typeof replicas === 'number' ? replicas : 1,
    Labels: { ...place.labels },
    Version: spec.version,
  }
}

/** Merges values: maps key by key, everything else (lists, nulls) replaced; `over` wins. */
export function mergeValues(base: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(base))
  for (const [key, value] of Object.entries(over)) {
    const mine = merged.get(key)
    if (isObject(mine) && isObject(value)) merged.set(key, mergeValues(mine, value))
    else merged.set(key, value)
  }
  return Object.fromEntries(merged)
}

/** Steps for all templates of a version together; each has an equal share. */
const ALL_STEPS = 1_000_000
const MAX_STEPS = 200_000
const MAX_CHARACTERS = 524_288

function renderChart(chart: string, template: string, data: JsonObject, maxSteps: number): JsonObject {
  let value: unknown
  try {
    const text = renderTemplate(template, data, { maxSteps, maxCharacters: MAX_CHARACTERS })
    value = parseYaml(text, 100)
  } catch (error) {
    throw new ChartValuesError(chart, messageOf(error))
  }
  if (value === null || value === undefined) return {}
  if (isObject(value as Json)) return value as JsonObject
  throw new ChartValuesError(chart, 'the template renders to something that is no map of values')
}

/**
 * The Helm values of each chart: its template rendered, then `valuesOverride` of that chart on top, which wins.
 * Charts with neither are left out.
 * @throws ChartValuesError when a template can't be rendered, or renders to no YAML map
 */
export function chartValues(input: ValuesInput): JsonObject {
  const data = templateData(input)
  const values = new Map<string, JsonObject>()
  const templates = Object.entries(input.plugin.valuesTemplates ?? {})
  const maxSteps = Math.min(MAX_STEPS, Math.floor(ALL_STEPS / templates.length))
  for (const [chart, template] of templates) values.set(chart, renderChart(chart, template, data, maxSteps))
  for (const [chart, over] of Object.entries(input.spec.valuesOverride ?? {}))
    if (isObject(over)) values.set(chart, mergeValues(values.get(chart) ?? {}, over))
  return Object.fromEntries(values)
}

/**
 * Whether a release is to be installed: its condition is absent, blank, or a template that renders to `true`.
 * @throws ChartValuesError when the condition can't be rendered
 */
export function isWanted(release: { name: string; installCondition?: string }, data: JsonObject): boolean {
  const condition = release.installCondition ?? ''
  if (condition.trim() === '') return true
  try {
    return renderTemplate(condition, data).trim().toLowerCase() === 'true'
  } catch (error) {
    throw new ChartValuesError(`installCondition of ${release.name}`, messageOf(error))
  }
}
