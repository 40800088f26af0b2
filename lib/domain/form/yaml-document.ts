import type { FormObject } from './form-model.ts'
import { isSameJson } from '../same-json.ts'
import { rewriteYaml } from './yaml-nodes.ts'
import { readYaml } from './yaml-reader.ts'
import { spliceYaml } from './yaml-splice.ts'
import { writeYaml } from './yaml-writing.ts'

function says(text: string, config: FormObject): boolean {
  const reading = readYaml(text)
  return 'value' in reading && isSameJson(reading.value ?? {}, config)
}

function attempt(rewrite: () => string | null, config: FormObject): string | null {
  try {
    const text = rewrite()
    return text !== null && says(text, config) ? text : null
  } catch {
    return null
  }
}

/**
 * A person's YAML text, made to say `config`: byte for byte the same where it says so already, else changed at as few
 * places as possible, so that comments, order and layout of everything else stay. What comes out always reads
 * back as `config`; a text that can't be read is replaced.
 */
export function applyToYaml(text: string, config: FormObject): string {
  const reading = readYaml(text)
  if ('faults' in reading) return writeYaml(config)
  if (isSameJson(reading.value ?? {}, config)) return text
  if (reading.value === undefined && text.trim() !== '') {
    const below = attempt(() => `${text.trimEnd()}\n${writeYaml(config)}`, config)
    if (below !== null) return below
  }
  return (
    attempt(() => spliceYaml(reading, config), config) ??
    attempt(() => rewriteYaml(reading.document, config), config) ??
    writeYaml(config)
  )
}
