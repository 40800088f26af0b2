import type { PackageWarning, PackageWarningCode } from '#lib/domain/package-warning.ts'

type Params = PackageWarning['params']

/** What each warning says in English; pages have words of their own for its code. */
const TEXTS = {
  'not-held': ({ artifact = '' }) => `${artifact} is listed but not in the package`,
  'not-listed': ({ artifacts = '' }) => `In the package, but not listed in res/artifacts.txt: ${artifacts}`,
  'held-twice': ({ blobs = '' }) => `Held more than once: ${blobs}`,
  'without-use': ({ blobs = '' }) => `Held, but part of no artifact: ${blobs}`,
  'no-main-chart': ({ artifact = '' }) =>
    `The package does not hold its main chart ${artifact}; the plugin is published without its configuration file`,
  'no-plugin-config': ({ artifact = '', path = '' }) => `The main chart ${artifact} has no ${path}`,
  'unknown-field': ({ field = '', path = '' }) => `${path} says '${field}', which is not known and left out`,
  'no-logo': () => 'The plugin has no logo',
  'logo-elsewhere': () => 'The logo is not a data:image/… URI and is not shown',
  'logo-loads': () => 'The logo refers to files elsewhere, which are not loaded',
  'not-applied': ({ object = '' }) => `${object} is not a plugin object and is not applied`,
  scripts: ({ paths = '' }) => `The package carries scripts, which are never run: ${paths}`,
  'not-pushed': ({ artifacts = '' }) =>
    `No registry is configured: ${artifacts} ${artifacts === '1' ? 'artifact was' : 'artifacts were'} not pushed`,
} satisfies Record<PackageWarningCode, (params: Params) => string>

export function packageWarning(code: PackageWarningCode, params: Params = {}): PackageWarning {
  return { code, params }
}

/** A warning as an English sentence without its full stop. */
export function warningText({ code, params }: PackageWarning): string {
  return TEXTS[code](params)
}
