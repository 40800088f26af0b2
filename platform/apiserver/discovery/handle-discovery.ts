import type { JsonObject } from '#lib/kinds/object.ts'
import type { Cluster } from '../cluster.ts'
import { contentTypeOf, negotiate } from '../http/negotiate.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { groupVersion } from '../kinds/resource-info.ts'
import { aggregatedDiscovery } from './aggregated-discovery.ts'
import { SERVER_VERSION } from './server-version.ts'

export interface Document {
  readonly contentType: string
  readonly body: JsonObject
}

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

/** Answers `/version`, `/api`, `/apis` and what stands between them and the resources; undefined for other paths. */
export function handleDiscovery(
  cluster: Cluster,
  segments: readonly string[],
  accept: string | undefined,
  host: string,
): Document | undefined {
  const form = negotiate(accept)
  const plain = (body: JsonObject | undefined) =>
    body === undefined ? undefined : { contentType: contentTypeOf({ ...form, syntax: 'json' }), body }
  const kinds = cluster.registry.all()
  const [root, group, version] = segments
  if (root === undefined) return plain(rootPaths(kinds))
  if (root === 'version' && segments.length === 1) return plain(SERVER_VERSION)
  const isAggregated = form.as === 'APIGroupDiscoveryList' && segments.length === 1
  if (isAggregated && (root === 'api' || root === 'apis')) {
    const part = kinds.filter((info) => (info.group === '') === (root === 'api'))
    return { contentType: AGGREGATED, body: aggregatedDiscovery(part) }
  }
  if (root === 'api') {
    if (group === undefined) return plain(coreVersions(host))
    return plain(segments.length === 2 ? resourceList(kinds, '', group) : undefined)
  }
  if (root !== 'apis') return undefined
  if (group === undefined) return plain(groupList(kinds))
  if (version === undefined) return plain(groupsOf(kinds).find(({ name }) => name === group))
  return plain(segments.length === 3 ? resourceList(kinds, group, version) : undefined)
}

function rootPaths(kinds: readonly ResourceInfo[]): JsonObject {
  const groups = groupsOf(kinds).flatMap(({ name, versions }) => [
    `/apis/${name}`,
    ...versions.map(({ groupVersion }) => `/apis/${groupVersion}`),
  ])
  return {
    paths: [
      '/api',
      '/api/v1',
      '/apis',
      ...groups,
      '/healthz',
      '/livez',
      '/openapi/v3',
      '/readyz',
      '/version',
    ],
  }
}

function coreVersions(host: string): JsonObject {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: host }],
  }
}

type Group = {
  kind: string
  apiVersion: string
  name: string
  versions: { groupVersion: string; version: string }[]
  preferredVersion: { groupVersion: string; version: string }
}

function groupsOf(kinds: readonly ResourceInfo[]): Group[] {
  const names = new Set(kinds.map(({ group }) => group).filter((group) => group !== ''))
  return [...names].flatMap((name) => {
    const found = kinds.filter(({ group }) => group === name).map(({ version }) => version)
    const versions = [...new Set(found)].map((version) => ({ groupVersion: `${name}/${version}`, version }))
    const [preferredVersion] = versions
    if (preferredVersion === undefined) return []
    return [{ kind: 'APIGroup', apiVersion: 'v1', name, versions, preferredVersion }]
  })
}

function groupList(kinds: readonly ResourceInfo[]): JsonObject {
  const groups = groupsOf(kinds).map(({ name, versions, preferredVersion }) => ({
    name,
    versions,
    preferredVersion,
  }))
  return { kind: 'APIGroupList', apiVersion: 'v1', groups }
}

function resourceList(
  kinds: readonly ResourceInfo[],
  group: string,
  version: string,
): JsonObject | undefined {
  const found = kinds.filter((info) => info.group === group && info.version === version)
  if (found.length === 0) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: groupVersion({ group, version }),
    resources: found.flatMap((info) => [resourceEntry(info), ...(info.hasStatus ? [statusEntry(info)] : [])]),
  }
}

function resourceEntry(info: ResourceInfo): JsonObject {
  return {
    name: info.plural,
    singularName: info.singular,
    namespaced: info.namespaced,
    kind: info.kind,
    verbs: [...info.verbs],
    ...(info.shortNames.length > 0 ? { shortNames: [...info.shortNames] } : {}),
    ...(info.categories.length > 0 ? { categories: [...info.categories] } : {}),
  }
}

function statusEntry(info: ResourceInfo): JsonObject {
  return {
    name: `${info.plural}/status`,
    singularName: '',
    namespaced: info.namespaced,
    kind: info.kind,
    verbs: ['get', 'patch', 'update'],
  }
}
