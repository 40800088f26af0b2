import type { JsonObject } from '#lib/kinds/object.ts'
import { isObject, metadataOf, own, ownString } from '../json.ts'

/** Where an object is stored. */
export interface Place {
  readonly resource: string
  readonly namespace: string
  readonly name: string
}

/** Dependents by the uid of an owner. */
export class DependentIndex {
  readonly #byOwner = new Map<string, Map<string, Place>>()

  add({ resource, namespace, name }: Place, owners: readonly JsonObject[]): void {
    for (const owner of owners) {
      const uid = ownString(owner, 'uid') ?? ''
      const known = this.#byOwner.get(uid) ?? new Map<string, Place>()
      const place = { resource, namespace, name }
      this.#byOwner.set(uid, known.set(idOf(place), place))
    }
  }

  remove(place: Place, owners: readonly JsonObject[]): void {
    for (const owner of owners) {
      const uid = ownString(owner, 'uid') ?? ''
      const known = this.#byOwner.get(uid)
      known?.delete(idOf(place))
      if (known?.size === 0) this.#byOwner.delete(uid)
    }
  }

  /** A copy: collecting changes the index. */
  of(uid: string): Place[] {
    return Array.from(this.#byOwner.get(uid)?.values() ?? [])
  }
}

function idOf({ resource, namespace, name }: Place): string {
  return `${resource}/${namespace}/${name}`
}

/** The references to an object's owners, as far as they are objects. */
export function ownersOf(object: JsonObject): JsonObject[] {
  const owners = own(metadataOf(object), 'ownerReferences')
  return Array.isArray(owners) ? owners.filter(isObject) : []
}
