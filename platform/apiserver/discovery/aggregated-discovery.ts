import type { JsonObject } from '#lib/kinds/object.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'

/** Groups, versions and resources in one document (`apidiscovery.k8s.io/v2`). */
export function aggregatedDiscovery(kinds: readonly ResourceInfo[]): JsonObject {
  const groups = [...new Set(kinds.map(({ group }) => group))]
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map((group) => {
      const inGroup = kinds.filter((info) => info.group === group)
      const versions = [...new Set(inGroup.map(({ version }) => version))]
      return {
        metadata: { ...(group === '' ? {} : { name: group }), creationTimestamp: null },
        versions: versions.map((version) => ({
          version,
          freshness: 'Current',
          resources: inGroup.filter((info) => info.version === version).map(resourceOf),
        })),
      }
    }),
  }
}

function resourceOf(info: ResourceInfo): JsonObject {
  const responseKind = { group: info.group, version: info.version, kind: info.kind }
  return {
    resource: info.plural,
    responseKind,
    scope: info.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: info.singular,
    verbs: [...info.verbs],
    ...(info.shortNames.length > 0 ? { shortNames: [...info.shortNames] } : {}),
    ...(info.categories.length > 0 ? { categories: [...info.categories] } : {}),
    ...(info.hasStatus
      ? { subresources: [{ subresource: 'status', responseKind, verbs: ['get', 'patch', 'update'] }] }
      : {}),
  }
}
