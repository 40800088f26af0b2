import { createHash } from 'node:crypto'
import { CAPI_CLUSTER_LABEL, capiKubeconfigSecret } from '#lib/kinds/capi-cluster.ts'
import type { Secret } from '#lib/kinds/core.ts'
import { SECRET } from '#lib/kinds/core.ts'
import { sleep } from './clock.ts'
import type { ClusterProblem, ClusterRoute, Timing } from './cluster-source.ts'
import type { KubeClient } from './kube-client.ts'
import { ForbiddenError, KubeError, NotFoundError } from './kube-error.ts'
import { createListeners } from './listeners.ts'
import { KubeconfigError } from './load-config.ts'
import { readStrangerKubeconfig, RefusedKubeconfigError } from './stranger-kubeconfig.ts'
import { createObjectCache } from './watch-cache.ts'

/** What a cluster's Secret came to: a way to it, or why there is none. */
export type SecretRoute = { route: ClusterRoute; problem: null } | { route: null; problem: ClusterProblem }

export interface CapiSecrets {
  routeTo(namespace: string, cluster: string): SecretRoute
  /** Which clusters there are now; who has no Secret with a label gets its Secret read by name. */
  follow(clusters: readonly { namespace: string; name: string }[]): void
  onChange(listener: () => void): () => void
  /** Resolves once the Secrets of the clusters that were told were looked for. */
  ready(): Promise<void>
  stop(): void
}

const POLL_MS = 15_000
const MISSING: SecretRoute = { route: null, problem: { code: 'kubeconfig-missing', message: '' } }

/**
 * The kubeconfigs that Cluster API keeps in Secrets. Those with the label of Cluster API are watched; others, and all
 * of them where Secrets may not be listed, are read by name every fifteen seconds.
 */
export function watchCapiSecrets(client: KubeClient, timing: Timing): CapiSecrets {
  const labelled = createObjectCache(client, SECRET, {
    ...timing,
    labelSelector: CAPI_CLUSTER_LABEL,
    transform: onlyKubeconfig,
  })
  const listeners = createListeners<undefined>()
  const stopping = new AbortController()
  const settled = Promise.withResolvers<undefined>()
  const routes = new Map<string, { hash: string; result: SecretRoute }>()
  const fetched = new Map<string, SecretRoute>()
  let wanted: readonly { namespace: string; name: string }[] | undefined
  let asleep = new AbortController()

  /** The same route for the same content: its client stays. */
  function readSecret(key: string, secret: Secret): SecretRoute {
    const value = secret.data?.['value']
    if (typeof value !== 'string' || value === '') return MISSING
    const hash = createHash('sha256').update(value).digest('base64')
    const known = routes.get(key)
    if (known?.hash === hash) return known.result
    const result = routeFrom(Buffer.from(value, 'base64').toString())
    routes.set(key, { hash, result })
    return result
  }

  function labelledRoute(namespace: string, name: string): SecretRoute | undefined {
    // What was listed while that was allowed is no longer kept up to date: read by name instead.
    if (labelled.freshness.state === 'forbidden') return undefined
    const secret = labelled.get(capiKubeconfigSecret(name), namespace)
    return secret === undefined ? undefined : readSecret(`${namespace}/${name}`, secret)
  }

  async function fetch(namespace: string, name: string): Promise<SecretRoute> {
    const { signal } = stopping
    try {
      const secret = await client.get(SECRET, capiKubeconfigSecret(name), { namespace, signal })
      return readSecret(`${namespace}/${name}`, secret)
    } catch (error) {
      if (error instanceof NotFoundError) return MISSING
      const known = fetched.get(`${namespace}/${name}`)
      if (!(error instanceof KubeError)) return known ?? MISSING
      const code = error instanceof ForbiddenError ? 'kubeconfig-forbidden' : 'kubeconfig-missing'
      // What was read stays good while the API server is silent.
      if (known?.route && code === 'kubeconfig-missing') return known
      return { route: null, problem: { code, message: error.message } }
    }
  }

  async function poll(): Promise<void> {
    for (const { namespace, name } of wanted ?? []) {
      const key = `${namespace}/${name}`
      if (stopping.signal.aborted) return
      if (labelledRoute(namespace, name) !== undefined) {
        fetched.delete(key)
        continue
      }
      const before = fetched.get(key)
      const now = await fetch(namespace, name)
      fetched.set(key, now)
      if (before?.route !== now.route || before?.problem?.code !== now.problem?.code)
        listeners.tell(undefined)
    }
    if (wanted !== undefined) settled.resolve(undefined)
  }

  async function run(): Promise<void> {
    await labelled.ready(stopping.signal)
    while (!stopping.signal.aborted) {
      asleep = new AbortController()
      const { signal } = asleep
      await poll()
      if (!stopping.signal.aborted) await sleep(timing.clock, POLL_MS * (0.8 + 0.4 * timing.random()), signal)
    }
  }

  labelled.onChange(() => listeners.tell(undefined))
  run().catch(() => undefined)

  return {
    routeTo: (namespace, name) =>
      labelledRoute(namespace, name) ?? fetched.get(`${namespace}/${name}`) ?? MISSING,
    follow(clusters) {
      const keys = new Set(clusters.map(({ namespace, name }) => `${namespace}/${name}`))
      const isNew = wanted === undefined || clusters.length !== wanted.length || [...keys].some(isUnknown)
      wanted = clusters
      for (const known of [fetched, routes])
        for (const key of known.keys()) if (!keys.has(key)) known.delete(key)
      if (isNew) asleep.abort()
    },
    onChange: (listener) => listeners.add(() => listener()),
    ready: () => settled.promise,
    stop() {
      stopping.abort()
      asleep.abort()
      labelled.stop()
    },
  }

  function isUnknown(key: string): boolean {
    return !(wanted ?? []).some(({ namespace, name }) => `${namespace}/${name}` === key)
  }
}

function routeFrom(text: string): SecretRoute {
  try {
    return { route: { config: readStrangerKubeconfig(text) }, problem: null }
  } catch (error) {
    if (error instanceof RefusedKubeconfigError)
      return { route: null, problem: { code: 'kubeconfig-refused', message: error.message } }
    // Whatever a stranger's text does to us stays that cluster's problem.
    const message = error instanceof KubeconfigError ? error.message : 'is not a kubeconfig'
    return { route: null, problem: { code: 'kubeconfig-broken', message } }
  }
}

/** Secrets of other uses carry the label too: their content is not kept. */
function onlyKubeconfig(secret: Secret): Secret {
  const { name, namespace, uid, resourceVersion } = secret.metadata
  const metadata = { name, namespace, uid, resourceVersion }
  const value = name.endsWith('-kubeconfig') ? secret.data?.['value'] : undefined
  return { apiVersion: 'v1', kind: 'Secret', metadata, ...(value === undefined ? {} : { data: { value } }) }
}
