import type { ConfigMap } from '#lib/kinds/core.ts'

/** What the marker ConfigMap tells the simulated delivery to do with a release. */
export type Instruction =
  | { readonly kind: 'deliver' }
  /** The rollout stops with this cause. */
  | { readonly kind: 'fail'; readonly cause: string }
  /** The rollout stays at its last stage but one. */
  | { readonly kind: 'hang' }
  /** What was delivered loses its health. */
  | { readonly kind: 'degrade'; readonly cause: string }
  /** A removal never ends. */
  | { readonly kind: 'hang-removal' }

const DEFAULT_STAGE_MS = 600
const LONGEST_STAGE_MS = 600_000
const WORDS = /^\s*(fail|hang-removal|hang|degrade)\s*(?::\s*([\s\S]*))?$/

/** Milliseconds that each stage of a rollout takes: the marker's key `stageMilliseconds`. */
export function stageMilliseconds(marker: ConfigMap): number {
  const text = marker.data?.['stageMilliseconds']
  const value = text === undefined || text.trim() === '' ? DEFAULT_STAGE_MS : Number(text)
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), LONGEST_STAGE_MS) : DEFAULT_STAGE_MS
}

/**
 * The instruction for a release: of the marker's key that has the release's name, else of the one with its plugin's.
 * The values: `fail: <cause>`, `hang`, `degrade: <cause>`, `hang-removal`; anything else delivers.
 */
export function instructionFor(marker: ConfigMap, release: string, plugin: string): Instruction {
  const data = marker.data ?? {}
  const key = [release, plugin].find((name) => name !== '' && Object.hasOwn(data, name))
  const [, kind, text = ''] = WORDS.exec(key === undefined ? '' : (data[key] ?? '')) ?? []
  const cause = text.trim()
  if (kind === 'fail') return { kind, cause: cause === '' ? 'told to fail' : cause }
  if (kind === 'degrade') return { kind, cause: cause === '' ? 'told to degrade' : cause }
  return kind === 'hang' || kind === 'hang-removal' ? { kind } : { kind: 'deliver' }
}
