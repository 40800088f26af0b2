import type { ServiceContext } from '#lib/server/services/context.ts'
import type { ErrorFacts } from './error-facts.ts'
import type { Services } from './services.ts'

/**
 * What routes and pages use of the process around them. Next gives pages and routes their own copies of every module,
 * so the services, with their caches and error types, live once in the process and are reached through here.
 */
export interface Backend {
  services: Services
  /** A context for one request of the only caller there is yet. */
  contextOf(request: { requestId: string; signal: AbortSignal }): ServiceContext
  /** What a service's error says to the outside; unknown ones are logged under the request's id. */
  factsOf(error: unknown, requestId: string): ErrorFacts
  /** Id of the newest live event. */
  liveCursor(): string
  /** Whether all sources were read once. */
  isReady(): boolean
}

const KEY = Symbol.for('marketplace.console/backend')
const holder = globalThis as { [KEY]?: Backend }

/** Makes a backend the one of this process; undefined takes it away. */
export function installBackend(backend: Backend | undefined): void {
  holder[KEY] = backend
}

/** @throws Error outside of a console process */
export function currentBackend(): Backend {
  const backend = holder[KEY]
  if (backend === undefined)
    throw new Error('this process has no backend; pages and routes run below server.ts')
  return backend
}
