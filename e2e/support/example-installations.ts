import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { Answer } from './form-answer.ts'

/** An installation as `examples/installations.yaml` describes it. */
export interface ExampleInstallation {
  name: string
  plugin: string
  cluster: string
  /** The cross-cluster labels that go with it. */
  labels: Record<string, string>
  /** `spec.config`, value for value. */
  config: JsonObject
  /** `spec.valuesOverride`, where there is one. */
  valuesOverride?: JsonObject
  answers: Answer[]
  /** Labels of controls that can't change after installing. */
  fixed: string[]
  /** What is changed afterwards, and where it stands in `spec.config`: a dotted path of plain keys. */
  change: Answer & { path: string }
}

export function exampleInstallations(): ExampleInstallation[] {
  const file = resolve(import.meta.dirname, '../../examples/installations.yaml')
  return parse(readFileSync(file, 'utf8')) as ExampleInstallation[]
}

/** A copy of `config` with another value at a dotted path of plain keys. */
export function withChange(config: JsonObject, path: string, value: Answer['value']): JsonObject {
  const [key = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...config, [key]: value }
  return { ...config, [key]: withChange(config[key] as JsonObject, rest.join('.'), value) }
}
