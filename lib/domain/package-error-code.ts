/** What can be wrong with a package, or stand against publishing it. */
export const PACKAGE_ERROR_CODES = [
  // the file
  'not-gzip',
  'truncated',
  'corrupt',
  'too-large',
  'unpacked-too-large',
  'compression-ratio',
  'too-many-entries',
  'entry-path',
  'entry-path-too-long',
  'entry-path-too-deep',
  'entry-type',
  'duplicate-entry',
  'file-too-large',
  'manifests-too-large',
  'charts-too-large',
  'timeout',
  // YAML
  'yaml-invalid',
  'yaml-expansion',
  'yaml-tag',
  'yaml-key',
  'yaml-too-deep',
  'yaml-value',
  // what it holds
  'resources-missing',
  'plugin-missing',
  'plugin-ambiguous',
  'object-invalid',
  'version-missing',
  'version-invalid',
  'text-invalid',
  'logo-invalid',
  'artifacts-invalid',
  'too-many-artifacts',
  'artifact-incomplete',
  'artifact-ambiguous',
  'digest-mismatch',
  'chart-invalid',
  // who vouches for it
  'verification-failed',
  'not-verified',
  // pushing and publishing
  'artifact-absent',
  'tag-conflict',
  'version-conflict',
] as const

export type PackageErrorCode = (typeof PACKAGE_ERROR_CODES)[number]
