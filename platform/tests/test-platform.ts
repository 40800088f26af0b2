import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { createClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { ClusterRegistry } from '#lib/kube/cluster-registry.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { APP_RELEASE } from '#lib/kinds/app-release.ts'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { CONTROLLER_REVISION } from '#lib/kinds/controller-revision.ts'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { LABEL, OWN_NAMESPACE, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo, ModuleInfoSpec } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { Condition } from '#lib/kinds/object.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { installationHistory } from '#lib/domain/history.ts'
import type { HistoryEntry } from '#lib/domain/history.ts'
import { moduleConfigName } from '#lib/domain/module-name.ts'
import { startApiServer } from '#platform/apiserver/server.ts'
import { startControllers } from '#platform/controllers/start-controllers.ts'
import type { Controllers, ControllersOptions } from '#platform/controllers/start-controllers.ts'
import { startSimulatedDelivery } from '#platform/delivery/simulated-delivery.ts'
import { createClusters, createMarker, EMBEDDED } from '../first-objects.ts'

/** Long enough for a machine that does other things too; what is waited for usually takes milliseconds. */
const WAIT_MS = 45_000
vi.setConfig({ testTimeout: 150_000, hookTimeout: 90_000 })

/** Tries until it doesn't throw. */
export function eventually<T>(attempt: () => T): Promise<Awaited<T>> {
  return vi.waitFor(attempt, { timeout: WAIT_MS, interval: 15 }) as Promise<Awaited<T>>
}

const API_VERSION = 'cluster.alauda.io/v1alpha1'
const CRD_DIR = new URL('../../crds', import.meta.url).pathname

/** An API server with three clusters, controllers and deliveries, for tests. */
export class TestPlatform {
  readonly registry: ClusterRegistry
  readonly global: KubeClient
  readonly kubeconfigPath: string
  controllers: Controllers | undefined
  private readonly clients: ReadonlyMap<string, KubeClient>
  private readonly cleanups: (() => unknown)[]

  private constructor(
    kubeconfigPath: string,
    registry: ClusterRegistry,
    clients: ReadonlyMap<string, KubeClient>,
    cleanups: (() => unknown)[],
  ) {
    this.kubeconfigPath = kubeconfigPath
    this.registry = registry
    this.clients = clients
    this.cleanups = cleanups
    this.global = this.client('global')
  }

  /** Stages of rollouts take `stageMs` milliseconds; `more` are clusters beside the embedded ones, like `business`; some have no delivery. */
  static async start(
    stageMs = 0,
    more: readonly string[] = [],
    undelivered: readonly string[] = [],
  ): Promise<TestPlatform> {
    const dataDir = await mkdtemp(join(tmpdir(), 'platform-'))
    const cleanups: (() => unknown)[] = [() => rm(dataDir, { recursive: true, force: true })]
    const clusters = [...EMBEDDED.map(({ name }) => name), ...more, ...undelivered]
    const api = await startApiServer({ dataDir, port: 0, clusters, crdDir: CRD_DIR, log: () => undefined })
    cleanups.push(() => api.close())
    const config = loadKubeconfig(api.kubeconfigPath)
    const clients = new Map(
      clusters.map((name) => [
        name,
        createKubeClient(config, { cluster: name, server: `${api.url}/kubernetes/${name}` }),
      ]),
    )
    for (const client of clients.values()) cleanups.push(() => client.close())
    const registry = createClusterRegistry(config, { source: 'platform' })
    cleanups.push(() => registry.stop())
    const platform = new TestPlatform(api.kubeconfigPath, registry, clients, cleanups)
    await createClusters(platform.global, new Date())
    const like = await platform.global.get(CLUSTER, 'business')
    for (const name of [...more, ...undelivered])
      await platform.global.create(CLUSTER, {
        ...like,
        metadata: { name, labels: like.metadata.labels ?? {} },
      })
    for (const client of clients.values()) {
      if (undelivered.includes(client.cluster)) continue
      await createMarker(client)
      await platform.instruct({ stageMilliseconds: String(stageMs) }, client.cluster)
      const delivery = startSimulatedDelivery(client)
      cleanups.push(() => delivery.stop())
    }
    return platform
  }

  async run(options: Partial<ControllersOptions> = {}): Promise<Controllers> {
    this.controllers = startControllers({ registry: this.registry, firstRetryMs: 10, ...options })
    await this.controllers.ready()
    return this.controllers
  }

  async stop(): Promise<void> {
    await this.controllers?.stop()
    for (const cleanup of this.cleanups.splice(0).reverse()) await cleanup()
  }

  client(cluster: string): KubeClient {
    return this.clients.get(cluster) ?? expect.fail(`no cluster ${cluster}`)
  }

  /** Sets keys of the marker of a cluster; null takes one away. */
  async instruct(data: Record<string, string | null>, cluster = 'global'): Promise<void> {
    const { name, namespace } = SIMULATED_DELIVERY_MARKER
    const patch = { type: 'merge', body: { data } } as const
    await this.client(cluster).patch(CONFIG_MAP, name, patch, { namespace })
  }

  /** Publishes versions of a plugin, the last one through its ModulePlugin. */
  async publish(
    name: string,
    versions: string[],
    extra: Partial<PluginSpec> = {},
    labels = {},
  ): Promise<void> {
    for (const version of versions) {
      const spec = pluginSpec(name, version, extra)
      const object: ModulePlugin = {
        apiVersion: API_VERSION,
        kind: 'ModulePlugin',
        metadata: { name, labels: { [LABEL.moduleName]: name, [LABEL.moduleType]: 'plugin', ...labels } },
        spec,
      }
      const live = await this.global.get(MODULE_PLUGIN, name).catch(absent)
      if (live === undefined) await this.global.create(MODULE_PLUGIN, object)
      else
        await this.global.patch(MODULE_PLUGIN, name, {
          type: 'json',
          operations: [{ op: 'replace', path: '/spec', value: spec }],
        })
      await eventually(async () => {
        const config = await this.global.get(MODULE_CONFIG, moduleConfigName(name, version))
        expect(config.status?.readyForDeploy).toBe(true)
      })
    }
  }

  /** Asks for an installation as a person does: under a temporary name. */
  async request(
    cluster: string,
    plugin: string,
    spec: ModuleInfoSpec,
    more: { labels?: Record<string, string>; annotations?: Record<string, string>; name?: string } = {},
  ): Promise<ModuleInfo> {
    return this.global.create(MODULE_INFO, requestObject(cluster, plugin, spec, more))
  }

  /** All objects for one place. */
  async infos(cluster: string, plugin: string): Promise<ModuleInfo[]> {
    const labelSelector = `${LABEL.clusterName}=${cluster},${LABEL.moduleName}=${plugin}`
    return (await this.global.listAll(MODULE_INFO, { labelSelector })).items
  }

  /** The specs that were accepted at a place, newest first. */
  async history(cluster: string, plugin: string): Promise<HistoryEntry[]> {
    const { items } = await this.global.listAll(CONTROLLER_REVISION, { namespace: OWN_NAMESPACE })
    return installationHistory(items, cluster, plugin)
  }

  /** The one object of a place, once `holds` is true of it. */
  async until(cluster: string, plugin: string, holds: (info: ModuleInfo) => void): Promise<ModuleInfo> {
    return eventually(async () => {
      const infos = await this.infos(cluster, plugin)
      expect(infos.map(({ metadata }) => metadata.name)).toHaveLength(1)
      const [info] = infos
      if (info === undefined) return expect.fail('gone')
      holds(info)
      return info
    })
  }

  async running(cluster: string, plugin: string, version?: string): Promise<ModuleInfo> {
    return this.until(cluster, plugin, ({ metadata, spec, status }) => {
      expect(metadata.name).toMatch(/-[0-9a-f]{32}$/)
      expect(status).toMatchObject({ phase: 'Running', version: version ?? spec.version })
      expect(status?.version).toBe(spec.version)
    })
  }

  async gone(cluster: string, plugin: string): Promise<void> {
    await eventually(async () => expect(await this.infos(cluster, plugin)).toEqual([]))
  }

  async release(cluster: string, name: string): Promise<AppRelease | undefined> {
    return this.client(cluster).get(APP_RELEASE, name, { namespace: PLATFORM_NAMESPACE }).catch(absent)
  }

  /** Changes the spec of the installation at a place, as kubectl patch does. */
  async change(cluster: string, plugin: string, spec: Partial<ModuleInfoSpec>): Promise<void> {
    const [info] = await this.infos(cluster, plugin)
    const operations = Object.entries(spec).map(([key, value]) => ({
      op: 'add' as const,
      path: `/spec/${key}`,
      value,
    }))
    await this.global.patch(MODULE_INFO, info?.metadata.name ?? '', { type: 'json', operations })
  }
}

export function requestObject(
  cluster: string,
  plugin: string,
  spec: ModuleInfoSpec,
  more: { labels?: Record<string, string>; annotations?: Record<string, string>; name?: string } = {},
): ModuleInfo {
  const labels: Record<string, string> = {
    [LABEL.clusterName]: cluster,
    [LABEL.moduleName]: plugin,
    [LABEL.moduleType]: 'plugin',
    ...more.labels,
  }
  for (const [key, value] of Object.entries(labels)) if (value === '') delete labels[key]
  const metadata = {
    name: more.name ?? `${cluster}-${plugin}-temporary`,
    labels,
    ...(more.annotations === undefined ? {} : { annotations: more.annotations }),
  }
  return { apiVersion: API_VERSION, kind: 'ModuleInfo', metadata, spec }
}

export function pluginSpec(name: string, version: string, extra: Partial<PluginSpec> = {}): PluginSpec {
  const chart = `ait/chart-${name}`
  return {
    name,
    version,
    description: { en: name },
    logo: '',
    deleteable: true,
    mainChart: chart,
    appReleases: [{ name, chartVersions: [{ name: chart, releaseName: name, version }] }],
    ...extra,
  }
}

export function conditionOf(info: ModuleInfo | undefined, type: string): Condition | undefined {
  return info?.status?.conditions?.find((condition) => condition.type === type)
}

function absent(error: unknown): undefined {
  if (error instanceof NotFoundError) return undefined
  throw error
}
