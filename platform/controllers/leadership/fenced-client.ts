import type { CallOptions, KubeClient } from '#lib/kube/kube-client.ts'
import { NotLeadingError } from './term.ts'
import type { Term } from './term.ts'

/** The field manager of everything that the controllers write: how their own traces are told from others'. */
export const FIELD_MANAGER = 'plugin-marketplace-controllers'

/** A write may take as long as any call unless the lease ends sooner. Milliseconds. */
const LONGEST_WRITE_MS = 15_000

/**
 * A client whose writes happen during a term or not at all: each one asks first, and is given up before anybody else
 * could hold the lease. Reads pass. A write throws NotLeadingError when it may not begin, an AbortError when its term ended.
 */
export function fencedClient(client: KubeClient, term: Term): KubeClient {
  function within<O extends CallOptions>(options: O | undefined): O & CallOptions {
    const timeMs = term.writeTimeMs()
    if (timeMs <= 0 || term.signal.aborted) throw new NotLeadingError()
    const given = options ?? ({} as O)
    return {
      ...given,
      timeoutMs: Math.min(given.timeoutMs ?? LONGEST_WRITE_MS, timeMs),
      signal: given.signal === undefined ? term.signal : AbortSignal.any([given.signal, term.signal]),
    }
  }
  return {
    cluster: client.cluster,
    server: client.server,
    prober: client.prober,
    get: (resource, name, options) => client.get(resource, name, options),
    list: (resource, options) => client.list(resource, options),
    table: (resource, options) => client.table(resource, options),
    listAll: (resource, options) => client.listAll(resource, options),
    watch: (resource, options) => client.watch(resource, options),
    getPath: (path, options) => client.getPath(path, options),
    create: async (resource, object, options) =>
      client.create(resource, object, { fieldManager: FIELD_MANAGER, ...within(options) }),
    replace: async (resource, object, options) =>
      client.replace(resource, object, { fieldManager: FIELD_MANAGER, ...within(options) }),
    patch: async (resource, name, patch, options) =>
      client.patch(resource, name, patch, { fieldManager: FIELD_MANAGER, ...within(options) }),
    delete: async (resource, name, options) => client.delete(resource, name, within(options)),
    close: () => client.close(),
  }
}
