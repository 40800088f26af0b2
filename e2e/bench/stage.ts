import { type RunningConsole, startConsole } from '#e2e/support/start-console.ts'
import { startLargePlatform } from './large-platform.ts'

/** A build with one page more: an empty one, to measure against; and the gallery, to open forms of any size in. */
export const BENCH_ENV = { BENCH_PAGES: '1', CONSOLE_GALLERY: '1' }

interface LargeConsole {
  console: RunningConsole
  kubeconfig: string
  /** How many ModuleInfos there are. */
  installations: number
}

/** What benchmarks run on, started when the first one asks for it. */
export interface Stage {
  /** The product with its first contents. */
  small(): Promise<RunningConsole>
  /** A console that serves a large platform on which nothing moves. */
  large(): Promise<LargeConsole>
  stop(): Promise<void>
}

/** An empty stage. */
export function openStage(): Stage {
  const stops: (() => Promise<unknown>)[] = []
  let small: Promise<RunningConsole> | undefined
  let large: Promise<LargeConsole> | undefined

  async function startSmall(): Promise<RunningConsole> {
    const running = await startConsole([], { env: BENCH_ENV })
    stops.push(() => running.stop())
    return running
  }

  async function startLarge(): Promise<LargeConsole> {
    const platform = await startLargePlatform()
    stops.push(() => platform.stop())
    const running = await startConsole(['--kubeconfig', platform.kubeconfig], { env: BENCH_ENV })
    stops.push(() => running.stop())
    return {
      console: running,
      kubeconfig: platform.kubeconfig,
      installations: platform.installations,
    }
  }

  return {
    small: () => (small ??= startSmall()),
    large: () => (large ??= startLarge()),
    async stop() {
      for (const stop of stops.reverse()) await stop()
    },
  }
}
