import type { ServerResponse } from 'node:http'
import { LABEL } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { sendJson, sendStatus, startFaultServer } from '#lib/kube/testing/fault-server.ts'
import type { FaultServer, SeenRequest } from '#lib/kube/testing/fault-server.ts'
import type { ServiceContext } from '../context.ts'
import { readerContext } from './static-platform.ts'
import type { StaticPlatform } from './static-platform.ts'

/** An API server that knows ModuleInfos, over HTTP, as far as the console's own writes go. */
export interface LivePlatform {
  ctx: ServiceContext
  readonly infos: Map<string, ModuleInfo>
  readonly writes: string[]
  /** Answers to further paths, such as discovery of a workload cluster. */
  readonly answers: Map<string, unknown>
  close(): Promise<void>
}

const COLLECTION = '/apis/cluster.alauda.io/v1alpha1/moduleinfoes'

export async function livePlatform(scene: StaticPlatform): Promise<LivePlatform> {
  const infos = new Map(scene.caches.moduleInfos.list().map((info) => [info.metadata.name, info]))
  const answers = new Map<string, unknown>()
  const writes: string[] = []
  let version = 100

  function list(request: SeenRequest, response: ServerResponse): void {
    const wanted = (request.query.get('labelSelector') ?? '').split(',').map((term) => term.split('='))
    const items = [...infos.values()].filter(({ metadata }) =>
      wanted.every(([key = '', value]) => metadata.labels?.[key] === value),
    )
    sendJson(response, 200, { kind: 'ModuleInfoList', metadata: { resourceVersion: String(version) }, items })
  }

  function store(response: ServerResponse, info: ModuleInfo, code: number, dryRun: boolean): void {
    version += 1
    const stored = { ...info, metadata: { ...info.metadata, resourceVersion: String(version) } }
    if (!dryRun) infos.set(stored.metadata.name, stored)
    sendJson(response, code, stored)
  }

  function handle(request: SeenRequest, response: ServerResponse): void {
    const { method, path, query, body } = request
    const dryRun = query.get('dryRun') === 'All'
    const answer = answers.get(path)
    if (answer !== undefined) return sendJson(response, 200, answer)
    if (!path.startsWith(COLLECTION)) return sendStatus(response, 404, 'NotFound')
    if (method === 'GET') return list(request, response)
    writes.push(dryRun ? `${method} dry` : method)
    if (method === 'POST') {
      const info = JSON.parse(body) as ModuleInfo
      version += 1
      const name = `${info.metadata.generateName ?? ''}x${version}`
      return store(
        response,
        { ...info, metadata: { ...info.metadata, name, uid: `uid-${version}` } },
        201,
        dryRun,
      )
    }
    const live = infos.get(path.slice(COLLECTION.length + 1))
    if (live === undefined) return sendStatus(response, 404, 'NotFound')
    const sent = JSON.parse(body === '' ? '{}' : body) as Partial<ModuleInfo> & {
      preconditions?: ModuleInfo['metadata']
    }
    const expected = (sent.preconditions ?? sent.metadata)?.resourceVersion
    if (expected !== live.metadata.resourceVersion) return sendStatus(response, 409, 'Conflict')
    if (method === 'PUT') return store(response, sent as ModuleInfo, 200, dryRun)
    if (!dryRun) infos.delete(live.metadata.name)
    return sendJson(response, 200, { kind: 'Status', apiVersion: 'v1', status: 'Success' })
  }

  const server: FaultServer = await startFaultServer(handle)
  const client = createKubeClient(server.config(), { cluster: 'global' })
  return {
    infos,
    answers,
    writes,
    ctx: { ...readerContext(scene.platform), caller: { name: 'writer', client: () => client } },
    async close() {
      await client.close()
      await server.close()
    },
  }
}

/** The one installation that a server holds for a place. */
export function onlyInfo({ infos }: LivePlatform, plugin: string, cluster: string): ModuleInfo {
  const found = [...infos.values()].filter(
    ({ metadata }) =>
      metadata.labels?.[LABEL.moduleName] === plugin && metadata.labels[LABEL.clusterName] === cluster,
  )
  const [first] = found
  if (first === undefined || found.length > 1) throw new Error(`${found.length} installations of ${plugin}`)
  return first
}
