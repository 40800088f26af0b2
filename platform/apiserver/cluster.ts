import type { JsonObject } from '#lib/kinds/object.ts'
import { metadataOf, own, ownObject, textOf } from './json.ts'
import { parseStored } from './stored-body.ts'
import { Registry } from './kinds/registry.ts'
import type { ResourceInfo } from './kinds/resource-info.ts'
import { groupVersion, storageKey } from './kinds/resource-info.ts'
import type { SqliteStore } from './storage/sqlite-store.ts'
import type { CollectionKey, StoredObject } from './storage/store-types.ts'
import { storedBody } from './stored-body.ts'
import type { WatchHub } from './watch/watch-hub.ts'

/** One cluster of the server: its kinds, and its part of the store. */
export class Cluster {
  readonly name: string
  readonly store: SqliteStore
  readonly hub: WatchHub
  readonly registry = new Registry()

  constructor(name: string, store: SqliteStore, hub: WatchHub) {
    this.name = name
    this.store = store
    this.hub = hub
  }

  key(info: ResourceInfo): CollectionKey {
    return { cluster: this.name, resource: storageKey(info) }
  }

  get(info: ResourceInfo, namespace: string, name: string): StoredObject | undefined {
    return this.store.get(this.key(info), namespace, name)
  }

  /** Stores a complete object as a new one or as the next version of `previous`. */
  put(info: ResourceInfo, object: JsonObject, previous: StoredObject | undefined): StoredObject {
    return this.store.put(this.#write(info, object), previous)
  }

  /** Deletes an object, `object` being its last state. */
  remove(info: ResourceInfo, object: JsonObject, previous: StoredObject): StoredObject {
    return this.store.remove(this.#write(info, object), previous)
  }

  #write(info: ResourceInfo, object: JsonObject) {
    const metadata = metadataOf(object)
    const labels = ownObject(metadata, 'labels')
    const owners = own(metadata, 'ownerReferences')
    const hasOwners = Array.isArray(owners) && owners.length > 0
    return {
      ...this.key(info),
      namespace: textOf(metadata['namespace']),
      name: textOf(metadata['name']),
      labels: labels === undefined || Object.keys(labels).length === 0 ? null : JSON.stringify(labels),
      owners: hasOwners ? JSON.stringify(owners) : null,
      body: (revision: number) => storedBody(info, object, revision),
    }
  }

  /** The stored object in the version of `info`, for reading and changing. */
  parse(info: ResourceInfo, stored: StoredObject): JsonObject {
    const object = parseStored(stored)
    if (info.version !== info.storageVersion) object['apiVersion'] = groupVersion(info)
    return object
  }
}
