import type { Affinity, LabelRequirement, LabelSelector } from '#lib/kinds/plugin-spec.ts'
import type { Reason, ReasonCode } from './reason.ts'

/** What affinity looks at: a cluster's name and the labels of its object. */
export interface LabelledCluster {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

type Verdict = { holds: true } | { holds: false; code: ReasonCode }

const HOLDS: Verdict = { holds: true }
const INVALID: Verdict = { holds: false, code: 'selector-invalid' }
const INTEGER = /^[+-]?\d{1,18}$/

function labelOf(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}

function compareIntegers(operator: 'Gt' | 'Lt', actual: string, values: readonly string[]): Verdict {
  const wanted = values[0]
  if (wanted === undefined || values.length !== 1 || !INTEGER.test(wanted)) return INVALID
  if (!INTEGER.test(actual)) return { holds: false, code: 'cluster-label-mismatch' }
  const holds = operator === 'Gt' ? BigInt(actual) > BigInt(wanted) : BigInt(actual) < BigInt(wanted)
  return holds ? HOLDS : { holds: false, code: 'cluster-label-mismatch' }
}

/** One requirement by the rules of Kubernetes label selectors; a missing label satisfies NotIn and DoesNotExist. */
function judge(requirement: LabelRequirement, labels: Readonly<Record<string, string>>): Verdict {
  const { key, operator, values = [] } = requirement
  const actual = labelOf(labels, key)
  switch (operator) {
    case 'In':
      if (values.length === 0) return INVALID
      if (actual === undefined) return { holds: false, code: 'cluster-label-missing' }
      return values.includes(actual) ? HOLDS : { holds: false, code: 'cluster-label-mismatch' }
    case 'NotIn':
      if (values.length === 0) return INVALID
      return actual === undefined || !values.includes(actual)
        ? HOLDS
        : { holds: false, code: 'cluster-label-forbidden' }
    case 'Exists':
      if (values.length > 0) return INVALID
      return actual === undefined ? { holds: false, code: 'cluster-label-missing' } : HOLDS
    case 'DoesNotExist':
      if (values.length > 0) return INVALID
      return actual === undefined ? HOLDS : { holds: false, code: 'cluster-label-forbidden' }
    case 'Gt':
    case 'Lt':
      if (values.length !== 1 || !INTEGER.test(values[0] ?? '')) return INVALID
      if (actual === undefined) return { holds: false, code: 'cluster-label-missing' }
      return compareIntegers(operator, actual, values)
    default:
      return INVALID
  }
}

function requirementsOf(selector: LabelSelector | undefined): LabelRequirement[] {
  if (selector === undefined) return []
  const labels = Object.entries(selector.matchLabels ?? {})
  return [
    ...labels.map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...(selector.matchExpressions ?? []),
  ]
}

/** Operators as sentences carry them; plain equality needs no word. */
const SIGNS: Readonly<Record<string, string>> = { In: '', Gt: '>', Lt: '<' }

function reasonFor(code: ReasonCode, cluster: LabelledCluster, requirement: LabelRequirement): Reason {
  const { key, operator, values = [] } = requirement
  return {
    code,
    params: {
      cluster: cluster.name,
      key,
      operator: SIGNS[operator] ?? operator,
      expected: values.join(', '),
      actual: labelOf(cluster.labels, key) ?? '',
    },
  }
}

/** One reason for a full match of several requirements, its key naming the cluster's labels (`a=1, b=2`). */
function matchReason(cluster: LabelledCluster, requirements: readonly LabelRequirement[]): Reason {
  const [first] = requirements
  if (requirements.length === 1 && first !== undefined)
    return reasonFor('cluster-label-forbidden', cluster, first)
  const labels = requirements.map(({ key, operator }) => {
    const actual = labelOf(cluster.labels, key)
    return actual === undefined ? `${key} ${operator}` : `${key}=${actual}`
  })
  return {
    code: 'cluster-label-forbidden',
    params: { cluster: cluster.name, key: labels.join(', '), operator: '', expected: '', actual: '' },
  }
}

function clusterAffinityReasons(selector: LabelSelector | undefined, cluster: LabelledCluster): Reason[] {
  return requirementsOf(selector).flatMap((requirement) => {
    const verdict = judge(requirement, cluster.labels)
    return verdict.holds ? [] : [reasonFor(verdict.code, cluster, requirement)]
  })
}

function clusterAntiAffinityReasons(selector: LabelSelector | undefined, cluster: LabelledCluster): Reason[] {
  const requirements = requirementsOf(selector)
  if (requirements.length === 0) return []
  const verdicts = requirements.map((requirement) => judge(requirement, cluster.labels))
  const invalid = requirements.filter((_, index) => verdicts[index] === INVALID)
  if (invalid.length > 0)
    return invalid.map((requirement) => reasonFor('selector-invalid', cluster, requirement))
  return verdicts.every(({ holds }) => holds) ? [matchReason(cluster, requirements)] : []
}

/**
 * Why a plugin's affinity keeps it off a cluster; empty when it fits. All requirements of the affinity must hold; a
 * full match of the anti-affinity forbids; an empty selector is no rule; one that can't be read fits nothing.
 * `installed` names the plugins on that cluster; the plugin's own name is ignored, once per cluster holds anyway.
 */
export function affinityReasons(
  affinity: Affinity | undefined,
  cluster: LabelledCluster,
  installed: readonly string[],
  ownName: string,
): Reason[] {
  if (affinity === undefined) return []
  const conflicts = new Set(affinity.pluginAntiAffinity ?? [])
  conflicts.delete(ownName)
  return [
    ...clusterAffinityReasons(affinity.clusterAffinity, cluster),
    ...clusterAntiAffinityReasons(affinity.clusterAntiAffinity, cluster),
    ...installed
      .filter((plugin) => conflicts.has(plugin))
      .map((plugin): Reason => ({ code: 'plugin-conflict', params: { plugin, cluster: cluster.name } })),
  ]
}
