import type { Reason, ReasonCode } from '#lib/domain/reason.ts'

type Params = Readonly<Record<string, string>>
type Sentence = (params: Params) => string

/** `text` with the value that a parameter has, or nothing where there is none. */
function when(value: string | undefined, text: (value: string) => string): string {
  return value === undefined || value === '' ? '' : text(value)
}

const ranges = (p: Params): string => when(p['ranges'], (text) => ` in a version matching ${text}`)

const SENTENCES: Partial<Record<ReasonCode, Sentence>> = {
  'cluster-label-missing': (p) =>
    `cluster ${p['cluster']} lacks the label ${p['key']}${when(p['expected'], (text) => ` (wanted: ${text})`)}`,
  'cluster-label-mismatch': (p) =>
    `label ${p['key']} of cluster ${p['cluster']} is "${p['actual']}", wanted: ${p['operator']} ${p['expected']}`,
  'cluster-label-forbidden': (p) =>
    `label ${p['key']} of cluster ${p['cluster']} forbids this plugin there (${p['operator']} ${p['expected']})`,
  'selector-invalid': (p) =>
    `the plugin's affinity on label ${p['key']} (${p['operator']}) can't be read, so it fits cluster ${p['cluster']} no more than any other`,
  'plugin-conflict': (p) => `plugin ${p['plugin']} is on the cluster and must not be beside this one`,
  'platform-version-mismatch': (p) =>
    `the platform on cluster ${p['cluster']} is ${p['actual']}, wanted: ${p['expected']}`,
  'dependency-missing': (p) => `plugin ${p['plugin']} must be installed on the cluster first${ranges(p)}`,
  'dependency-version': (p) => `plugin ${p['plugin']} is installed in ${p['installed']}, needed${ranges(p)}`,
  'dependency-not-running': (p) => `plugin ${p['plugin']} must be running first${ranges(p)}`,
  'cross-cluster-dependency-missing': (p) => `one of these must be installed first: ${p['plugins']}`,
  'version-unknown': (p) => `version ${p['version']} is not published`,
  'version-not-ready': (p) => `version ${p['version']} is not ready for deploy yet`,
  'plugin-unknown': (p) =>
    p['plugin'] ? `there is no plugin ${p['plugin']}` : 'the label cpaas.io/module-name is missing',
  'cluster-unknown': (p) =>
    p['cluster'] ? `there is no cluster ${p['cluster']}` : 'the label cpaas.io/cluster-name is missing',
  'cluster-unreachable': (p) => `cluster ${p['cluster']} can't be reached`,
  'cluster-not-running': (p) => `cluster ${p['cluster']} is not running`,
  'already-installed': (p) =>
    `the plugin is already on cluster ${p['cluster']}; change or remove the installation ${p['name']} instead`,
  'module-type-label-missing': () => 'the label cpaas.io/module-type: plugin is missing',
  'upgrade-path': (p) => `${p['version']} upgrades from ${p['range']}, but ${p['installed']} is installed`,
  'range-invalid': (p) => `the version range "${p['range']}" can't be read`,
  'upgrade-core': () => 'a core plugin is upgraded with the platform, never alone',
  'upgrade-first': (p) => `plugin ${p['plugin']} must be upgraded first${ranges(p)}`,
  downgrade: (p) => `${p['version']} is older than what is installed (${p['installed']})`,
  'needed-by': (p) => `plugin ${p['plugin']} on cluster ${p['cluster']} needs it${ranges(p)}`,
  'resource-blocks-remove': (p) => p['message'] ?? 'a resource forbids removal',
}

/** A reason code as conditions write it: `ClusterLabelMissing`. */
export function conditionReason(reason: Reason): string {
  return reason.code
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
}

/** What a reason says, in English, for the message of a condition. */
export function reasonText({ code, params = {} }: Reason): string {
  return SENTENCES[code]?.(params) ?? params['message'] ?? code.replaceAll('-', ' ')
}

/** Several reasons in one message. */
export function reasonTexts(reasons: readonly Reason[]): string {
  return reasons.map(reasonText).join('; ')
}
