import type { ServerOptions } from 'node:http'

/**
 * How long Node's server waits for what, in milliseconds. No limit for a whole request: a package may take hours over a
 * slow line, where Node's own default would cut it after 300 s. Headers, pauses between requests, and silence inside a
 * body (package-upload.ts, late-body.ts) have theirs.
 */
export const SERVER_LIMITS = {
  requestTimeout: 0,
  headersTimeout: 15_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 5000,
} as const satisfies ServerOptions
