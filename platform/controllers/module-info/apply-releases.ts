import { AlreadyExistsError, ConflictError, NotFoundError } from '#lib/kube/kube-error.ts'
import { APP_RELEASE } from '#lib/kinds/app-release.ts'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import { NAMESPACE } from '#lib/kinds/core.ts'
import { LABEL, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import type { Target } from '../scene.ts'
import type { Place } from './place.ts'
import { RELEASE_HASH } from './release-plan.ts'
import type { PlannedRelease } from './release-plan.ts'

/** An AppRelease of that name belongs to something else. */
export class NameTakenError extends Error {
  override name = 'NameTakenError'
}

function belongsTo(release: AppRelease, place: Place): boolean {
  const labels = release.metadata.labels
  return labels?.[LABEL.moduleName] === place.plugin && labels[LABEL.clusterName] === place.cluster
}

/** The AppReleases that stand on a target cluster for an installation. */
export function releasesOf(target: Target, place: Place): AppRelease[] {
  return target.releases
    .list()
    .filter((release) => release.metadata.namespace === PLATFORM_NAMESPACE && belongsTo(release, place))
}

/** The same, asked of the cluster itself; none where the API isn't served. */
export async function listReleases(target: Target, place: Place): Promise<AppRelease[]> {
  try {
    const { items } = await target.client.listAll(APP_RELEASE, {
      namespace: PLATFORM_NAMESPACE,
      labelSelector: `${LABEL.moduleName}=${place.plugin},${LABEL.clusterName}=${place.cluster}`,
    })
    return items
  } catch (error) {
    if (error instanceof NotFoundError) return []
    throw error
  }
}

/** Creates it, and the platform's namespace where a cluster hasn't got that yet. */
async function createRelease(target: Target, object: PlannedRelease['object']): Promise<AppRelease> {
  const create = (): Promise<AppRelease> =>
    target.client.create(APP_RELEASE, object, { namespace: PLATFORM_NAMESPACE })
  try {
    return await create()
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
  }
  const home = { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name: PLATFORM_NAMESPACE } }
  await target.client.create(NAMESPACE, home).catch((error: unknown) => {
    if (!(error instanceof AlreadyExistsError)) throw error
  })
  return create()
}

async function applyRelease(target: Target, planned: PlannedRelease, place: Place): Promise<AppRelease> {
  const { object } = planned
  const standing = target.releases.get(object.metadata.name, PLATFORM_NAMESPACE)
  const options = { namespace: PLATFORM_NAMESPACE }
  if (standing === undefined) {
    try {
      return await createRelease(target, object)
    } catch (error) {
      if (!(error instanceof AlreadyExistsError)) throw error
      return applyOver(await target.client.get(APP_RELEASE, object.metadata.name, options))
    }
  }
  return applyOver(standing)

  async function applyOver(release: AppRelease): Promise<AppRelease> {
    if (!belongsTo(release, place))
      throw new NameTakenError(`an AppRelease ${release.metadata.name} is there that is not this plugin's`)
    const { annotations } = release.metadata
    const isSame = annotations?.[RELEASE_HASH] === object.metadata.annotations?.[RELEASE_HASH]
    if (isSame || release.metadata.deletionTimestamp !== undefined) return release
    const metadata = { ...release.metadata, annotations: { ...annotations, ...object.metadata.annotations } }
    return target.client.replace(APP_RELEASE, { ...release, metadata, spec: object.spec }, options)
  }
}

/** Asks for the removal of releases; those that are gone already are fine. */
export async function deleteReleases(target: Target, releases: readonly AppRelease[]): Promise<void> {
  for (const { metadata } of releases) {
    if (metadata.deletionTimestamp !== undefined) continue
    try {
      await target.client.delete(APP_RELEASE, metadata.name, {
        namespace: PLATFORM_NAMESPACE,
        uid: metadata.uid,
      })
    } catch (error) {
      if (!(error instanceof NotFoundError) && !(error instanceof ConflictError)) throw error
    }
  }
}

/**
 * Makes the planned releases stand on the target cluster and removes the installation's other ones.
 * @returns what stands, by name, as far as it is known
 * @throws NameTakenError, and the client's errors
 */
export async function applyReleases(
  target: Target,
  plan: readonly PlannedRelease[],
  place: Place,
): Promise<Map<string, AppRelease>> {
  const applied = new Map<string, AppRelease>()
  for (const planned of plan) applied.set(planned.source.name, await applyRelease(target, planned, place))
  await deleteReleases(
    target,
    releasesOf(target, place).filter(({ metadata }) => !applied.has(metadata.name)),
  )
  return applied
}
