import type { ResourceFactCode } from '#lib/contract/resource.ts'
import type { MessageTree } from '../tree.ts'

type Fact = { value: string; name: string }

/** Live resources in forms. */
export const picker = {
  loading: 'Looking them up…',
  refresh: ({ label }: { label: string }) => `Look up ${label} again`,
  choose: 'Search or choose',
  /** Objects of a kind, or clusters. */
  none: ({ kind, cluster, selector }: { kind: string; cluster: string; selector: string }) =>
    `Cluster ${cluster} has no ${kind}${selector === '' ? '' : ` with the labels ${selector}`}.`,
  cut: ({ count }: { count: string }) => `The first ${count}; type to find others.`,
  missing: ({ value, cluster }: { value: string; cluster: string }) =>
    `${value} was not found in cluster ${cluster}.`,
  clusterUnknown: ({ value }: { value: string }) => `There is no cluster ${value}.`,
  typeInstead: 'Type the name instead.',
  typeSeveral: 'Type the names instead.',
  noCluster: 'Choose the cluster first: what there is to pick from is looked up there.',
  /** A plugin's label selector or namespace that is none. */
  badRule: ({ text }: { text: string }) => `The plugin’s rule “${text}” can’t be read.`,
  nowhere: ({ plugin }: { plugin: string }) => `${plugin} is not installed on any cluster yet.`,
  installFirst: ({ plugin }: { plugin: string }) => `Install ${plugin} first`,
  namespaces: ({ names }: { names: string }) => `namespace ${names}`,
  /** One fact about an object; `value` is a stranger's. */
  facts: {
    address: ({ value }: Fact) => value,
    role: ({ value }: Fact) => value,
    ready: () => 'Ready',
    'not-ready': () => 'Not ready',
    unschedulable: () => 'closed to new Pods',
    default: () => 'default',
    provisioner: ({ value }: Fact) => value,
    type: ({ value }: Fact) => value,
    phase: ({ value }: Fact) => value,
    capacity: ({ value }: Fact) => value,
    class: ({ value }: Fact) => `class ${value}`,
    keys: ({ value }: Fact) => (value === '1' ? '1 key' : `${value} keys`),
    column: ({ name, value }: Fact) => `${name} ${value}`,
    created: ({ value }: Fact) => `since ${value}`,
    title: ({ value }: Fact) => value,
    version: ({ value }: Fact) => value,
    status: ({ value }: Fact) => value,
    silent: () => 'not running or not answering',
  } satisfies Record<ResourceFactCode, (fact: Fact) => string>,
} satisfies MessageTree
