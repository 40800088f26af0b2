import { specHash } from '#lib/domain/spec-hash.ts'
import { AlreadyExistsError, ConflictError, ForbiddenError, NotFoundError } from '#lib/kube/kube-error.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { createObjectCache } from '#lib/kube/watch-cache.ts'
import { CONTROLLER_REVISION, HISTORY } from '#lib/kinds/controller-revision.ts'
import type { ControllerRevision } from '#lib/kinds/controller-revision.ts'
import { NAMESPACE } from '#lib/kinds/core.ts'
import { LABEL, OWN_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import { installationName } from '../installation-name.ts'
import type { Place } from '../module-info/place.ts'
import { authorAnnotations } from './author-annotations.ts'
import { holdsSpec, RevisionIndex, withoutData } from './revision-index.ts'
import type { KnownRevision } from './revision-index.ts'

export interface HistoryOptions {
  /** Of the management cluster; for watching. */
  readonly source: KubeClient
  /** The same cluster; for writing. */
  readonly client: KubeClient
  /** How many specs of each place are kept; 0 keeps none. */
  readonly limit: number
  readonly now: () => Date
  readonly log: (line: string) => void
}

/** The accepted specs of all installations, as ControllerRevisions in our own namespace. */
export interface History {
  /**
   * Keeps the spec of an installation, once it was accepted, unless it is the one that was kept last.
   * @throws ConflictError when the spec was changed meanwhile, and the client's errors: nothing is carried out unrecorded
   */
  record(info: ModuleInfo, place: Place): Promise<void>
  /** Notes that an installation is gone: what was kept stays, and what comes next is a new one. */
  end(info: ModuleInfo, place: Place): Promise<void>
  ready(signal: AbortSignal): Promise<void>
  stop(): void
}

const SELECTOR = `${HISTORY.label}=${HISTORY.labelValue}`
const TRIES = 4
/** History of what was uninstalled is kept so long. */
const KEPT_AFTER_END_MS = 90 * 24 * 3600 * 1000

function isEnded(revision: KnownRevision | undefined): boolean {
  return revision?.metadata.annotations?.[HISTORY.uninstalledAt] !== undefined
}

class InstallationHistory implements History {
  private readonly options: HistoryOptions
  private readonly index = new RevisionIndex()
  private readonly cache
  private isRefused = false

  constructor(options: HistoryOptions) {
    this.options = options
    this.cache = createObjectCache(options.source, CONTROLLER_REVISION, {
      namespace: OWN_NAMESPACE,
      labelSelector: SELECTOR,
      transform: withoutData,
    })
    this.cache.onChange((events) => {
      for (const { type, object } of events)
        if (type === 'deleted') this.index.drop(object)
        else this.index.put(object)
    })
  }

  async ready(signal: AbortSignal): Promise<void> {
    await this.cache.ready(signal)
  }

  stop(): void {
    this.cache.stop()
  }

  async record(info: ModuleInfo, place: Place): Promise<void> {
    const { client, limit } = this.options
    if (limit <= 0) return
    if (this.isKept(info, place)) {
      // Of an earlier process, or of a larger limit.
      if (this.index.of(place).length > limit) await this.unlessRefused(() => this.trim(place, limit))
      return
    }
    // With its managed fields, which caches leave out.
    const live = await client.get(MODULE_INFO, info.metadata.name)
    if (specHash(live.spec) !== specHash(info.spec))
      throw new ConflictError('the spec was changed meanwhile', { code: 409, reason: 'Conflict' })
    await this.unlessRefused(async () => {
      for (let tries = 1; !this.isKept(info, place); tries += 1)
        try {
          await this.append(live, place)
        } catch (error) {
          if (!(error instanceof AlreadyExistsError) || tries === TRIES) throw error
          // Another process, or an answer that was lost: its number is taken, so look what it holds.
          await this.reread(place)
        }
      await this.trim(place, limit)
    })
  }

  async end(info: ModuleInfo, place: Place): Promise<void> {
    const last = this.index.of(place).at(-1)
    if (last === undefined || isEnded(last)) return
    const at = info.metadata.deletionTimestamp ?? this.options.now().toISOString()
    const body = { metadata: { annotations: { [HISTORY.uninstalledAt]: at } } }
    await this.unlessRefused(async () => {
      const options = { namespace: OWN_NAMESPACE }
      try {
        const patch = { type: 'merge', body } as const
        const name = last.metadata.name
        this.keep(await this.options.client.patch(CONTROLLER_REVISION, name, patch, options))
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error
        this.index.drop(last)
      }
      await this.removeExpired()
    })
  }

  private isKept(info: ModuleInfo, place: Place): boolean {
    const last = this.index.of(place).at(-1)
    return last !== undefined && !isEnded(last) && holdsSpec(last, info.spec)
  }

  private keep(revision: ControllerRevision): void {
    this.index.put(withoutData(revision))
  }

  private async append(live: ModuleInfo, place: Place): Promise<void> {
    const { client, now } = this.options
    const previous = this.index.of(place).at(-1)
    const number = (previous?.revision ?? 0) + 1
    const revision: ControllerRevision = {
      apiVersion: apiVersionOf(CONTROLLER_REVISION),
      kind: CONTROLLER_REVISION.kind,
      metadata: {
        // The number in the name: whoever is late gets what stands there, so nothing is kept twice.
        name: `${installationName(place.cluster, place.plugin)}-${number}`,
        namespace: OWN_NAMESPACE,
        labels: {
          [HISTORY.label]: HISTORY.labelValue,
          [LABEL.clusterName]: place.cluster,
          [LABEL.moduleName]: place.plugin,
        },
        annotations: authorAnnotations(live, previous, now()),
      },
      revision: number,
      data: { ...live.spec },
    }
    const create = async (): Promise<void> => this.keep(await client.create(CONTROLLER_REVISION, revision))
    try {
      await create()
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error
      const home = { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name: OWN_NAMESPACE } }
      await client.create(NAMESPACE, home).catch((cause: unknown) => {
        if (!(cause instanceof AlreadyExistsError)) throw cause
      })
      await create()
    }
  }

  private async reread({ cluster, plugin }: Place): Promise<void> {
    const { items } = await this.options.client.listAll(CONTROLLER_REVISION, {
      namespace: OWN_NAMESPACE,
      labelSelector: `${SELECTOR},${LABEL.clusterName}=${cluster},${LABEL.moduleName}=${plugin}`,
    })
    for (const item of items) this.keep(item)
  }

  private async trim(place: Place, limit: number): Promise<void> {
    for (const old of this.index.of(place).slice(0, -limit)) await this.remove(old)
  }

  /** What was uninstalled long ago, and not installed again. */
  private async removeExpired(): Promise<void> {
    const before = this.options.now().getTime() - KEPT_AFTER_END_MS
    for (const revisions of this.index.all()) {
      const last = revisions.reduce((a, b) => (a.revision > b.revision ? a : b))
      const endedAt = Date.parse(last.metadata.annotations?.[HISTORY.uninstalledAt] ?? '')
      if (endedAt < before) for (const revision of revisions) await this.remove(revision)
    }
  }

  private async remove(revision: KnownRevision): Promise<void> {
    const { name, uid } = revision.metadata
    const precondition = uid === undefined ? {} : { uid }
    try {
      await this.options.client.delete(CONTROLLER_REVISION, name, {
        namespace: OWN_NAMESPACE,
        ...precondition,
      })
    } catch (error) {
      if (!(error instanceof NotFoundError) && !(error instanceof ConflictError)) throw error
    }
    this.index.drop(revision)
  }

  /** Where history may not be written, or no server keeps it, that is said once, and installing goes on. */
  private async unlessRefused(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.isRefused = false
    } catch (error) {
      if (!(error instanceof ForbiddenError) && !(error instanceof NotFoundError)) throw error
      if (!this.isRefused) this.options.log(`no history is kept: ${error.message}`)
      this.isRefused = true
    }
  }
}

/**
 * Opens the history of all installations. It survives them: nothing owns the revisions, and what was uninstalled is kept for 90
 * days. Specs are kept as they were accepted, with explicit nulls, and with the passwords that a configuration may hold: whoever
 * may read ControllerRevisions in our namespace sees as much as whoever may read the ModuleInfos.
 */
export function openHistory(options: HistoryOptions): History {
  return new InstallationHistory(options)
}
