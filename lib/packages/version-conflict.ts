import { canonicalJson } from '#lib/domain/spec-hash.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import { PackageError } from './package-error.ts'

/** The error that refuses a version which stands with other content. @param differences what differs */
export function conflict(plugin: string, version: string, differences: string[]): PackageError {
  const message = `${plugin} ${version} is published already with other content (${differences.join(', ')}). Give the package a new version, or replace the published one on purpose`
  return new PackageError('version-conflict', message, { differences })
}

/** Whether an error is that of `conflict`. */
export function isVersionConflict(error: unknown): boolean {
  return error instanceof PackageError && error.code === 'version-conflict'
}

/** Fields of the spec that two ModuleConfigs differ in, such as `spec.config`; in order. */
export function specDifferences(live: ModuleConfig, wanted: ModuleConfig): string[] {
  const [a, b] = [live.spec, wanted.spec].map((spec) => new Map<string, unknown>(Object.entries(spec)))
  return [...new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])])]
    .filter((field) => canonicalJson(a?.get(field)) !== canonicalJson(b?.get(field)))
    .map((field) => `spec.${field}`)
    .toSorted()
}
