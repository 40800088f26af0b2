import { isObject } from '#lib/domain/form/form-path.ts'
import { locateInYaml } from '#lib/domain/form/yaml-location.ts'
import type { TextRange } from '#lib/domain/form/yaml-location.ts'
import { readYamlMap } from '#lib/domain/form/yaml-reader.ts'
import type { YamlFault } from '#lib/domain/form/yaml-reader.ts'
import type { JsonObject } from '#lib/kinds/object.ts'

export type OverrideReading =
  | { values: JsonObject }
  | { faults: readonly YamlFault[] }
  /** Charts whose values are no map, and where they stand. */
  | { wrong: readonly { chart: string; range: TextRange }[] }

/** Reads `spec.valuesOverride`: a map of charts to maps of Helm values. */
export function readOverride(text: string): OverrideReading {
  const reading = readYamlMap(text)
  if ('faults' in reading) return reading
  const wrong = Object.entries(reading.map)
    .filter(([, values]) => !isObject(values))
    .map(([chart]) => ({ chart, range: locateInYaml(reading, [chart]) }))
  return wrong.length > 0 ? { wrong } : { values: reading.map }
}
