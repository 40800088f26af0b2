import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, noSuchResource } from '../api-error.ts'
import type { Cluster } from '../cluster.ts'
import { handleDiscovery } from '../discovery/handle-discovery.ts'
import { handleOpenApi } from '../discovery/handle-open-api.ts'
import { handleHealth } from './handle-health.ts'
import { handleResource } from './handle-resource.ts'
import { resourcePath } from './resource-path.ts'
import { sendCached, sendError, sendNotFound } from './respond.ts'

/** What anybody may ask, as on any API server. */
const PUBLIC = new Set(['/healthz', '/livez', '/readyz', '/version'])

export interface HandlerOptions {
  /** By name; the first one is also served at the root. */
  readonly clusters: ReadonlyMap<string, Cluster>
  readonly token: string
  readonly log: (line: string) => void
}

/** The listener of the HTTP server. */
export function requestHandler(
  options: HandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const wanted = digest(`Bearer ${options.token}`)
  const isKnown = (request: IncomingMessage) =>
    timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)
  return (request, response) => {
    response.on('error', () => response.destroy())
    handle(options, isKnown(request), request, response).catch((error: unknown) =>
      sendError(request, response, error, options.log).catch(() => response.destroy()),
    )
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

async function handle(
  options: HandlerOptions,
  isAuthenticated: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [rawPath = '/', ...search] = (request.url ?? '/').split('?')
  const { cluster, path } = clusterOf(options.clusters, rawPath)
  const query = new URLSearchParams(search.join('?'))
  if (!isAuthenticated && !PUBLIC.has(path)) throw new ApiError(401, 'Unauthorized', 'Unauthorized')
  if (await handleHealth(cluster.store, path, query, request, response)) return
  if (path.startsWith('/openapi/')) {
    await handleOpenApi(cluster, path, query.get('hash'), request, response)
    return
  }
  const segments = decodeSegments(path)
  const found = resourcePath(segments)
  if (found !== undefined) {
    await handleResource(cluster, found, query, request, response)
    return
  }
  if (request.method !== 'GET') throw noSuchResource()
  const document = handleDiscovery(cluster, segments, request.headers.accept, request.headers.host ?? '')
  if (document === undefined) {
    await sendNotFound(request, response)
    return
  }
  await sendCached(request, response, document.contentType, JSON.stringify(document.body))
}

/** `/kubernetes/<cluster>/…` belongs to that cluster, everything else to the first one. */
function clusterOf(clusters: ReadonlyMap<string, Cluster>, path: string): { cluster: Cluster; path: string } {
  const found = /^\/kubernetes\/([^/]+)(\/.*)?$/.exec(path)
  const [first] = clusters.values()
  const cluster = found === null ? first : clusters.get(found[1] ?? '')
  if (cluster === undefined) throw noSuchResource()
  return { cluster, path: found === null ? path : (found[2] ?? '/') }
}

function decodeSegments(path: string): string[] {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent)
  } catch {
    throw new ApiError(400, 'BadRequest', 'the path is not properly escaped')
  }
}
