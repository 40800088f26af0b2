import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, noSuchResource } from '../api-error.ts'
import type { Cluster } from '../cluster.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { hashOf, sendCached } from '../http/respond.ts'
import { openApiDocument } from './open-api.ts'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/** Documents by cluster, made anew when its kinds change. */
const cache = new WeakMap<Cluster, { generation: number; documents: Map<string, string> }>()

/** Serves `/openapi/v3` and its documents, one for each group and version. */
export async function handleOpenApi(
  cluster: Cluster,
  path: string,
  hash: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const documents = documentsOf(cluster)
  const accept = request.headers.accept ?? ''
  if (accept !== '' && !/json|\*\/\*/.test(accept))
    throw new ApiError(406, 'NotAcceptable', 'only application/json is served here')
  if (path === '/openapi/v3' || path === '/openapi/v3/') {
    const paths = Object.fromEntries(
      [...documents].map(([name, text]) => [
        name,
        {
          serverRelativeURL: `/openapi/v3/${name}?hash=${hashOf(text)}`,
        },
      ]),
    )
    await sendCached(request, response, 'application/json', JSON.stringify({ paths }))
    return
  }
  const text = documents.get(path.replace(/^\/openapi\/v3\//, ''))
  if (text === undefined) throw noSuchResource()
  if (hash !== null) {
    // Under its hash a document never changes; under another one the client is told where it is now.
    const current = hashOf(text)
    if (hash !== current) {
      response.writeHead(301, { location: `${path}?hash=${current}`, etag: `"${current}"` }).end()
      return
    }
    response.setHeader('cache-control', 'public, immutable')
    response.setHeader('expires', new Date(Date.now() + YEAR_MS).toUTCString())
  }
  await sendCached(request, response, 'application/json', text)
}

function documentsOf(cluster: Cluster): Map<string, string> {
  const known = cache.get(cluster)
  if (known?.generation === cluster.registry.generation) return known.documents
  const byVersion = Map.groupBy(cluster.registry.all(), pathOf)
  const documents = new Map(
    [...byVersion].map(([path, kinds]) => [path, JSON.stringify(openApiDocument(kinds))]),
  )
  cache.set(cluster, { generation: cluster.registry.generation, documents })
  return documents
}

function pathOf({ group, version }: ResourceInfo): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`
}
