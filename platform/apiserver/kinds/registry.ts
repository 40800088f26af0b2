import type { JsonObject } from '#lib/kinds/object.ts'
import { BUILTIN_KINDS } from './builtin-kinds.ts'
import { kindsOf } from './custom-kinds.ts'
import type { ResourceInfo } from './resource-info.ts'

/** The kinds that one cluster serves: the built-in ones and those of its CustomResourceDefinitions. */
export class Registry {
  #custom = new Map<string, ResourceInfo[]>()
  #byPath = new Map<string, ResourceInfo>()
  #generation = 0

  constructor() {
    this.#rebuild()
  }

  /** Grows with every change of the set of kinds. */
  get generation(): number {
    return this.#generation
  }

  /** All served kinds, in the order in which they came. */
  all(): ResourceInfo[] {
    return [...this.#byPath.values()]
  }

  find(group: string, version: string, plural: string): ResourceInfo | undefined {
    return this.#byPath.get(pathOf(group, version, plural))
  }

  findKind(group: string, version: string, kind: string): ResourceInfo | undefined {
    return this.all().find((info) => info.group === group && info.version === version && info.kind === kind)
  }

  /** The kind that stores its objects under this key, in its storage version where that is served. */
  byStorageKey(key: string): ResourceInfo | undefined {
    const found = this.all().filter(
      (info) => (info.group === '' ? info.plural : `${info.plural}.${info.group}`) === key,
    )
    return found.find((info) => info.version === info.storageVersion) ?? found[0]
  }

  /** Takes the kinds of a definition, in the place of those that it made before. */
  define(name: string, definition: JsonObject): void {
    this.#custom.set(name, kindsOf(definition))
    this.#rebuild()
  }

  undefine(name: string): void {
    this.#custom.delete(name)
    this.#rebuild()
  }

  #rebuild(): void {
    this.#byPath = new Map(
      [...BUILTIN_KINDS, ...[...this.#custom.values()].flat()].map((info) => [
        pathOf(info.group, info.version, info.plural),
        info,
      ]),
    )
    this.#generation++
  }
}

function pathOf(group: string, version: string, plural: string): string {
  return `${group}/${version}/${plural}`
}
