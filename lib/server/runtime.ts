import { randomUUID } from 'node:crypto'
import { currentBackend } from './http/backend.ts'
import type { Services } from './http/services.ts'
import type { ServiceContext } from './services/context.ts'

/** A page's first data may take this long; after that the browser asks itself. Milliseconds. */
const PREFETCH_DEADLINE_MS = 5000

/** The services of this process, for pages that bring their first data along. */
export function getServices(): Services {
  return currentBackend().services
}

/** A context for what a page reads while it is rendered. */
export function getServiceContext(): ServiceContext {
  return currentBackend().contextOf({
    requestId: randomUUID(),
    signal: AbortSignal.timeout(PREFETCH_DEADLINE_MS),
  })
}

/** The event id at which a page is rendered: its event stream continues there. */
export function getLiveCursor(): string {
  return currentBackend().liveCursor()
}

/** Whether everything was read from the cluster once. Stays true through later outages. */
export function isReady(): boolean {
  return currentBackend().isReady()
}
