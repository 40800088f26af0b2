import type { Shape } from '#components/ui/status-mark.tsx'
import type { Tone } from '#components/ui/tone.ts'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'

/** Colour and shape of each status; the word comes beside them. */
export const STATUS_LOOK: Readonly<Record<PluginStatus | 'Upgradable', { tone: Tone; shape: Shape }>> = {
  Uninstalling: { tone: 'accent', shape: 'turning' },
  Failed: { tone: 'bad', shape: 'cross' },
  Upgrading: { tone: 'accent', shape: 'turning' },
  Installing: { tone: 'accent', shape: 'turning' },
  Updating: { tone: 'accent', shape: 'turning' },
  Degraded: { tone: 'warn', shape: 'triangle' },
  Running: { tone: 'good', shape: 'dot' },
  Unknown: { tone: 'warn', shape: 'question' },
  Ready: { tone: 'accent', shape: 'ring' },
  Preparing: { tone: 'neutral', shape: 'clock' },
  Incompatible: { tone: 'neutral', shape: 'slash' },
  Absent: { tone: 'neutral', shape: 'slash' },
  Upgradable: { tone: 'accent', shape: 'arrow' },
}

/** Whether a plugin fits a silent cluster is not known, whatever its missing labels say. */
export function isGuess({ status, silent }: Pick<PluginOnCluster, 'status' | 'silent'>): boolean {
  return silent !== undefined && status === 'Incompatible'
}

/** The look of a row: what is only remembered of a silent cluster has no colour and doesn't turn. */
export function lookOf({ status, silent }: Pick<PluginOnCluster, 'status' | 'silent'>): {
  tone: Tone
  shape: Shape
} {
  const look = STATUS_LOOK[status]
  if (silent === undefined) return look
  if (isGuess({ status, silent })) return STATUS_LOOK.Unknown
  return { tone: 'neutral', shape: look.shape === 'turning' ? 'clock' : look.shape }
}
