import { readFile } from 'node:fs/promises'
import { Agent, request } from 'undici'
import { parse } from 'yaml'

interface Kubeconfig {
  'current-context': string
  contexts: { name: string; context: { cluster: string; user: string } }[]
  clusters: { name: string; cluster: { server: string; 'certificate-authority-data'?: string } }[]
  users: { name: string; user: { token?: string } }[]
}

export interface KubeApi {
  server: string
  /** Sends a request and returns status and parsed body; never throws for an HTTP error. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown }>
  /** Calls `onEvent` for each line of a watch until `signal` ends it. */
  watch(path: string, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export interface WatchEvent {
  type: string
  object: { metadata?: { name?: string; resourceVersion?: string; annotations?: Record<string, string> } }
}

/** How to reach what a kubeconfig's context leads to, and as whom. */
export interface Trust {
  server: string
  token: string
  ca: string | undefined
}

/** Reads one context of a kubeconfig with a bearer token; the current one when none is named. */
export async function readTrust(kubeconfig: string, contextName?: string): Promise<Trust> {
  const config = parse(await readFile(kubeconfig, 'utf8')) as Kubeconfig
  const wanted = contextName ?? config['current-context']
  const context = config.contexts.find(({ name }) => name === wanted)?.context
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster
  const user = config.users.find(({ name }) => name === context?.user)?.user
  if (cluster === undefined) throw new Error(`${kubeconfig} has no context ${wanted}`)
  const caData = cluster['certificate-authority-data']
  return {
    server: cluster.server.replace(/\/$/, ''),
    token: user?.token ?? '',
    ca: caData === undefined ? undefined : Buffer.from(caData, 'base64').toString(),
  }
}

/** A bare pooled client for one context of a kubeconfig with a bearer token, for tests and benchmarks. */
export async function openKubeApi(kubeconfig: string, contextName?: string): Promise<KubeApi> {
  const { server, token, ca } = await readTrust(kubeconfig, contextName)
  const agent = new Agent({ connections: 16, bodyTimeout: 0, connect: { ca } })
  const authorization = `Bearer ${token}`
  return {
    server,
    async call(method, path, body, headers = {}) {
      const answer = await request(server + path, {
        method: method as 'GET',
        dispatcher: agent,
        headers: {
          authorization,
          'content-type': 'application/json',
          accept: 'application/json',
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      const text = await answer.body.text()
      // Paths that nothing is behind are answered in plain text.
      const isJson = String(answer.headers['content-type']).startsWith('application/json')
      return { status: answer.statusCode, body: isJson ? (JSON.parse(text) as unknown) : undefined }
    },
    async watch(path, onEvent, signal) {
      const answer = await request(server + path, { dispatcher: agent, headers: { authorization }, signal })
      let rest = ''
      try {
        for await (const chunk of answer.body.setEncoding('utf8')) {
          const lines = (rest + String(chunk)).split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines) if (line !== '') onEvent(JSON.parse(line) as WatchEvent)
        }
      } catch (error) {
        if (!signal.aborted) throw error
      }
    },
    close: () => agent.destroy(),
  }
}
