import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { startApiServer, type RunningApiServer } from '#e2e/support/api-server.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { nameRegistry } from './name-registry.ts'

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

export async function openPublishStage(): Promise<PublishStage> {
  const dir = await mkdtemp(join(tmpdir(), 'publish-stage-'))
  const registry = await startRegistry({ user: USER })
  const api: RunningApiServer = await startApiServer({ clusters: GLOBAL_CLUSTER })
  const client = createKubeClient(loadKubeconfig(api.kubeconfig), { cluster: GLOBAL_CLUSTER })
  await nameRegistry(client, registry.host, USER)
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
