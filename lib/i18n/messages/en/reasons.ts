import type { ReasonCode } from '#lib/domain/reason.ts'
import type { ReasonParams } from '../../reason-params.ts'

const after = (text: string, before = ': ') => (text === '' ? '' : `${before}${text}`)

/** `key` alone, or with the value it should have. */
const label = ({ key, expected }: ReasonParams) =>
  expected === '' || expected === 'true' ? key : `${key} (${expected})`

const on = ({ cluster }: ReasonParams) => (cluster === '' ? 'this cluster' : `cluster ${cluster}`)

/** One sentence for each reason. A stranger's own message is quoted as it came. */
export const reasons = {
  'cluster-label-missing': (p) => `The label ${label(p)} is missing on ${on(p)}.`,
  'cluster-label-mismatch': (p) =>
    `The label ${p.key} of ${on(p)} is “${p.actual}”, needed is ${p.operator} ${p.expected}.`.replace(
      '  ',
      ' ',
    ),
  'cluster-label-forbidden': (p) =>
    `Not for clusters with the label ${p.key}${after(p.actual || p.expected, '=')}, which ${on(p)} has.`,
  'selector-invalid': (p) => `The plugin’s cluster rule can’t be read${after(p.message || p.key)}.`,
  'plugin-conflict': (p) => `It can’t run beside ${p.plugin}, which is installed on ${on(p)}.`,
  'platform-version-mismatch': (p) =>
    `It is for platform version ${p.expected}; this one is ${p.actual || 'unknown'}.`,
  'dependency-missing': (p) =>
    `It needs ${p.plugin}${after(p.ranges, ' ')} on the same cluster, which is not installed.`,
  'dependency-version': (p) => `It needs ${p.plugin} ${p.ranges}; installed is ${p.installed}.`,
  'dependency-not-running': (p) => `It needs ${p.plugin}, which is installed but not running.`,
  'cross-cluster-dependency-missing': (p) =>
    `It needs one of these on some cluster: ${p.plugins || p.plugin}.`,
  'version-unknown': (p) => `Version ${p.version} has not been published.`,
  'version-not-ready': (p) => `Version ${p.version} is not ready to deploy yet.`,
  'no-version-published': () => 'No package of this plugin has been uploaded.',
  'no-version-fits': () => 'No published version fits this cluster.',
  'plugin-unknown': (p) => `There is no plugin ${p.plugin}.`,
  'cluster-unknown': (p) => `There is no cluster ${p.cluster}.`,
  'cluster-unreachable': (p) => `The cluster ${p.cluster} can’t be reached${after(p.message)}.`,
  'cluster-not-running': (p) => `The cluster ${p.cluster} is not running${after(p.phase)}.`,
  'cluster-name-unfit': (p) =>
    `“${p.cluster}” can’t be the name of a cluster here: up to 63 lower-case letters, digits, “-” and “.”.`,
  'cluster-name-taken': (p) => `Its name “global” is the management cluster’s${after(p.message)}.`,
  'cluster-name-ambiguous': (p) =>
    `Several clusters have the name ${p.cluster}, so none is picked${after(p.message)}. Rename one, or set CLUSTER_NAME_PREFIX=namespace.`,
  'cluster-gateway-unknown': () =>
    'The platform’s gateway is not known inside a pod: set GATEWAY_URL to the platform’s address.',
  'cluster-kubeconfig-missing': (p) =>
    `The Secret ${p.name}-kubeconfig, with the way to it, is not there yet${after(p.message)}.`,
  'cluster-kubeconfig-forbidden': (p) => `The Secret with its kubeconfig may not be read${after(p.message)}.`,
  'cluster-kubeconfig-broken': (p) => `Its kubeconfig can’t be used${after(p.message)}.`,
  'cluster-kubeconfig-refused': (p) =>
    `Its kubeconfig asks for “${p.message}”, which would run or read something on the console’s machine. It is refused.`,
  'already-installed': (p) => `It is installed on ${on(p)} already.`,
  'not-installed': (p) => `It is not installed on ${on(p)}.`,
  'module-type-label-missing': () => 'The label cpaas.io/module-type: plugin is missing on the object.',
  'release-failed': (p) => `Release ${p.release} failed${after(p.message || p.reason)}`,
  'release-not-ready': (p) => `Release ${p.release} is not ready${after(p.message || p.reason)}`,
  'release-not-synced': (p) => `Release ${p.release} is not synced yet${after(p.message || p.reason)}`,
  condition: (p) => `${p.type || 'Condition'}${after(p.reason)}${after(p.message)}`,
  'phase-failed': (p) => `The platform reports the phase ${p.phase || 'Failed'}${after(p.message)}.`,
  'phase-unknown': (p) => `The platform reports the phase “${p.phase}”, which this console does not know.`,
  'phase-pending': () => 'The platform has accepted it and not begun yet.',
  'configuration-pending': () => 'New parameters are waiting to be carried out.',
  'waiting-for-controller': () => 'Waiting for the platform’s controller to take it up.',
  'upgrade-path': (p) =>
    `Version ${p.version} upgrades from ${p.range}; installed is ${p.installed}. Take a version in between first.`,
  'range-invalid': (p) => `The version range “${p.range || p.ranges}” can’t be read.`,
  'upgrade-core': () => 'Core plugins are upgraded together with the cluster: upgrade the cluster instead.',
  'upgrade-first': (p) => `Upgrade ${p.plugin || p.plugins} first.`,
  'up-to-date': (p) => `The newest version${after(p.version, ' ')} is installed.`,
  'upgrade-blocked': (p) => `The platform blocks the upgrade${after(p.message)}`,
  downgrade: (p) => `Version ${p.version} is older than the installed ${p.installed || 'one'}.`,
  'remove-prevented': (p) => `The platform prevents the removal${after(p.message)}`,
  'not-deletable': (p) => (p.message === '' ? 'This plugin can’t be removed.' : p.message),
  'needed-by': (p) => `${p.plugin || p.plugins} needs it on ${on(p)}.`,
  'resource-blocks-remove': (p) =>
    `${p.kind || 'A resource'}${after(p.namespace ? `${p.namespace}/${p.name}` : p.name, ' ')} still exists on ${on(p)}${after(p.message)}.`,
  'plugin-not-on-cluster': (p) => `${p.plugin} is not installed on ${on(p)}.`,
  'kind-unknown': (p) => `${on(p).replace(/^./, (first) => first.toUpperCase())} knows no kind ${p.kind}.`,
  'resources-forbidden': (p) =>
    `You may not list objects of the kind ${p.kind} on ${on(p)}${after(p.message)}`,
  'no-parameters': () => 'This plugin has no parameters.',
  'transition-running': () => 'Work is under way; wait until it is done.',
  deleting: () => 'It is being uninstalled.',
  'version-in-use': (p) => `It is installed on ${p.cluster}.`,
  'malformed-object': (p) =>
    `${p.kind || 'An object'}${after(p.name, ' ')} can’t be read fully${after(p.message)}`,
} satisfies Record<ReasonCode, (p: ReasonParams) => string>
