'use client'
import type { ReactNode } from 'react'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { Shape } from '#components/ui/status-mark.tsx'
import type { Tone } from '#components/ui/tone.ts'
import type { ClusterSummary } from '#lib/contract/cluster.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonLines } from '#lib/i18n/reason-text.ts'

const LOOK: Record<string, { tone: Tone; shape: Shape } | undefined> = {
  Running: { tone: 'good', shape: 'dot' },
  Initializing: { tone: 'accent', shape: 'turning' },
  Upgrading: { tone: 'accent', shape: 'turning' },
  Terminating: { tone: 'accent', shape: 'turning' },
  Failed: { tone: 'bad', shape: 'cross' },
}

type Shown = Pick<ClusterSummary, 'phase' | 'reasons' | 'reachability' | 'hasNoWay'>

/** Whether what a cluster last said of itself counts no more. */
export function isSilent({ reachability, hasNoWay }: Pick<Shown, 'reachability' | 'hasNoWay'>): boolean {
  return hasNoWay || reachability.state === 'unreachable'
}

/** A cluster's phase; one that is not known is shown as it is. A silent cluster's is unknown, whatever it last was. */
export function ClusterPhase({ cluster }: { cluster: Shown }): ReactNode {
  const messages = useMessages()
  const { phases, silent } = messages.clusters
  const { reasons } = cluster
  const phase = isSilent(cluster) ? silent.word : cluster.phase
  const { tone, shape } = (!isSilent(cluster) && Object.hasOwn(LOOK, phase) ? LOOK[phase] : undefined) ?? {
    tone: 'warn',
    shape: 'question',
  }
  const word =
    !isSilent(cluster) && Object.hasOwn(phases, phase) ? phases[phase as keyof typeof phases] : phase
  const mark = (
    <StatusMark tone={tone} shape={shape}>
      {word === '' ? messages.common.unknown : word}
    </StatusMark>
  )
  if (reasons.length === 0) return mark
  return (
    <button type="button" data-tip={reasonLines(messages, reasons)} className="tip-btn">
      {mark}
    </button>
  )
}
