'use client'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { Panel } from '#components/ui/section.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { AboutController } from '#lib/contract/about.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** Who carries out installations. */
export function AboutControllers({
  controllers,
}: {
  controllers: readonly AboutController[] | null
}): ReactNode {
  const { about } = useMessages()
  if (controllers === null || controllers.length === 0)
    return (
      <Panel className="text-sm text-muted">
        {controllers === null ? about.controllersUnknown : about.controllersNone}
      </Panel>
    )
  return (
    <Panel>
      <ul className="space-y-2 text-sm">
        {controllers.map(({ lease, holder, renewedAt, isAtWork }) => (
          <li key={lease}>
            <span className="flex flex-wrap items-center gap-x-3">
              <StatusMark tone={isAtWork ? 'good' : 'warn'} shape={isAtWork ? 'dot' : 'question'}>
                {isAtWork ? about.atWork : about.silent}
              </StatusMark>
              <span className="font-mono text-xs break-all">{holder}</span>
              {renewedAt !== null && (
                <span className="text-xs text-muted">
                  <RelativeTime iso={renewedAt} />
                </span>
              )}
            </span>
            <span className="block font-mono text-xs break-all text-muted">{lease}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
