import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { startElection } from './leadership/lease-election.ts'
import type { LeaseTiming, Work } from './leadership/lease-election.ts'
import { fencedClient } from './leadership/fenced-client.ts'
import { startControllers } from './start-controllers.ts'
import type { Controllers, ControllersOptions } from './start-controllers.ts'

export interface RunOptions extends ControllersOptions {
  /** Names this process on the lease; made up unless given. */
  readonly identity?: string
  /** Whether a holder of the lease is known to be gone for good; its lease is taken at once. */
  readonly isHolderGone?: (holder: string) => boolean
  /** Begins what else is to happen only where the controllers work; its clients must go through `fence`. */
  readonly alongside?: (fence: (client: KubeClient) => KubeClient) => Work
  /** For tests. */
  readonly timing?: LeaseTiming
}

/** A name that no other process has, and that tells people where it runs. */
export function processIdentity(): string {
  return `${hostname()}_${randomUUID()}`
}

/**
 * Runs the controllers whenever this process holds the lease, and stands by when another one does. They start anew with each
 * term: what they decide on was read after the one before was over.
 * @returns controllers that are ready once they work or it turned out that others do
 */
export function runControllers(options: RunOptions): Controllers {
  const { registry, alongside, log = () => undefined, wrapClient = (client) => client } = options
  const identity = options.identity ?? processIdentity()
  const ready = Promise.withResolvers<undefined>()
  ready.promise.catch(() => undefined)

  const election = startElection({
    client: wrapClient(registry.globalClient),
    identity,
    log,
    ...(options.isHolderGone === undefined ? {} : { isHolderGone: options.isHolderGone }),
    ...(options.timing === undefined ? {} : { timing: options.timing }),
    onStandby(holder) {
      log(`standing by: ${holder} holds the lease`)
      ready.resolve(undefined)
    },
    begin(term) {
      log(`holding the lease as ${identity}`)
      const fence = (client: KubeClient): KubeClient => fencedClient(wrapClient(client), term)
      const controllers = startControllers({ ...options, wrapClient: fence })
      const others = alongside?.(fence)
      controllers.ready().then(
        () => {
          log('controllers at work')
          ready.resolve(undefined)
        },
        () => undefined,
      )
      return {
        async stop() {
          await Promise.all([controllers.stop(), others?.stop()])
        },
      }
    },
  })
  return {
    ready: () => ready.promise,
    async stop() {
      await election.stop()
      ready.reject(new DOMException('the controllers were stopped', 'AbortError'))
    },
  }
}
