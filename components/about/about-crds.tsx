'use client'
import type { ReactNode } from 'react'
import { Panel } from '#components/ui/section.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { Shape } from '#components/ui/status-mark.tsx'
import type { Tone } from '#components/ui/tone.ts'
import type { AboutCrd } from '#lib/contract/about.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const LOOK: Record<AboutCrd['state'], { tone: Tone; shape: Shape }> = {
  present: { tone: 'good', shape: 'check' },
  missing: { tone: 'bad', shape: 'cross' },
  forbidden: { tone: 'warn', shape: 'triangle' },
  unknown: { tone: 'neutral', shape: 'clock' },
}

/** The definitions that plugins rest on. */
export function AboutCrds({ crds }: { crds: readonly AboutCrd[] }): ReactNode {
  const { about } = useMessages()
  return (
    <Panel>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(19rem,100%),1fr))] gap-x-6 gap-y-2">
        {crds.map(({ name, state }) => (
          <li key={name} className="min-w-0 text-sm">
            <span className="block font-mono text-xs break-all">{name}</span>
            <StatusMark {...LOOK[state]}>{about.crdStates[state]}</StatusMark>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
