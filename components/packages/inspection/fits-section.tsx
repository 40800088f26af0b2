'use client'
import type { ReactNode } from 'react'
import { Panel, Section } from '#components/ui/section.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { UploadPlan } from '#lib/contract/upload.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonLines } from '#lib/i18n/reason-text.ts'

/** Clusters, each with why the version would not fit. */
export function FitsSection({ fits }: { fits: UploadPlan['fits'] }): ReactNode {
  const messages = useMessages()
  const { inspection } = messages.packages
  return (
    <Section title={inspection.fits}>
      <Panel>
        <ul className="grid gap-2 text-sm">
          {fits.map(({ cluster, reasons }) => (
            <li key={cluster} className="flex flex-wrap gap-x-3 gap-y-1">
              <span className="font-medium">{cluster}</span>
              {reasons.length === 0 ? (
                <StatusMark tone="good" shape="check">
                  {inspection.fitsYes}
                </StatusMark>
              ) : (
                <StatusMark tone="neutral" shape="slash">
                  {reasonLines(messages, reasons)}
                </StatusMark>
              )}
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  )
}
