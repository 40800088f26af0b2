import type { JsonObject } from '#lib/kinds/object.ts'
import type { Cluster } from '../cluster.ts'
import { isObject, metadataOf, own, ownString } from '../json.ts'
import type { Change, StoredObject } from '../storage/store-types.ts'
import { parseStored } from '../stored-body.ts'
import { ORPHAN_FINALIZER, deleteStored } from '../verbs/delete.ts'

interface Dependent {
  readonly resource: string
  readonly namespace: string
  readonly name: string
}

/** Deletes objects whose owners are all gone, and lets go of the dependents of owners that are to be orphaned. */
export class GarbageCollector {
  readonly #cluster: Cluster
  /** Dependents by the uid of an owner. */
  readonly #dependents = new Map<string, Map<string, Dependent>>()

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    for (const stored of cluster.store.owned(cluster.name))
      this.#remember({ resource: stored.resource, namespace: stored.namespace, name: stored.name }, stored)
  }

  /** Takes a committed change in; what it leads to is done later. */
  observe(change: Change, later: (job: () => void) => void): void {
    const { object, previous } = change
    const dependent = { resource: change.resource, namespace: object.namespace, name: object.name }
    if (previous?.body.includes('"ownerReferences"') === true) this.#forget(dependent, previous)
    if (change.type === 'DELETED') {
      const uid = uidOf(object)
      if (this.#dependents.has(uid)) later(() => this.#collectDependents(uid))
      return
    }
    if (object.body.includes('"ownerReferences"') && this.#remember(dependent, object))
      later(() => this.#collect(dependent))
    if (object.body.includes('"deletionTimestamp"')) later(() => this.#orphan(dependent))
  }

  #remember(dependent: Dependent, stored: StoredObject): boolean {
    const owners = ownersOf(parseStored(stored))
    for (const owner of owners) {
      const uid = ownString(owner, 'uid') ?? ''
      const known = this.#dependents.get(uid) ?? new Map<string, Dependent>()
      this.#dependents.set(uid, known.set(idOf(dependent), dependent))
    }
    return owners.length > 0
  }

  #forget(dependent: Dependent, stored: StoredObject): void {
    for (const owner of ownersOf(parseStored(stored))) {
      const uid = ownString(owner, 'uid') ?? ''
      const known = this.#dependents.get(uid)
      known?.delete(idOf(dependent))
      if (known?.size === 0) this.#dependents.delete(uid)
    }
  }

  /** A copy: collecting changes the map. */
  #dependentsOf(uid: string): Dependent[] {
    return Array.from(this.#dependents.get(uid)?.values() ?? [])
  }

  #collectDependents(uid: string): void {
    for (const dependent of this.#dependentsOf(uid)) this.#collect(dependent)
  }

  #find({ resource, namespace, name }: Dependent) {
    const info = this.#cluster.registry.byStorageKey(resource)
    const stored = info === undefined ? undefined : this.#cluster.get(info, namespace, name)
    return info === undefined || stored === undefined ? undefined : { info, stored }
  }

  #collect(dependent: Dependent): void {
    const found = this.#find(dependent)
    if (found === undefined) return
    const owners = ownersOf(parseStored(found.stored))
    if (owners.length > 0 && owners.every((owner) => this.#isGone(owner, dependent.namespace)))
      deleteStored(this.#cluster, found.info, found.stored, { policy: 'Background', dryRun: false })
  }

  /** Owners of kinds that are not served here are taken to exist. */
  #isGone(owner: JsonObject, namespace: string): boolean {
    const [group, version] = /^(?:(.*)\/)?([^/]*)$/.exec(ownString(owner, 'apiVersion') ?? '')?.slice(1) ?? []
    const info = this.#cluster.registry.findKind(group ?? '', version ?? '', ownString(owner, 'kind') ?? '')
    if (info === undefined) return false
    const stored = this.#cluster.get(info, info.namespaced ? namespace : '', ownString(owner, 'name') ?? '')
    return stored === undefined || uidOf(stored) !== ownString(owner, 'uid')
  }

  #orphan(owner: Dependent): void {
    const found = this.#find(owner)
    if (found === undefined) return
    const object = this.#cluster.parse(found.info, found.stored)
    const metadata = metadataOf(object)
    const finalizers = own(metadata, 'finalizers')
    const isLeaving = own(metadata, 'deletionTimestamp') !== undefined
    if (!isLeaving || !Array.isArray(finalizers) || !finalizers.includes(ORPHAN_FINALIZER)) return
    const uid = uidOf(found.stored)
    for (const dependent of this.#dependentsOf(uid)) this.#release(dependent, uid)
    const rest = finalizers.filter((finalizer) => finalizer !== ORPHAN_FINALIZER)
    metadata['finalizers'] = rest
    if (rest.length === 0) this.#cluster.remove(found.info, object, found.stored)
    else this.#cluster.put(found.info, object, found.stored)
  }

  #release(dependent: Dependent, uid: string): void {
    const found = this.#find(dependent)
    if (found === undefined) return
    const object = this.#cluster.parse(found.info, found.stored)
    const rest = ownersOf(object).filter((owner) => ownString(owner, 'uid') !== uid)
    if (rest.length === 0) delete metadataOf(object)['ownerReferences']
    else metadataOf(object)['ownerReferences'] = rest
    this.#cluster.put(found.info, object, found.stored)
  }
}

function idOf({ resource, namespace, name }: Dependent): string {
  return `${resource}/${namespace}/${name}`
}

function ownersOf(object: JsonObject): JsonObject[] {
  const owners = own(metadataOf(object), 'ownerReferences')
  return Array.isArray(owners) ? owners.filter(isObject) : []
}

function uidOf(stored: StoredObject): string {
  return ownString(metadataOf(parseStored(stored)), 'uid') ?? ''
}
