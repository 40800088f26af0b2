import type { Resource } from '#lib/kinds/object.ts'
import type { KubeClient } from './kube-client.ts'
import { NotFoundError, UnavailableError } from './kube-error.ts'
import { isRecord } from './parse-object.ts'

const API_VERSION = /^(?:([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)\/)?(v[a-z0-9]{1,40})$/
/** More groups than any cluster has; a made-up list of them must not keep us busy. */
const MAX_GROUPS = 300
const MAX_VERSIONS = 10
const AT_ONCE = 8

const CORE = { group: '', version: 'v1' }

/** A kind as somebody names it. */
export interface KindName {
  /** Empty for the core group; where that has no such kind, any group that has it. */
  group: string
  /** Empty, or one that isn't served: whichever the cluster prefers. */
  version: string
  kind: string
}

interface GroupVersion {
  group: string
  version: string
}

/** `v1`, `apps/v1`; undefined for anything else. */
export function parseApiVersion(text: string): GroupVersion | undefined {
  const match = API_VERSION.exec(text)
  return match?.[2] === undefined ? undefined : { group: match[1] ?? '', version: match[2] }
}

/**
 * Where a cluster serves a kind in one version, as its discovery tells; undefined where it doesn't.
 * @throws KubeError when discovery fails
 */
export async function servedResource(
  client: KubeClient,
  { group, version }: GroupVersion,
  kind: string,
  signal?: AbortSignal,
): Promise<Resource | undefined> {
  const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const list = await getOr404(client, path, signal)
  const found = entriesOf(list, 'resources').find(
    (entry) => entry['kind'] === kind && typeof entry['name'] === 'string' && !entry['name'].includes('/'),
  )
  if (found === undefined) return undefined
  return { group, version, plural: String(found['name']), kind, namespaced: found['namespaced'] === true }
}

/**
 * Where a cluster serves a kind that was named loosely; undefined where it doesn't.
 * @throws KubeError when discovery fails; the failure of a single group only when no other has the kind
 */
export async function discoverResource(
  client: KubeClient,
  { group, version, kind }: KindName,
  signal?: AbortSignal,
): Promise<Resource | undefined> {
  const named = parseApiVersion(group === '' ? version : `${group}/${version}`)
  const exact = named === undefined ? undefined : await servedResource(client, named, kind, signal)
  if (exact !== undefined) return exact
  if (group !== '') {
    if (parseApiVersion(`${group}/v1`) === undefined) return undefined
    const versions = versionsOf(await getOr404(client, `/apis/${group}`, signal))
    return firstServing(client, versions, kind, signal)
  }
  const core = version === 'v1' ? undefined : await servedResource(client, CORE, kind, signal)
  if (core !== undefined) return core
  const groups = entriesOf(await getOr404(client, '/apis', signal), 'groups').slice(0, MAX_GROUPS)
  return firstServing(
    client,
    groups.flatMap((entry) => versionsOf(entry).slice(0, 1)),
    kind,
    signal,
  )
}

async function firstServing(
  client: KubeClient,
  places: readonly GroupVersion[],
  kind: string,
  signal: AbortSignal | undefined,
): Promise<Resource | undefined> {
  let failure: UnavailableError | undefined
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const found = await Promise.all(
      places.slice(from, from + AT_ONCE).map(async (place) => {
        try {
          return await servedResource(client, place, kind, signal)
        } catch (error) {
          // An extension's own API server may be away.
          if (!(error instanceof UnavailableError)) throw error
          failure ??= error
          return undefined
        }
      }),
    )
    const first = found.find((resource) => resource !== undefined)
    if (first !== undefined) return first
  }
  if (failure !== undefined) throw failure
  return undefined
}

/** An APIGroup's versions, the preferred one first. */
function versionsOf(group: unknown): GroupVersion[] {
  if (!isRecord(group)) return []
  const preferred = isRecord(group['preferredVersion']) ? [group['preferredVersion']] : []
  const named = [...preferred, ...entriesOf(group, 'versions')].map((entry) => String(entry['groupVersion']))
  return [...new Set(named)].slice(0, MAX_VERSIONS).flatMap((text) => parseApiVersion(text) ?? [])
}

function entriesOf(list: unknown, field: string): Record<string, unknown>[] {
  const entries = isRecord(list) ? list[field] : undefined
  return Array.isArray(entries) ? entries.filter(isRecord) : []
}

async function getOr404(client: KubeClient, path: string, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await client.getPath(path, signal === undefined ? {} : { signal })
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}
