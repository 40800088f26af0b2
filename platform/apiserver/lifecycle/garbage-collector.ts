import type { JsonObject } from '#lib/kinds/object.ts'
import type { Cluster } from '../cluster.ts'
import { metadataOf, own, ownString } from '../json.ts'
import type { Change, StoredObject } from '../storage/store-types.ts'
import { parseStored } from '../stored-body.ts'
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER, deleteStored, finalizersOf } from '../verbs/delete.ts'
import { DependentIndex, ownersOf } from './dependent-index.ts'
import type { Place } from './dependent-index.ts'

type Later = (job: () => void) => void
/** `waiting`: the owner is there only until its dependents are gone. */
type OwnerState = 'solid' | 'gone' | 'waiting'

/**
 * Deletes objects whose owners are gone or wait for them, finishes foreground deletions, and lets go of the dependents
 * of owners that are to be orphaned.
 */
export class GarbageCollector {
  readonly #cluster: Cluster
  readonly #dependents = new DependentIndex()

  /** Takes in what is there; what an earlier process left half done goes on later. */
  constructor(cluster: Cluster, later: Later) {
    this.#cluster = cluster
    for (const stored of cluster.store.owned(cluster.name)) {
      const place: Place = { resource: stored.resource, namespace: stored.namespace, name: stored.name }
      const owners = ownersOf(parseStored(stored))
      this.#dependents.add(place, owners)
      later(() => this.#collect(place))
      for (const owner of owners) later(() => this.#finishOwner(owner, place.namespace))
    }
  }

  /** Takes a committed change in; what it leads to is done later. */
  observe(change: Change, later: Later): void {
    const { object, previous } = change
    const place: Place = { resource: change.resource, namespace: object.namespace, name: object.name }
    const before =
      previous?.body.includes('"ownerReferences"') === true ? ownersOf(parseStored(previous)) : []
    this.#dependents.remove(place, before)
    if (change.type === 'DELETED') {
      for (const dependent of this.#dependents.of(uidOf(object))) later(() => this.#collect(dependent))
    } else {
      if (object.body.includes('"ownerReferences"')) {
        this.#dependents.add(place, ownersOf(parseStored(object)))
        later(() => this.#collect(place))
      }
      if (object.body.includes('"deletionTimestamp"')) later(() => this.#finish(place))
    }
    for (const owner of before) later(() => this.#finishOwner(owner, place.namespace))
  }

  #find({ resource, namespace, name }: Place) {
    const info = this.#cluster.registry.byStorageKey(resource)
    const stored = info === undefined ? undefined : this.#cluster.get(info, namespace, name)
    return info === undefined || stored === undefined ? undefined : { info, stored }
  }

  /** Owners of kinds that are not served here, and of other namespaces, are taken to exist. */
  #findOwner(owner: JsonObject, namespace: string) {
    const [group, version] = /^(?:(.*)\/)?([^/]*)$/.exec(ownString(owner, 'apiVersion') ?? '')?.slice(1) ?? []
    const info = this.#cluster.registry.findKind(group ?? '', version ?? '', ownString(owner, 'kind') ?? '')
    if (info === undefined || (info.namespaced && namespace === '')) return undefined
    const at = info.namespaced ? namespace : ''
    const stored = this.#cluster.get(info, at, ownString(owner, 'name') ?? '')
    return {
      info,
      stored: stored !== undefined && uidOf(stored) === ownString(owner, 'uid') ? stored : undefined,
    }
  }

  #stateOf(owner: JsonObject, namespace: string): OwnerState {
    const found = this.#findOwner(owner, namespace)
    if (found === undefined) return 'solid'
    if (found.stored === undefined) return 'gone'
    return isLeaving(metadataOf(parseStored(found.stored)), FOREGROUND_FINALIZER) ? 'waiting' : 'solid'
  }

  /** Deletes an object that no owner keeps any more. */
  #collect(place: Place): void {
    const found = this.#find(place)
    if (found === undefined) return
    const object = parseStored(found.stored)
    const metadata = metadataOf(object)
    const owners = ownersOf(object)
    const isWaiting = isLeaving(metadata, FOREGROUND_FINALIZER)
    if (owners.length === 0 || (own(metadata, 'deletionTimestamp') !== undefined && !isWaiting)) return
    const states = owners.map((owner) => this.#stateOf(owner, place.namespace))
    if (states.includes('solid')) {
      const left = owners.filter((_, index) => states[index] !== 'solid')
      if (left.length > 0) this.#release(place, left)
      return
    }
    const finalizers = finalizersOf(metadata)
    const hasDependents = this.#dependents.of(uidOf(found.stored)).length > 0
    const policy = states.includes('waiting') && hasDependents ? 'Foreground' : policyOf(finalizers)
    deleteStored(this.#cluster, found.info, found.stored, { policy, dryRun: false })
  }

  #finishOwner(owner: JsonObject, namespace: string): void {
    const found = this.#findOwner(owner, namespace)
    if (found?.stored === undefined) return
    const { resource } = this.#cluster.key(found.info)
    this.#finish({ resource, namespace: found.stored.namespace, name: found.stored.name })
  }

  /** Does what the finalizers of the garbage collector wait for, and takes them off when it is done. */
  #finish(place: Place): void {
    const found = this.#find(place)
    if (found === undefined) return
    const metadata = metadataOf(parseStored(found.stored))
    const uid = uidOf(found.stored)
    const dependents = this.#dependents.of(uid)
    if (isLeaving(metadata, ORPHAN_FINALIZER)) {
      for (const dependent of dependents) this.#release(dependent, [{ uid }])
      this.#takeOff(place, ORPHAN_FINALIZER)
    } else if (isLeaving(metadata, FOREGROUND_FINALIZER)) {
      const blocking = dependents.filter((dependent) => this.#blocks(dependent, uid))
      // Those in a ring wait for each other: the one that this began with is let go.
      const isRing = blocking.some((dependent) => this.#isOwnedBack(dependent, place))
      if (blocking.length === 0 || isRing) this.#takeOff(place, FOREGROUND_FINALIZER)
      else for (const dependent of blocking) this.#collect(dependent)
    }
  }

  #blocks(dependent: Place, uid: string): boolean {
    const found = this.#find(dependent)
    if (found === undefined) return false
    return ownersOf(parseStored(found.stored)).some(
      (owner) => ownString(owner, 'uid') === uid && own(owner, 'blockOwnerDeletion') === true,
    )
  }

  /** Whether a dependent is itself waiting for the object that it blocks. */
  #isOwnedBack(dependent: Place, owner: Place): boolean {
    const found = this.#find(dependent)
    if (found === undefined || !isLeaving(metadataOf(parseStored(found.stored)), FOREGROUND_FINALIZER))
      return false
    return this.#dependents
      .of(uidOf(found.stored))
      .some(
        ({ resource, namespace, name }) =>
          resource === owner.resource && namespace === owner.namespace && name === owner.name,
      )
  }

  #takeOff(place: Place, finalizer: string): void {
    const found = this.#find(place)
    if (found === undefined) return
    const object = this.#cluster.parse(found.info, found.stored)
    const rest = finalizersOf(metadataOf(object)).filter((item) => item !== finalizer)
    if (rest.length === 0) delete metadataOf(object)['finalizers']
    else metadataOf(object)['finalizers'] = rest
    if (rest.length === 0) this.#cluster.remove(found.info, object, found.stored)
    else this.#cluster.put(found.info, object, found.stored)
  }

  #release(dependent: Place, left: readonly JsonObject[]): void {
    const found = this.#find(dependent)
    if (found === undefined) return
    const uids = new Set(left.map((owner) => ownString(owner, 'uid')))
    const object = this.#cluster.parse(found.info, found.stored)
    const rest = ownersOf(object).filter((owner) => !uids.has(ownString(owner, 'uid')))
    if (rest.length === 0) delete metadataOf(object)['ownerReferences']
    else metadataOf(object)['ownerReferences'] = rest
    this.#cluster.put(found.info, object, found.stored)
  }
}

/** What the object's own finalizers say should become of its dependents. */
function policyOf(finalizers: readonly string[]): string {
  if (finalizers.includes(ORPHAN_FINALIZER)) return 'Orphan'
  return finalizers.includes(FOREGROUND_FINALIZER) ? 'Foreground' : 'Background'
}

function isLeaving(metadata: JsonObject, finalizer: string): boolean {
  return own(metadata, 'deletionTimestamp') !== undefined && finalizersOf(metadata).includes(finalizer)
}

function uidOf(stored: StoredObject): string {
  return ownString(metadataOf(parseStored(stored)), 'uid') ?? ''
}
