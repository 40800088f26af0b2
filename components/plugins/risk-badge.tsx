'use client'
import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import type { LocalText } from '#lib/kinds/local-text.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'

const TONES = { low: 'good', middle: 'warn', high: 'bad' } as const

function isKnown(level: string): level is keyof typeof TONES {
  return Object.hasOwn(TONES, level)
}

/** How risky an upgrade is; the plugin's own words on hover and focus. Nothing where nothing is said. */
export function RiskBadge({ level, text }: { level: string | null; text: LocalText }): ReactNode {
  const { messages, language } = useI18n()
  const { risk } = messages.common
  const words = pick(text, language)
  if ((level === null || level === '') && words === '') return null
  const key = (level ?? '').toLowerCase()
  const badge = (
    <Badge tone={isKnown(key) ? TONES[key] : 'neutral'}>
      {isKnown(key) ? risk[key] : risk.other({ level: level || messages.common.unknown })}
    </Badge>
  )
  if (words === '') return badge
  return (
    <button type="button" data-tip={words} className="tip-btn">
      {badge}
    </button>
  )
}
