import { KubeError } from '../kube-error.ts'

/** The typed error that a call fails with; throws when it doesn't, or with anything else. */
export async function failure(promise: Promise<unknown>): Promise<KubeError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof KubeError) return error
  throw new Error(`expected a KubeError, got ${String(error)}`)
}
