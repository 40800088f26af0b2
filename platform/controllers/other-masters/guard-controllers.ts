import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { KubeError } from '#lib/kube/kube-error.ts'
import { OWN_NAMESPACE } from '#lib/kinds/labels.ts'
import { CONTROLLERS_LEASE, LEASE } from '#lib/kinds/lease.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import type { KubeObject, NewObject, Resource } from '#lib/kinds/object.ts'
import { FIELD_MANAGER } from '../leadership/fenced-client.ts'
import { runControllers } from '../run-controllers.ts'
import type { RunOptions } from '../run-controllers.ts'
import type { Controllers } from '../start-controllers.ts'
import { findEvidence } from './find-evidence.ts'
import { takenOverTrace } from './traces.ts'

export interface GuardOptions extends RunOptions {
  /** Somebody vouches that what is found is of controllers that are gone. */
  readonly isOverridden?: boolean
  /** Between two looks, in milliseconds. */
  readonly lookMs?: number
}

export interface GuardedControllers extends Controllers {
  /** Resolves with what was found, a line each, once this process has stopped working because of it. */
  readonly refused: Promise<readonly string[]>
}

const LOOK_MS = 60_000
/** All installations are read with every so many looks. */
const LOOKS_PER_READING = 10
const RETRY_MS = 2000

const EVENT: Resource<KubeObject> = {
  group: '',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
}

/** Tells on the cluster too that the controllers refused: an Event on their lease. */
async function tellEvent(client: KubeClient, evidence: readonly string[]): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const event: NewObject<KubeObject> & Record<string, unknown> = {
    apiVersion: 'v1',
    kind: EVENT.kind,
    metadata: { name: `${CONTROLLERS_LEASE}.${randomUUID().slice(0, 8)}`, namespace: OWN_NAMESPACE },
    involvedObject: {
      apiVersion: apiVersionOf(LEASE),
      kind: LEASE.kind,
      namespace: OWN_NAMESPACE,
      name: CONTROLLERS_LEASE,
    },
    type: 'Warning',
    reason: 'PlatformControllersFound',
    message: evidence.join('\n').slice(0, 1000),
    source: { component: FIELD_MANAGER },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  }
  await client.create(EVENT, event, { namespace: OWN_NAMESPACE })
}

/**
 * Runs the controllers where no other master does: refuses to begin, and stops, as soon as there is evidence of the
 * platform's own controllers. Looks before anything is written, and again and again while standing by and working.
 */
export function guardControllers(options: GuardOptions): GuardedControllers {
  const { registry, log = () => undefined, isOverridden = false, lookMs = LOOK_MS } = options
  const client = registry.globalClient
  const stopping = new AbortController()
  const { signal } = stopping
  const ready = Promise.withResolvers<undefined>()
  ready.promise.catch(() => undefined)
  const refused = Promise.withResolvers<readonly string[]>()
  const told = new Set<string>()
  let controllers: Controllers | undefined
  let looks = 0

  function sayOnce(line: string): void {
    if (!told.has(line)) log(line)
    told.add(line)
  }

  async function look(): Promise<readonly string[]> {
    const withInstallations = looks % LOOKS_PER_READING === 0
    const onBlind = (message: string): void =>
      sayOnce(`whether other controllers run can't be seen everywhere: ${message}`)
    const found = await findEvidence({ client, withInstallations, onBlind })
    looks += 1
    return found
  }

  async function refuse(evidence: readonly string[]): Promise<void> {
    if (isOverridden) {
      for (const line of evidence) sayOnce(`taken for a leftover: ${line}`)
      return
    }
    if (signal.aborted) return
    stopping.abort()
    log('the platform’s own controllers run here, and two masters must never be:')
    for (const line of evidence) log(`  ${line}`)
    await controllers?.stop()
    await tellEvent(client, evidence).catch(() => undefined)
    ready.reject(new DOMException('the controllers refused to work', 'AbortError'))
    refused.resolve(evidence)
  }

  async function follow(name: string): Promise<void> {
    const trace = takenOverTrace(await client.get(MODULE_INFO, name))
    if (trace !== undefined) await refuse([trace])
  }

  function begin(): void {
    controllers = runControllers({
      ...options,
      onForeignStatus: (name) => void follow(name).catch(() => undefined),
    })
    controllers.ready().then(() => ready.resolve(undefined), ready.reject)
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      let delayMs = lookMs
      try {
        const evidence = await look()
        if (signal.aborted) return
        if (evidence.length > 0) await refuse(evidence)
        if (!signal.aborted && controllers === undefined) begin()
      } catch (error) {
        if (controllers === undefined) delayMs = RETRY_MS
        sayOnce(`whether other controllers run can't be seen now: ${messageOf(error)}`)
      }
      await pause(delayMs, undefined, { signal }).catch(() => undefined)
    }
  }

  const running = run()
  return {
    refused: refused.promise,
    ready: () => ready.promise,
    async stop() {
      stopping.abort()
      await Promise.all([running, controllers?.stop()])
      ready.reject(new DOMException('the controllers were stopped', 'AbortError'))
    },
  }
}

function messageOf(error: unknown): string {
  if (error instanceof KubeError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
