'use client'
import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import type { UpgradeView } from '#lib/contract/installation.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { riskText, riskTone } from './risk-text.ts'

/** What the plugin itself says about an upgrade, in its own words. */
export function UpgradeRisk({ upgrade }: { upgrade: UpgradeView }): ReactNode {
  const { language, messages } = useI18n()
  const { risk } = messages.installations
  const level = riskText(messages, upgrade.riskLevel)
  const text = pick(upgrade.riskText, language)
  if (level === '' && text === '') return null
  return (
    <Notice tone={riskTone(upgrade.riskLevel)} title={level === '' ? risk : level}>
      {text !== '' && <p className="whitespace-pre-line">{text}</p>}
    </Notice>
  )
}
