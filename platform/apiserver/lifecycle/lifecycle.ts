import type { Cluster } from '../cluster.ts'
import type { SqliteStore } from '../storage/sqlite-store.ts'
import { StoreWriteError } from '../storage/store-write-error.ts'
import type { Change } from '../storage/store-types.ts'
import { parseStored } from '../stored-body.ts'
import type { WatchHub } from '../watch/watch-hub.ts'
import { cleanUpDefinition } from './definition-cleanup.ts'
import { GarbageCollector } from './garbage-collector.ts'
import { emptyNamespace } from './namespace-cleanup.ts'
import { metadataOf, own } from '../json.ts'

export interface Lifecycle {
  /** Resolves when nothing is left to do for now. */
  settled(): Promise<void>
  stop(): Promise<void>
}

const RETRY_MS = 1000
const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io'

/**
 * What happens by itself after a write: watches hear of it, kinds appear and go with their definitions, namespaces
 * and definitions that are being deleted lose their contents, dependents follow their owners.
 */
export function startLifecycle(
  store: SqliteStore,
  hub: WatchHub,
  clusters: ReadonlyMap<string, Cluster>,
  log: (line: string) => void,
): Lifecycle {
  const collectors = new Map<string, GarbageCollector>()
  const queue: (() => void)[] = []
  let running: Promise<void> = Promise.resolve()
  let isStopped = false
  const retries = new Set<NodeJS.Timeout>()

  function later(job: () => void): void {
    queue.push(job)
    if (queue.length === 1) running = running.then(work)
  }

  async function work(): Promise<void> {
    await new Promise(setImmediate)
    const jobs = queue.splice(0)
    let failure: unknown
    for (const job of jobs) {
      if (isStopped) return
      try {
        job()
      } catch (error) {
        if (error instanceof StoreWriteError) failure = error
        else log(`background work failed: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    await store.settled().catch((error: unknown) => (failure = error))
    if (failure !== undefined) retry(jobs, failure)
  }

  /** What could not be stored is undone for all of a transaction; jobs look at what is there, so all may run again. */
  function retry(jobs: readonly (() => void)[], failure: unknown): void {
    log(`background work will be tried again: ${String(failure)}`)
    const timer = setTimeout(() => {
      retries.delete(timer)
      for (const job of jobs) later(job)
    }, RETRY_MS)
    retries.add(timer)
  }

  function onChange(change: Change): void {
    const cluster = clusters.get(change.cluster)
    if (cluster === undefined) return
    if (change.resource === DEFINITIONS)
      try {
        registerKinds(cluster, change)
      } catch (error) {
        log(`the kinds of ${change.object.name} can't be served: ${String(error)}`)
      }
    hub.publish(change)
    const isDeleted = change.type === 'DELETED'
    if (change.resource === 'namespaces' && !isDeleted && isTerminating(change))
      later(() => emptyNamespace(cluster, change.object.name))
    if (change.resource === DEFINITIONS && !isDeleted && isTerminating(change))
      later(() => cleanUpDefinition(cluster, change.object.name))
    if (isDeleted) later(() => followUp(cluster, change))
    collectors.get(cluster.name)?.observe(change, later)
  }

  /** The last object of a namespace or a kind may have been what their deletion waited for. */
  function followUp(cluster: Cluster, change: Change): void {
    if (change.object.namespace !== '') emptyNamespace(cluster, change.object.namespace)
    if (change.resource.includes('.')) cleanUpDefinition(cluster, change.resource)
  }

  for (const cluster of clusters.values()) {
    const info = cluster.registry.find('apiextensions.k8s.io', 'v1', 'customresourcedefinitions')
    const namespaces = cluster.registry.find('', 'v1', 'namespaces')
    if (info === undefined || namespaces === undefined) continue
    for (const stored of store.page(cluster.key(info), { revision: store.revision })) {
      cluster.registry.define(stored.name, parseStored(stored))
      later(() => cleanUpDefinition(cluster, stored.name))
    }
    for (const stored of store.page(cluster.key(namespaces), { revision: store.revision }))
      later(() => emptyNamespace(cluster, stored.name))
    collectors.set(cluster.name, new GarbageCollector(cluster, later))
  }
  store.onChange = onChange

  return {
    async settled() {
      await store.settled()
      while (queue.length > 0) await running
      await running
    },
    async stop() {
      isStopped = true
      for (const timer of retries) clearTimeout(timer)
      await running
    },
  }
}

function isTerminating(change: Change): boolean {
  return own(metadataOf(parseStored(change.object)), 'deletionTimestamp') !== undefined
}

function registerKinds(cluster: Cluster, change: Change): void {
  if (change.type === 'DELETED') cluster.registry.undefine(change.object.name)
  else cluster.registry.define(change.object.name, parseStored(change.object))
}
