export const PACKAGE_WARNING_CODES = [
  'not-held',
  'not-listed',
  'held-twice',
  'without-use',
  'no-main-chart',
  'no-plugin-config',
  'unknown-field',
  'no-logo',
  'logo-elsewhere',
  'logo-loads',
  'not-applied',
  'scripts',
  'not-pushed',
] as const

export type PackageWarningCode = (typeof PACKAGE_WARNING_CODES)[number]

/** What is odd about a package and stops nobody. */
export interface PackageWarning {
  code: PackageWarningCode
  /** What it is about, by name; strangers' words. */
  params: Readonly<Record<string, string>>
}
