import { SELF_SUBJECT_REVIEW } from '#lib/kinds/self-subject-review.ts'
import type { KubeClient } from './kube-client.ts'
import { BadRequestError, ForbiddenError, NotFoundError } from './kube-error.ts'

export interface Identity {
  name: string
  groups: readonly string[]
  /** False when the server couldn't be asked and the name is the kubeconfig's. */
  isVerified: boolean
}

/**
 * Who the API server takes this client for.
 * @param fallback name from the kubeconfig, for servers without SelfSubjectReview (before Kubernetes 1.28)
 * @throws UnavailableError, UnauthorizedError
 */
export async function whoAmI(client: KubeClient, fallback: string, signal?: AbortSignal): Promise<Identity> {
  try {
    const review = await client.create(
      SELF_SUBJECT_REVIEW,
      { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: {} },
      { signal },
    )
    const { username, groups } = review.status?.userInfo ?? {}
    if (typeof username === 'string' && username !== '')
      return { name: username, groups: Array.isArray(groups) ? groups : [], isVerified: true }
  } catch (error) {
    const isUnknown =
      error instanceof NotFoundError || error instanceof ForbiddenError || error instanceof BadRequestError
    if (!isUnknown) throw error
  }
  return { name: fallback, groups: [], isVerified: false }
}
