import type { SourceFreshness } from './freshness.ts'
import type { UploadView } from './upload.ts'

/**
 * Server-sent events of `GET /api/events`; the SSE `event` field is `type`, `data` is the JSON of the rest. The id of
 * an event names everything up to it: what was missed is always told before the greeting that carries a newer id.
 */
export type LiveEvent =
  | { type: 'hello'; revision: number; freshness: SourceFreshness[] }
  /** Something changed; topics name what to read again. Coalesced within a few milliseconds, longer for slow readers. */
  | { type: 'change'; revision: number; topics: LiveTopic[] }
  | { type: 'freshness'; freshness: SourceFreshness[] }
  | { type: 'upload'; uploadId: string; upload: UploadView }
  /** The stream can't tell what was missed: read everything again. */
  | { type: 'reset'; revision: number }
  /** Nothing happened, and the console is still there. Comes every five seconds. */
  | { type: 'beat' }

export type LiveTopic = 'plugins' | 'clusters' | 'packages' | 'session'
