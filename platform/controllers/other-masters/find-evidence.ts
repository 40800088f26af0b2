import type { KubeClient } from '#lib/kube/kube-client.ts'
import { BadRequestError, ForbiddenError, NotFoundError } from '#lib/kube/kube-error.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { LEASE } from '#lib/kinds/lease.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import type { Resource } from '#lib/kinds/object.ts'
import { SELF_SUBJECT_REVIEW } from '#lib/kinds/self-subject-review.ts'
import { deploymentTrace, leaseTrace, moduleInfoTrace, podTrace } from './traces.ts'
import type { Workload } from './traces.ts'

const DEPLOYMENT: Resource<Workload> = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  kind: 'Deployment',
  namespaced: true,
}
const POD: Resource<Workload> = {
  group: '',
  version: 'v1',
  plural: 'pods',
  kind: 'Pod',
  namespaced: true,
}
const PRODUCT_GROUP = 'product.alauda.io'

export interface EvidenceOptions {
  /** Of the management cluster. */
  readonly client: KubeClient
  /** Whether all ModuleInfos are read too. */
  readonly withInstallations: boolean
  /** Told what may not be looked at. */
  readonly onBlind: (message: string) => void
}

/** The API server's own time. Whose clock is right is never asked: what is compared with it was written with it. */
async function serverTime(client: KubeClient): Promise<Date> {
  try {
    const apiVersion = apiVersionOf(SELF_SUBJECT_REVIEW)
    const object = { apiVersion, kind: SELF_SUBJECT_REVIEW.kind, metadata: {} }
    const review = await client.create(SELF_SUBJECT_REVIEW, object)
    const time = Date.parse(review.metadata.creationTimestamp ?? '')
    if (!Number.isNaN(time)) return new Date(time)
  } catch (error) {
    // Servers before Kubernetes 1.28 don't have it.
    const isUnknown = error instanceof NotFoundError || error instanceof BadRequestError
    if (!isUnknown && !(error instanceof ForbiddenError)) throw error
  }
  return new Date()
}

/** The platform's ProductBase `base`, in whatever version it is served. */
async function productBase(client: KubeClient): Promise<string[]> {
  const group = (await client.getPath(`/apis/${PRODUCT_GROUP}`)) as {
    preferredVersion?: { version?: string }
  }
  const version = group.preferredVersion?.version ?? ''
  if (version === '') return []
  const resource: Resource = {
    group: PRODUCT_GROUP,
    version,
    plural: 'productbases',
    kind: 'ProductBase',
    namespaced: false,
  }
  const { metadata } = await client.get(resource, 'base')
  return [`ProductBase ${metadata.name} (${PRODUCT_GROUP}) says that the platform is installed here`]
}

/**
 * What says that the platform's own controllers run on a management cluster, a line for each trace; empty when nothing does.
 * What we may not look at is told and is no evidence.
 * @throws the client's errors when the cluster can't be asked
 */
export async function findEvidence({
  client,
  withInstallations,
  onBlind,
}: EvidenceOptions): Promise<string[]> {
  const now = await serverTime(client)
  const inPlatform = { namespace: PLATFORM_NAMESPACE }
  const looks: (() => Promise<(string | undefined)[]>)[] = [
    () => productBase(client),
    async () => (await client.listAll(DEPLOYMENT, inPlatform)).items.map(deploymentTrace),
    async () => (await client.listAll(POD, inPlatform)).items.map(podTrace),
    async () => (await client.listAll(LEASE, inPlatform)).items.map((lease) => leaseTrace(lease, now)),
  ]
  if (withInstallations)
    looks.push(async () =>
      (await client.listAll(MODULE_INFO)).items.map((info) => moduleInfoTrace(info, now)),
    )
  const found = await Promise.all(
    looks.map(async (look) => {
      try {
        return await look()
      } catch (error) {
        if (error instanceof ForbiddenError) onBlind(error.message)
        else if (!(error instanceof NotFoundError)) throw error
        return []
      }
    }),
  )
  return found.flat().filter((line) => line !== undefined)
}
