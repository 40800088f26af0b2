import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { startApiServer, type RunningApiServer } from '#e2e/support/api-server.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { SECRET } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { ProductBase } from '#lib/kinds/product-base.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'

const SCRIPT = resolve(import.meta.dirname, 'publish-once.ts')
export const USER = { name: 'registry-user', password: 'for the tests & no more' }

/** A cluster that names a registry the way the real platform does, with its credentials in a Secret. */
export interface PublishStage {
  registry: RunningRegistry
  client: KubeClient
  kubeconfig: string
  /** Folder that goes with the stage. */
  dir: string
  /**
   * Publishes packages in a process of its own.
   * @param killAfterMs when to SIGKILL it, counted from its start of work; never unless given
   * @returns how long it worked in milliseconds, and whether it came to its end
   */
  publish(
    files: readonly string[],
    killAfterMs?: number,
  ): Promise<{ milliseconds: number; isDone: boolean; errors: string }>
  stop(): Promise<void>
}

const CRD: Resource<KubeObject & { spec: object }> = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
}
const PRODUCT_BASE: Resource<ProductBase> = {
  group: 'product.alauda.io',
  version: 'v1alpha2',
  plural: 'productbases',
  kind: 'ProductBase',
  namespaced: false,
}

export async function openPublishStage(): Promise<PublishStage> {
  const dir = await mkdtemp(join(tmpdir(), 'publish-stage-'))
  const registry = await startRegistry({ user: USER })
  const api: RunningApiServer = await startApiServer({ clusters: GLOBAL_CLUSTER })
  const client = createKubeClient(loadKubeconfig(api.kubeconfig), { cluster: GLOBAL_CLUSTER })
  await nameRegistry(client, registry.host)
  return {
    registry,
    client,
    kubeconfig: api.kubeconfig,
    dir,
    publish: (files, killAfterMs) =>
      publish([api.kubeconfig, join(registry.certDir, 'ca.crt'), join(dir, 'work'), ...files], killAfterMs),
    async stop() {
      await client.close()
      await api[Symbol.asyncDispose]()
      await registry.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function nameRegistry(client: KubeClient, address: string): Promise<void> {
  const names = {
    plural: 'productbases',
    singular: 'productbase',
    kind: 'ProductBase',
    listKind: 'ProductBaseList',
  }
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  }
  await client.create(CRD, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'productbases.product.alauda.io' },
    spec: {
      group: 'product.alauda.io',
      scope: 'Cluster',
      names,
      versions: [{ name: 'v1alpha2', served: true, storage: true, schema }],
    },
  })
  const base = {
    apiVersion: 'product.alauda.io/v1alpha2',
    kind: 'ProductBase',
    metadata: { name: 'base' },
    spec: { registry: { address } },
  }
  for (let tries = 1; ; tries++) {
    try {
      await client.create(PRODUCT_BASE, base)
      break
    } catch (error) {
      // A definition takes a moment until it is served.
      if (!(error instanceof NotFoundError) || tries === 100) throw error
      await new Promise((again) => setTimeout(again, 50))
    }
  }
  const encode = (text: string) => Buffer.from(text).toString('base64')
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'registry-admin', namespace: PLATFORM_NAMESPACE },
    data: { username: encode(USER.name), password: encode(USER.password) },
  }
  await client.create(SECRET, secret, { namespace: PLATFORM_NAMESPACE })
}

async function publish(
  args: readonly string[],
  killAfterMs: number | undefined,
): Promise<{ milliseconds: number; isDone: boolean; errors: string }> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  let errors = ''
  let isDone = false
  let started = performance.now()
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  child.stdin.on('error', () => undefined)
  let timer: NodeJS.Timeout | undefined
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'done') isDone = true
    if (line !== 'ready') return
    started = performance.now()
    if (killAfterMs !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    child.stdin.write('go\n')
  })
  await ended
  clearTimeout(timer)
  return { milliseconds: performance.now() - started, isDone, errors }
}
